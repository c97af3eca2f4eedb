"""The page itself: its weight, its words in each language, a script that old browsers read, and the preview."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory

from surveys.answering.preview import preview_response
from surveys.answering.symbols import SYMBOLS
from surveys.answering.views.door import TRANSLATED
from surveys.answering.words import WORDS, interface_words
from surveys.demo.questionnaire import load_demo_questionnaire
from surveys.models import Option, Version
from surveys.questionnaire.document import compile_document

from .conftest import CODE, small
from .test_sending import held

STATIC = Path("surveys/static/surveys/answering")
MOST_BYTES = 150 * 1024


@pytest.mark.django_db
def test_sixty_questions_in_one_language_weigh_less_than_150_kb(client, open_lesson):
    load_demo_questionnaire()
    version = Version.objects.get(questionnaire__phase="secondary", questionnaire__survey__key="hrbq")
    open_lesson(paper=compile_document(version), year_group=10, languages=["en"])
    html = client.post("/s/questions/", {"code": CODE}).content
    assert html.count(b'"kind":') >= 60
    loads = re.findall(rb'(?:src|href)="/static/([^"]+\.(?:js|css))"', html)
    font = Path(finders.find("vendor/lexend/lexend-latin-wght-normal.woff2")).read_bytes()
    files = [Path(finders.find(name.decode())).read_bytes() for name in loads]
    assert len(files) == 8
    assert sum(len(gzip.compress(content)) for content in [html, *files]) + len(font) < MOST_BYTES


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_around_the_questions_is_there_in_every_language(language):
    found = interface_words(language)
    same = [key for key in WORDS if language != "en" and found[key] == interface_words("en")[key]]
    assert same == []
    for key, words in found.items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", interface_words("en")[key])), key


@pytest.mark.parametrize("file", sorted(STATIC.glob("*.js")), ids=lambda file: file.name)
def test_a_browser_of_2016_reads_the_script(file):
    code = re.sub(r"/\*.*?\*/|//[^\n]*|'[^'\n]*'", "", file.read_text(), flags=re.S)
    for newer in (
        r"=>",
        r"\b(let|const|class|async|await)\b",
        r"`",
        r"\?\.",
        r"\?\?",
        r"\bfetch\(",
        r"\.\.\.",
        r"\bimport\b",
    ):
        assert not re.search(newer, code), newer
    for kept in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "serviceWorker", "sendBeacon"):
        assert kept not in file.read_text()


def test_the_style_keeps_to_what_old_browsers_know():
    css = (STATIC / "answering.css").read_text()
    for newer in ("var(--", "display: grid", " gap:", "inset:", "margin-inline", ":is(", ":where(", ":has("):
        assert newer not in css, newer


def test_a_finger_leaves_no_answer_looking_chosen():
    """A telephone keeps :hover on whatever comes under the finger that pressed “Next”."""
    css = (STATIC / "answering.css").read_text()
    for_pointers = "".join(re.findall(r"@media \(hover: hover\)[^{]*\{[^{}]*\{[^{}]*\} \}", css))
    assert css.count(".sv-option label:hover") == for_pointers.count(".sv-option label:hover") == 2


@pytest.mark.django_db
def test_every_picture_of_the_demonstration_is_drawn():
    load_demo_questionnaire()
    assert set(Option.objects.exclude(symbol="").values_list("symbol", flat=True)) <= SYMBOLS.keys()


@pytest.mark.django_db
def test_a_preview_says_so_and_has_nowhere_to_send():
    response = preview_response(RequestFactory().get("/admin/preview/"), document=small(), year_group=8, language="ar")
    html = response.content.decode()
    assert "هذه معاينة" in html
    assert '"send":""' in html
    assert '"preview":true' in html
    assert 'name="page"' not in html
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_page_of_a_preview_cannot_be_sent_as_a_step(client, lesson):
    html = preview_response(RequestFactory().get("/"), document=small(), year_group=8).content.decode()
    assert "gAAAA" not in html
    assert client.post("/s/send/", {"go": "send"}).status_code == 400
    assert held(lesson) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", TRANSLATED)
def test_pupils_read_what_each_reader_gets(client, language):
    html = client.get(f"/s/what-my-teacher-sees/?l={language}").content.decode()
    assert html.count("sv-screen") == 5
    assert f'lang="{language}"' in html
