"""What is committed of the front end is what was built, and it calls nobody."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "site/static"
VENDOR = json.loads((STATIC / "vendor/VENDOR.json").read_text())
FIRST_VISIT = 120 * 1024


def _sum(path: str) -> str:
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()


@pytest.mark.parametrize("path", sorted(VENDOR["served"]))
def test_a_served_file_is_the_one_that_was_built(path):
    assert _sum(path) == VENDOR["served"][path], f"{path} was edited by hand: change frontend/ and run npm run vendor"


@pytest.mark.parametrize("path", sorted(VENDOR["sources"]))
def test_a_source_was_built_after_its_last_change(path):
    assert _sum(path) == VENDOR["sources"][path], f"{path} changed: run npm run vendor in frontend/"


def test_every_served_file_and_every_source_is_listed():
    served = {str(path.relative_to(ROOT)) for path in STATIC.rglob("*") if path.is_file()}
    sources = {
        str(path.relative_to(ROOT))
        for folder in ("css", "js", "scss", "licences", "img")
        for path in (ROOT / "frontend" / folder).rglob("*")
        if path.is_file()
    }
    assert served - {"site/static/vendor/VENDOR.json"} == set(VENDOR["served"])
    assert sources == set(VENDOR["sources"])


def test_every_package_names_its_version_and_carries_its_licence():
    wanted = json.loads((ROOT / "frontend/package.json").read_text())["devDependencies"]
    assert VENDOR["packages"]["govuk-frontend"]["version"] == wanted["govuk-frontend"]
    assert VENDOR["packages"]["lexend"]["version"] == wanted["@fontsource-variable/lexend"]
    assert "MIT License" in (ROOT / VENDOR["packages"]["govuk-frontend"]["text"]).read_text()
    assert "SIL OPEN FONT LICENSE" in (ROOT / VENDOR["packages"]["lexend"]["text"]).read_text()


def test_the_stylesheet_loads_nothing_from_elsewhere():
    css = (STATIC / "brand/site.css").read_text()
    addresses = re.findall(r"url\(([^)]*)\)|@import\s+([^;]+)", css)
    assert [url for url, _ in addresses] == ["../vendor/lexend/lexend-latin-wght-normal.woff2"]


def test_the_script_names_no_address_and_writes_no_style():
    script = (STATIC / "brand/site.js").read_text()
    assert not re.findall(r"https?://[^\s\"'`]+", script)
    assert not re.search(r"fetch\(|XMLHttpRequest|sendBeacon|localStorage|sessionStorage|document\.cookie", script)
    assert "style=" not in script


@pytest.mark.parametrize("path", [path for path in VENDOR["served"] if path.endswith((".svg", ".webmanifest"))])
def test_a_picture_or_manifest_loads_nothing_from_elsewhere(path):
    text = (ROOT / path).read_text().replace("http://www.w3.org/2000/svg", "")
    assert "//" not in text


def test_nothing_of_gov_uk_s_own_identity_is_served():
    for path in (STATIC / "brand").rglob("*.[cj]s*"):
        text = path.read_text(errors="ignore")
        assert "GDS Transport" not in text
        assert "crest" not in text
    assert not list(STATIC.rglob("*crown*"))


def test_the_npm_lock_names_no_registry_host():
    assert '"resolved"' not in (ROOT / "frontend/package-lock.json").read_text()


def test_a_first_visit_leaves_room_for_its_page():
    """Compressed as the server sends it, without the HTML, which has 120 KB less this sum."""
    brotli = pytest.importorskip("brotli")
    text = sum(len(brotli.compress((STATIC / name).read_bytes())) for name in ("brand/site.css", "brand/site.js"))
    font = (STATIC / "vendor/lexend/lexend-latin-wght-normal.woff2").stat().st_size
    assert text + font < FIRST_VISIT * 0.7
