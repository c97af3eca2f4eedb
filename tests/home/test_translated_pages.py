"""A page in Bengali or Arabic holds no English but what is marked as English."""

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

import home
from home.content.loader import load_content

pytestmark = pytest.mark.django_db

CAMDEN = Path(home.__file__).parent / "content" / "camden"
ENGLISH = re.compile(r"[A-Za-z]{3,}[ ,]+[A-Za-z]{2,}|\b(?:Menu|Search|Home|Yes|No|More|Send|Helplines|Language)\b")
SPOKEN = ("aria-label", "alt", "title", "placeholder")
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "rect", "circle"}
# Names of bodies and what is typed keep their words; so does the role that looks after a page.
NAMES = (
    "Camden Safeguarding Children Partnership",
    "CSCP business team",
    "SHOUT to 85258",
    "annual report",
    "i want to die",
)
PAGES = (
    "_index.yaml",
    "worried/_index.yaml",
    "worried/child.yaml",
    "worried/helplines.yaml",
    "parents/_index.yaml",
    "parents/leaflet-who-to-call.yaml",
    "young-people/_index.yaml",
    "young-people/bullying.yaml",
)
PATHS = (
    "/",
    "/worried/",
    "/worried/helplines/",
    "/parents/leaflet-who-to-call/",
    "/search/",
    "/search/?q=bullying",
    "/search/?q=zzzz",
    "/search/?q=i+want+to+die",
    "/nothing-here/",
)


class Reader(HTMLParser):
    """Collects what is shown or read aloud outside elements of another language."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code, self.open, self.said = code, [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = tag in {"script", "style", "bdo"} or given.get("lang", self.code) != self.code
        hidden = silent or any(self.open)
        if not hidden:
            self.said += [given[name] for name in given if name in SPOKEN or name.startswith("data-i18n")]
        if tag not in VOID:
            self.open.append(hidden)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self.open):
            self.said.append(data.strip())


@pytest.fixture(scope="module")
def answers(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any, forget_all: Callable[[], None]
) -> dict[str, Any]:
    """A few pages of the demonstration, loaded once; undone afterwards."""
    folder = tmp_path_factory.mktemp("content")
    for file in CAMDEN.glob("*.*"):
        shutil.copy(file, folder)
    for name in PAGES:
        (folder / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CAMDEN / "pages" / name, folder / "pages" / name)
    # Made before the fixtures of the first test run: what earlier files left in memory must not show.
    forget_all()
    with django_db_blocker.unblock(), transaction.atomic():
        load_content(folder=folder)
        call_command("rebuild_search", verbosity=0)
        found = {f"/{code}{path}": Client().get(f"/{code}{path}") for code in ("bn", "ar") for path in PATHS}
        found["/so/"] = Client().get("/so/")
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("code", ["bn", "ar"])
def test_no_english_furniture(answers, code: str, path: str):
    response = answers[f"/{code}{path}"]
    assert response.status_code == (404 if path == "/nothing-here/" else 200)
    assert response.headers["Content-Language"] == code
    reader = Reader(code)
    reader.feed(response.content.decode())
    english = []
    for text in reader.said:
        rest = re.sub("|".join(map(re.escape, NAMES)), "", text)
        if ENGLISH.search(rest):
            english.append(text)
    assert english == []


@pytest.mark.parametrize(("code", "direction"), [("bn", "ltr"), ("ar", "rtl")])
def test_the_document_says_its_language_and_direction(answers, code: str, direction: str):
    for path in PATHS:
        start = answers[f"/{code}{path}"].content.decode()[:400]
        assert f'lang="{code}" dir="{direction}"' in start


def test_results_in_english_say_so(answers):
    text = answers["/ar/search/?q=bullying"].content.decode()
    assert "بالإنجليزية" in text
    assert 'lang="en" dir="ltr"' in text


def test_numbers_and_names_stand_apart_in_arabic(answers):
    text = answers["/ar/worried/"].content.decode()
    assert '<bdi dir="ltr">0800 1111</bdi>' in text
    assert "<bdi>Camden Safeguarding Children Partnership</bdi>" in text


def test_hours_of_helplines_are_translated(answers):
    assert "في أي وقت" in answers["/ar/worried/helplines/"].content.decode()
    assert "যেকোনো সময়" in answers["/bn/worried/helplines/"].content.decode()


def test_somali_which_django_does_not_know_breaks_nothing(answers):
    assert answers["/so/"].status_code == 404
    assert 'lang="so" dir="ltr"' in answers["/so/"].content.decode()[:400]
