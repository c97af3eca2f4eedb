// Prints what a first visit loads, in bytes: as it is, with gzip, with brotli.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const STATIC = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'site/static')
for (const path of ['brand/site.css', 'brand/site.js', 'vendor/lexend/lexend-latin-wght-normal.woff2']) {
  const bytes = readFileSync(join(STATIC, path))
  console.log(path.padEnd(52), String(bytes.length).padStart(7), String(gzipSync(bytes, { level: 9 }).length).padStart(7), String(brotliCompressSync(bytes).length).padStart(7))
}
