"""The catalogues of the languages that pages exist in are whole, and say nothing that a page cannot fill in."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from foundation.languages import catalogues

ROOT = Path(settings.BASE_DIR)
WHOLE = ("bn", "ar")
PLACE = re.compile(r"%\(\w+\)[sd]|%%\{\w+\}|\{\w+\}|</?\w+>")
SAID = re.compile(r"""\{%\s*translate\s+(["'])(.+?)\1|_\((["'])(.+?)\3\)""")


def catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / code / "LC_MESSAGES" / "django.po"))


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("code", WHOLE)
def test_every_word_is_translated_and_none_is_a_guess(code: str):
    entries = catalogue(code)
    assert len(entries) > 300
    assert [entry.msgid for entry in entries if not all(texts(entry))] == []
    assert [entry.msgid for entry in entries if "fuzzy" in entry.flags or entry.obsolete] == []


@pytest.mark.parametrize("code", WHOLE)
def test_every_place_to_fill_in_is_kept(code: str):
    for entry in catalogue(code):
        wanted = sorted(PLACE.findall(entry.msgid_plural or entry.msgid))
        for text in texts(entry):
            assert sorted(PLACE.findall(text)) == wanted, entry.msgid


@pytest.mark.parametrize("code", WHOLE)
def test_the_frame_says_nothing_that_is_not_in_the_catalogue(code: str):
    known = {entry.msgid for entry in catalogue(code)}
    files = [*(ROOT / "templates").glob("base*.html"), *(ROOT / "templates/navigation").glob("*.html")]
    files += [*(ROOT / "templates/components").glob("*.html"), *(ROOT / "templates/search").rglob("*.html")]
    files += [*(ROOT / "templates/errors").glob("*.html"), *(ROOT / "templates/home").rglob("*.html")]
    # The Young Advisors' own pages have no language in their address: they stand in English.
    files = [file for file in files if "review" not in file.parts or file.name in ("ask.html", "credit.html")]
    said = {found[1] or found[3] for file in files for found in SAID.findall(file.read_text())}
    assert len(said) > 150
    assert {text.replace("%", "%%") for text in said} - known == set()


@pytest.mark.parametrize("code", WHOLE)
def test_the_header_says_that_nobody_has_checked_it(code: str):
    assert "not yet checked by a speaker" in catalogue(code).header


def test_catalogues_are_made_only_when_they_have_changed(settings, tmp_path: Path):
    settings.LOCALE_PATHS = [tmp_path]
    folder = tmp_path / "bn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    po.append(polib.POEntry(msgid="Menu", msgstr="মেনু"))
    po.save(str(folder / "django.po"))
    assert catalogues.compile_catalogues() == [folder / "django.mo"]
    assert catalogues.compile_catalogues() == []
    assert [file.name for file in sorted(folder.iterdir())] == ["django.mo", "django.po"]
    assert polib.mofile(str(folder / "django.mo")).find("Menu").msgstr == "মেনু"


def test_the_command_needs_no_database():
    call_command("compile_catalogues", verbosity=0)


def test_words_reach_a_page_in_each_language():
    for code, word in (("bn", "মেনু"), ("ar", "القائمة"), ("so", "Menu"), ("en", "Menu")):
        with translation.override(code):
            assert translation.gettext("Menu") == word


@pytest.mark.parametrize("number", [0, 1, 2, 5, 11, 100])
def test_arabic_has_a_form_for_every_number(number: int):
    with translation.override("ar"):
        text = translation.ngettext("%(count)s result", "%(count)s results", number) % {"count": number}
    assert "result" not in text
    assert str(number) in text
