"""Pupils in a browser: a primary pupil on a small screen, one in Arabic, one without scripts, one who loses the connection."""

import json
import random
import re

import pytest
from playwright.sync_api import expect

from surveys.answering.steps import Way
from surveys.collection.services import count_held
from surveys.fieldwork.enums import SessionState
from surveys.fieldwork.models import ClassSession
from tests.axe import Axe
from tests.surveys.answering.conftest import (  # noqa: F401 - fixtures
    CODE,
    make_lesson,
    make_school,
    make_wave,
    open_lesson,
    small,
)
from tests.surveys.answering.test_sending import held

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAGS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
AFTER_SLEEP = [
    "Hard", "HARD?", "If something here is on your mind", "CLUBS?", "lunch", "tea", "HOURS?", "That was the last question",
]  # fmt: skip
NEXT = "#step button[type=submit].sv-button--main"


@pytest.fixture
def lesson(open_lesson):  # noqa: F811
    return open_lesson()


@pytest.fixture
def begin(page, live_server):
    """`begin(…)`: the pupil scans the QR and is at the first page. Nothing may be said on the console."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def go(*, width=320, scheme="light", is_taken_over=True):
        page.set_viewport_size({"width": width, "height": 700})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{live_server.url}/s/#{CODE}")
        page.click("#go")
        page.wait_for_url("**/s/questions/")
        page.wait_for_selector("#heading")
        if is_taken_over:  # a press before the script is there goes to the step pages, and stays with them
            page.wait_for_selector("#sheet", state="detached")
        return page

    go.said = said
    yield go
    assert [words for words in said if "ERR_INTERNET_DISCONNECTED" not in words and "ERR_FAILED" not in words] == []
    assert page.context.cookies() == []


def heading(page):
    return page.inner_text("#heading")


def look(page):
    """axe finds nothing, and nothing is wider than the screen."""
    found = Axe().run(page, options=TAGS).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def tick(page, value):
    page.check(f"#option-{value}")


def to_the_end(page, looks=False):
    """Next, until the page that sends."""
    seen = [heading(page)]
    while page.locator(".sv-progress__bar--now").count() == 0 or not re.search("last question|آخر سؤال", heading(page)):
        page.click(NEXT)
        seen.append(heading(page))
        if looks:
            look(page)
    return seen


def send(page):
    page.click(NEXT)
    page.wait_for_selector("#calm:not([hidden])")


def kept_in(page):
    return page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")


def test_a_primary_pupil_answers_on_a_small_screen(begin, open_lesson, live_server):  # noqa: F811
    lesson = open_lesson(paper=small(phase="primary", years=[4, 6]), year_group=6, languages=["en"])
    page = begin(width=320)
    assert page.url == f"{live_server.url}/s/questions/"
    look(page)
    page.click(NEXT)
    assert page.evaluate("document.activeElement.id") == "heading"
    assert page.inner_text("#live") == "Part 1 of 3"
    tick(page, 2)
    page.click(NEXT)
    assert heading(page) == "WHY?"
    tick(page, -2)
    seen = to_the_end(page, looks=True)
    assert seen[1:] == AFTER_SLEEP
    assert held(lesson) == []
    send(page)
    look(page)
    assert heading(page) == "Sent. Thank you"
    assert held(lesson) == [[2, -2, -3, -1, -1, -1, -1, -1, -1, -1]]
    assert page.url == f"{live_server.url}/s/done/"
    assert kept_in(page) == 0
    assert page.evaluate("[CS.answers, CS.nonce, document.getElementById('sheet')]") == [{}, "", None]
    page.go_back()
    expect(page.locator("#heading")).to_have_text("Already sent")
    page.reload()
    assert "Sent. Thank you" in page.content()
    assert count_held(lesson) == 1


def test_a_secondary_pupil_answers_in_arabic_and_changes_the_language_on_the_way(begin, lesson):
    page = begin(width=1280, scheme="dark")
    page.click(".sv-language[lang=ar]")
    assert page.get_attribute("html", "dir") == "rtl"
    look(page)
    page.click(NEXT)
    assert heading(page) == "هل نمت جيدا؟"
    tick(page, 1)
    page.click(".sv-language[lang=en]")
    assert (heading(page), page.get_attribute("html", "dir")) == ("Did you sleep well?", "ltr")
    assert page.is_checked("#option-1")
    page.click(".sv-language[lang=ar]")
    assert page.inner_text(".sv-help__first") == "تحدث إلى شخص كبير تثق به."
    # A number must not turn round in Arabic.
    assert page.inner_text("#help-lines bdi >> nth=0") == "0800 1111"
    to_the_end(page, looks=True)
    send(page)
    assert heading(page) == "تم الإرسال. شكرًا لك"
    look(page)
    assert held(lesson)[0][0] == 1


def test_without_scripts_the_same_questions_go_step_by_step(browser, lesson, live_server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{live_server.url}/s/")
    page.fill("#code", CODE.replace("-", " ").upper())
    page.click("#go")
    page.click(NEXT)
    page.check("#option-1")
    seen = to_the_end(page)
    assert seen == ["Did you sleep well?", *AFTER_SLEEP]
    page.click(NEXT)
    assert page.url.startswith(f"{live_server.url}/s/done/")
    assert "Sent. Thank you" in page.content()
    assert context.cookies() == []
    assert held(lesson)[0][0] == 1
    context.close()


def test_a_lost_connection_keeps_the_answers_and_sends_them_once_it_is_back(begin, lesson):
    page = begin()
    page.click(NEXT)
    tick(page, 1)
    to_the_end(page)
    page.context.set_offline(True)
    page.click(NEXT)
    expect(page.locator("#heading")).to_have_text("Not sent yet")
    look(page)
    assert "Your answers are safe in this page" in page.inner_text("#main")
    page.context.set_offline(False)
    page.wait_for_selector("#calm:not([hidden])")
    assert heading(page) == "Sent. Thank you"
    assert held(lesson)[0][0] == 1


def test_answers_whose_receipt_was_lost_are_sent_again_and_count_once(begin, lesson):
    page = begin()
    times = []

    def lose_the_first(route):
        times.append(route.request.post_data_json["nonce"])
        if len(times) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/s/send/", lose_the_first)
    page.click(NEXT)
    tick(page, 1)
    to_the_end(page)
    page.click(NEXT)
    page.wait_for_selector("#waiting")
    page.click("text=Try now")
    page.wait_for_selector("#calm:not([hidden])")
    assert heading(page) == "Sent. Thank you"
    assert len(times) == 2
    assert len(set(times)) == 1
    assert count_held(lesson) == 1


def test_a_lesson_that_closed_meanwhile_is_never_told_sent(begin, lesson):
    page = begin()
    to_the_end(page)
    ClassSession.objects.update(state=SessionState.SEALED, code=None)
    begin.said_closed = True
    with page.expect_response("**/s/send/") as answer:
        page.click(NEXT)
    assert answer.value.json() == {"state": "closed"}
    expect(page.locator("#heading")).to_have_text("This lesson is closed")
    begin.said.clear()  # the browser reports the answer 410 by itself
    assert held(lesson) == []


def test_the_keyboard_alone_is_enough(begin, lesson):
    page = begin(width=1280)
    keys = page.keyboard

    def tab_to(selector):
        for _ in range(30):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            keys.press("Tab")
        raise AssertionError(f"Tab never came to {selector}")

    tab_to(NEXT)
    keys.press("Enter")
    tab_to("input[name=answer]")
    keys.press("ArrowDown")
    assert page.is_checked("#option-2")
    tab_to(NEXT)
    keys.press("Enter")
    assert heading(page) == "WHY?"
    tab_to(".sv-actions button:not([type=submit])")
    keys.press("Enter")
    assert page.is_checked("#option-2")
    while heading(page) != "That was the last question":
        tab_to(NEXT)
        keys.press("Enter")
    tab_to(NEXT)
    keys.press("Enter")
    page.wait_for_selector("#calm:not([hidden])")
    tab_to(".sv-tile__box")
    keys.press("Space")
    assert page.get_attribute("#tile-1-1", "data-colour") == "purple"
    assert "purple" in page.inner_text("label[for=tile-1-1]")
    assert held(lesson)[0][0] == 2


def test_stopping_clears_and_exit_leaves_nothing_to_go_back_to(begin, lesson, live_server):
    page = begin()
    page.route("**/exit/", lambda route: route.fulfill(body="elsewhere"))
    page.click(NEXT)
    tick(page, 1)
    page.click("text=Stop and clear")
    look(page)
    page.click("text=No, go on")
    assert page.is_checked("#option-1")
    page.click("text=Stop and clear")
    page.click("text=Yes, clear them")
    assert heading(page) == "Cleared"
    look(page)
    assert page.evaluate("CS.answers") == {}
    page.click("#exit")
    expect(page.locator("body")).to_have_text("elsewhere")
    assert held(lesson) == []


def test_three_presses_of_shift_leave_without_a_question(begin, lesson):
    page = begin()
    page.route("**/exit/", lambda route: route.fulfill(body="elsewhere"))
    page.click(NEXT)
    tick(page, 1)
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.locator("body")).to_have_text("elsewhere")


def test_the_browser_s_back_goes_one_question_back(begin, lesson):
    page = begin()
    page.click(NEXT)
    tick(page, 1)
    page.click(NEXT)
    page.go_back()
    assert heading(page) == "Did you sleep well?"
    assert page.is_checked("#option-1")


def test_a_number_out_of_range_is_told_kindly_and_stays(begin, lesson):
    page = begin()
    while not page.locator("#field").count():
        page.click(NEXT)
    page.fill("#field", "1000")
    page.click(NEXT)
    assert page.inner_text("#problem") == "Type a whole number from 0 to 999, or leave it empty."
    assert page.input_value("#field") == "1000"
    look(page)
    page.fill("#field", "٩")
    page.click(NEXT)
    send(page)
    assert held(lesson)[0][-1] == 9


def test_none_of_these_unticks_the_others(begin, lesson):
    page = begin()
    while heading(page) != "CLUBS?":
        page.click(NEXT)
    tick(page, 1)
    tick(page, 2)
    tick(page, 3)
    assert not page.is_checked("#option-1")
    tick(page, 1)
    assert not page.is_checked("#option-3")
    tick(page, -2)
    assert not page.is_checked("#option-1")


def test_a_browser_of_old_answers_too(begin, page, lesson):
    page.add_init_script(
        "delete window.fetch; delete window.Promise; delete window.speechSynthesis; delete Object.entries;"
        "Object.defineProperty(window, 'crypto', {value: undefined}); delete Element.prototype.closest"
    )
    begin()
    page.click(NEXT)
    tick(page, 1)
    to_the_end(page)
    send(page)
    assert held(lesson)[0][0] == 1


def test_a_file_that_did_not_arrive_leaves_the_step_pages(begin, page, lesson):
    page.route("**/draw.js", lambda route: route.abort())
    begin(is_taken_over=False)
    page.click(NEXT)
    assert page.locator("input[name=page]").count() == 1
    assert heading(page) == "Did you sleep well?"


VOICES = """
window.said = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text };
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: function () { return [
    {lang: 'ar-SA', localService: false, name: 'of a company far away'}, {lang: 'en-GB', localService: true, name: 'of this device'}] },
  speak: function (words) { window.said.push(words.text + ' / ' + words.voice.name); words.onend() },
  cancel: function () {}
}});
"""


def test_a_page_is_read_aloud_by_a_voice_of_the_device_alone(begin, page, lesson):
    page.add_init_script(VOICES)
    begin()
    page.click(NEXT)
    page.click("text=Read aloud")
    texts = ["Did you sleep well?", "Choose one answer.", "Option 1", "Option 2", "Option 3", "I prefer not to say"]
    assert page.evaluate("said") == [f"{text} / of this device" for text in texts]
    page.click(".sv-language[lang=ar]")
    assert page.locator("#read button").count() == 0


def test_script_and_server_take_the_same_way_through_the_questions(begin, lesson):
    page = begin()
    paper, chance = small(), random.Random(4)
    for _ in range(60):
        answers = {
            code: value
            for code, values in {"SLEEP": [None, 1, 2, 3, -2], "WHY": [None, 1], "HARD": [None, 2], "CLUBS": [None, [1], -2]}.items()
            if (value := chance.choice(values)) is not None
        }  # fmt: skip
        left_out = chance.choice([[], ["hard"], ["sleep"]])
        way = Way(paper, 8, answers, frozenset(left_out))
        places = range(len(way.steps()))
        found = page.evaluate(
            """([answers, leftOut]) => {
              CS.answers = answers; CS.leftOut = {}; leftOut.forEach(key => { CS.leftOut[key] = true });
              const places = CS.steps.map((step, at) => at);
              return [places.map(CS.after), places.map(CS.before), CS.sendable()]
            }""",
            [answers, left_out],
        )
        assert found == [[way.after(at) for at in places], [way.before(at) for at in places], way.sendable()]
    page.evaluate("CS.forget()")


def test_the_page_of_readers_is_sound(page, live_server, db):
    for width, language in ((320, "en"), (1280, "ar"), (320, "bn")):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(f"{live_server.url}/s/what-my-teacher-sees/?l={language}")
        look(page)
    assert json.dumps(page.context.cookies()) == "[]"
