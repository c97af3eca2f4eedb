"""Draw the demonstration's film anew: `python scripts/make_film.py` (for maintainers; needs Chromium and ffmpeg).

The film is a page of our own, `film/leave.html`, drawn frame by frame with the system's Chromium, then made into H.264 in
MP4, which every browser plays. `CHROMIUM` and `FFMPEG` name the programs where they are not on the path.
"""

import os
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
FILMS = HERE.parent / "home" / "content" / "camden" / "films"
SECONDS, PER_SECOND, WIDTH, HEIGHT = 25, 20, 1280, 720
POSTER_AT = 3.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _draw(Path(folder))
        film = FILMS / "leave-fast.mp4"
        command = [
            os.environ.get("FFMPEG", "ffmpeg"), "-y", "-loglevel", "error", "-framerate", str(PER_SECOND),
            "-i", f"{folder}/%04d.png", "-c:v", "libx264", "-profile:v", "main", "-preset", "veryslow", "-tune", "animation",
            "-crf", "27", "-g", str(PER_SECOND * 5), "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-an", str(film),
        ]  # fmt: skip
        subprocess.run(command, check=True)
    print(f"{film.name}: {film.stat().st_size:,} bytes")


def _draw(folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"],
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto((HERE / "film" / "leave.html").as_uri())
        page.evaluate("document.fonts.ready")
        for number in range(SECONDS * PER_SECOND):
            page.evaluate("moment => draw(moment)", number / PER_SECOND)
            page.screenshot(path=folder / f"{number:04d}.png")
        page.evaluate("moment => draw(moment)", POSTER_AT)
        page.screenshot(path=folder / "poster.png")
        _as_poster(folder / "poster.png")
        browser.close()


def _as_poster(picture: Path) -> None:
    from PIL import Image

    with Image.open(picture) as drawn:
        small = drawn.convert("RGB").resize((WIDTH // 2, HEIGHT // 2), Image.Resampling.LANCZOS)
        small.quantize(96, dither=Image.Dither.NONE).save(FILMS / "leave-fast.png", optimize=True)


if __name__ == "__main__":
    main()
