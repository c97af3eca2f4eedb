"""Draws the brand's PNGs from their SVGs with the system's Chromium. For maintainers; then run `npm run vendor`."""

import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FRONTEND = Path(__file__).resolve().parents[1]
IMAGES = FRONTEND.parent / "site/static/brand/img"
PICTURES = [
    (FRONTEND / "img/social.svg", "social.png", 1200, 630),
    (FRONTEND / "img/icon.svg", "icon-512.png", 512, 512),
    (FRONTEND / "img/icon.svg", "icon-192.png", 192, 192),
    (IMAGES / "favicon.svg", "favicon.png", 48, 48),
]


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for source, name, width, height in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height})
            style = f"<style>*{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>"
            page.set_content(style + source.read_text())
            page.screenshot(path=IMAGES / name, omit_background=True)
            if name == "social.png":  # a gradient of 24 bits weighs four times as much and looks the same
                with Image.open(IMAGES / name) as picture:
                    picture.convert("RGB").quantize(200, dither=Image.Dither.NONE).save(IMAGES / name, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
