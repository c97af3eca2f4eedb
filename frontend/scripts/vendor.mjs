// Builds what the site serves: one stylesheet, one script, the font, and VENDOR.json with the sum of every file.
// Maintainers run `npm ci && npm run vendor` after a change in frontend/ or of a version; everybody else uses what is committed.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import postcss from 'postcss'
import rtlcss from 'postcss-rtlcss'
import { compileAsync } from 'sass'

const HERE = dirname(dirname(fileURLToPath(import.meta.url)))
const ROOT = dirname(HERE)
const STATIC = join(ROOT, 'site/static')
const BROWSERS = ['chrome93', 'edge93', 'firefox93', 'safari15']
const LEXEND = join(HERE, 'node_modules/@fontsource-variable/lexend')

const version = name => JSON.parse(readFileSync(join(HERE, 'node_modules', name, 'package.json'))).version
const sum = path => createHash('sha256').update(readFileSync(path)).digest('hex')
const put = (path, text) => {
  mkdirSync(dirname(join(STATIC, path)), { recursive: true })
  writeFileSync(join(STATIC, path), text)
}

async function govuk() {
  const { css } = await compileAsync(join(HERE, 'scss/govuk.scss'), {
    loadPaths: [join(HERE, 'node_modules')], quietDeps: true, style: 'expanded',
  })
  const { css: mirrored } = await postcss([rtlcss({ mode: 'combined' })]).process(css, { from: undefined })
  // Neither the crest nor the typeface is ours to use outside GOV.UK.
  for (const forbidden of ['GDS Transport', 'govuk-crest']) {
    if (mirrored.includes(forbidden)) throw new Error(`the stylesheet still names ${forbidden}`)
  }
  return mirrored
}

function brand() {
  const folder = join(HERE, 'css')
  return readdirSync(folder).filter(name => name.endsWith('.css')).sort().map(name => readFileSync(join(folder, name), 'utf8')).join('\n')
}

async function stylesheet() {
  const banner = `/* govuk-frontend ${version('govuk-frontend')} (MIT) with the brand layer of frontend/css; built by frontend/scripts/vendor.mjs */\n`
  // Two passes, one file: the charset and font rules come first, the brand layer wins by coming last.
  const { code } = await transform(`${await govuk()}\n${brand()}`, { loader: 'css', minify: true, target: BROWSERS })
  put('brand/site.css', banner + code)
}

async function script() {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, 'js/site.js')], bundle: true, minify: true, format: 'esm', target: BROWSERS,
    write: false, legalComments: 'none',
    banner: { js: `/* govuk-frontend ${version('govuk-frontend')} (MIT), the parts used; built from frontend/js */` },
  })
  put('brand/site.js', outputFiles[0].text)
}

function font() {
  mkdirSync(join(STATIC, 'vendor/lexend'), { recursive: true })
  copyFileSync(join(LEXEND, 'files/lexend-latin-wght-normal.woff2'), join(STATIC, 'vendor/lexend/lexend-latin-wght-normal.woff2'))
  copyFileSync(join(LEXEND, 'LICENSE'), join(STATIC, 'vendor/lexend/OFL.txt'))
  mkdirSync(join(STATIC, 'vendor/govuk-frontend'), { recursive: true })
  copyFileSync(join(HERE, 'licences/govuk-frontend-MIT.txt'), join(STATIC, 'vendor/govuk-frontend/LICENSE.txt'))
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? files(path) : [path]
  })
}

function manifest() {
  const served = files(STATIC).filter(path => !path.endsWith('VENDOR.json'))
  // Sources are listed too, so that a change to one that was not built fails a test that needs no Node.
  const sources = ['css', 'js', 'scss', 'licences', 'img'].flatMap(name => files(join(HERE, name)))
  const sums = paths => Object.fromEntries(paths.map(path => [relative(ROOT, path), sum(path)]).sort())
  put('vendor/VENDOR.json', JSON.stringify({
    packages: {
      'govuk-frontend': { version: version('govuk-frontend'), licence: 'MIT', text: 'site/static/vendor/govuk-frontend/LICENSE.txt' },
      lexend: { version: version('@fontsource-variable/lexend'), licence: 'OFL-1.1', text: 'site/static/vendor/lexend/OFL.txt' },
    },
    served: sums(served),
    sources: sums(sources),
  }, null, 2) + '\n')
}

await Promise.all([stylesheet(), script()])
font()
manifest()
