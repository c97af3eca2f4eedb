"""Without a script: one POST a step, nothing kept on the server before the last, and only one row."""

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from surveys.collection.services import count_held
from surveys.fieldwork.enums import SessionState

from .conftest import CODE, add_version, small
from .test_sending import held

pytestmark = pytest.mark.django_db


class Pupil:
    """A browser without scripts."""

    def __init__(self, client):
        self.client = client
        self.see(client.post("/s/questions/", {"code": CODE}))

    def see(self, response):
        self.response = response
        self.html = response.content.decode()
        found = re.search(r'name="page" value="([^"]+)"', self.html)
        self.page = found.group(1) if found else ""
        return self

    def press(self, go="next", *answers, **more):
        return self.see(self.client.post("/s/send/", {"page": self.page, "go": go, "answer": list(answers), **more}))

    @property
    def heading(self):
        return re.sub(r"\s+", " ", re.search(r'<h1[^>]*id="heading"[^>]*>(.*?)</h1>', self.html, re.S).group(1)).strip()

    def to_the_end(self):
        while self.heading != "That was the last question":
            self.press()
        return self


@pytest.fixture
def pupil(client, lesson):
    return Pupil(client)


def test_a_pupil_without_scripts_answers_and_sends(pupil, lesson):
    headings = [pupil.heading]
    for go, answers in [
        ("next", []), ("next", ["2"]), ("next", ["1"]), ("next", []), ("next", ["-2"]), ("next", []),
        ("next", ["1", "2"]), ("next", ["3"]), ("next", []), ("next", ["٩"]),
    ]:  # fmt: skip
        pupil.press(go, *answers)
        headings.append(pupil.heading)
    assert headings == [
        "Before you start", "Did you sleep well?", "WHY?", "Hard", "HARD?", "If something here is on your mind",
        "CLUBS?", "lunch", "tea", "HOURS?", "That was the last question",
    ]  # fmt: skip
    assert held(lesson) == []
    pupil.press("send")
    assert pupil.response.status_code == 303
    assert pupil.response["Location"].startswith("/s/done/")
    assert held(lesson) == [[2, 1, -3, -2, 1, 1, 0, 3, -1, 9]]


def test_a_double_click_on_send_is_one_row_and_told_already_sent(pupil, lesson):
    last = pupil.to_the_end().page
    pupil.press("send")
    pupil.page = last
    pupil.press("send")
    assert pupil.response["Location"].startswith("/s/already/")
    assert count_held(lesson) == 1
    assert "Already sent" in pupil.client.get(pupil.response["Location"]).content.decode()


def test_back_shows_what_was_answered(pupil):
    pupil.press().press("next", "1").press("back")
    assert re.search(r'value="1"[^>]*checked', pupil.html)


def test_a_question_that_the_route_leaves_out_is_passed_both_ways(pupil):
    pupil.press().press("next", "1")
    assert pupil.heading == "Hard"
    pupil.press("back")
    assert pupil.heading == "Did you sleep well?"


def test_a_part_left_out_takes_its_answers_with_it(pupil, lesson):
    pupil.press().press().press("next").press("next", "1").press("back").press("back")
    assert pupil.heading == "Hard"
    pupil.press("skip")
    assert pupil.heading == "If something here is on your mind"
    pupil.to_the_end().press("send")
    assert held(lesson)[0][3] == -1


@pytest.mark.parametrize(
    ("steps", "answers", "words"),
    [
        (1, ["9"], "not one of those below"),
        (1, ["<i>"], "not one of those below"),
        (1, ["1", "-2"], "Choose one or the other"),
        (5, ["1", "3"], "None of these"),
        (8, ["1000"], "Type a whole number from 0 to 999"),
        (8, ["nine"], "Type a whole number from 0 to 999"),
        (8, ["-5"], "Type a whole number from 0 to 999"),
    ],
)
def test_an_answer_that_cannot_be_is_told_kindly_and_kept_on_the_page(pupil, steps, answers, words):
    for _ in range(steps):
        pupil.press()
    before = pupil.heading
    pupil.press("next", *answers)
    assert pupil.response.status_code == 400
    assert words in pupil.html
    assert pupil.heading == before
    assert "<i>" not in pupil.html
    pupil.press("back", *answers)
    assert pupil.response.status_code == 200


def test_stopping_asks_first_then_forgets(pupil, lesson):
    pupil.press().press("stop", "1")
    assert pupil.heading == "Stop and clear your answers?"
    pupil.press("stop-no")
    assert pupil.heading == "Did you sleep well?"
    pupil.press("stop-yes")
    assert pupil.response["Location"] == "/s/stopped/"
    assert "Nothing was sent" in pupil.client.get("/s/stopped/").content.decode()
    assert held(lesson) == []


def test_the_language_changes_on_any_page_and_no_answer_is_lost(pupil):
    pupil.press().press("next", "1").press("back")
    pupil.see(pupil.client.post("/s/send/", {"page": pupil.page, "language": "ar", "answer": ["1"]}))
    assert pupil.heading == "هل نمت جيدا؟"
    assert 'lang="ar" dir="rtl"' in pupil.html
    assert re.search(r'value="1"[^>]*checked', pupil.html)


def test_the_field_shows_no_answer_and_no_code(pupil):
    pupil.press().press("next", "2")
    inside = base64.urlsafe_b64decode(pupil.page)
    assert b"SLEEP" not in inside
    assert b"bamboo" not in inside


@pytest.mark.parametrize("page", ["", "gAAAAA", "x" * 500])
def test_a_field_that_is_not_ours_is_not_believed(pupil, lesson, page):
    pupil.page = page
    pupil.press("send")
    assert pupil.response.status_code == 400
    assert "Type the class code to begin again" in pupil.html
    assert held(lesson) == []


def test_a_changed_field_is_not_believed(pupil):
    pupil.page = pupil.page[:-10] + ("A" if pupil.page[-10] != "A" else "B") + pupil.page[-9:]
    assert pupil.press().response.status_code == 400


def test_the_field_is_good_for_three_hours(pupil):
    with time_machine.travel(timezone.now() + timedelta(hours=3, minutes=1)):
        assert pupil.press().response.status_code == 400


def test_a_lesson_that_closed_says_so_and_stores_nothing(pupil, lesson):
    pupil.to_the_end()
    lesson.state, lesson.closed_at = SessionState.CLOSING, timezone.now() - timedelta(minutes=6)
    lesson.save()
    pupil.press("send")
    assert pupil.response.status_code == 410
    assert "This lesson is closed" in pupil.html
    assert held(lesson) == []


def test_a_full_lesson_says_so(client, open_lesson):
    from surveys.collection.services import receive

    lesson = open_lesson(present=1)
    pupil = Pupil(client).to_the_end()
    for number in range(2):
        receive(session=lesson, nonce=f"{number:032x}", answers={}, version=1)
    pupil.press("send")
    assert pupil.response.status_code == 409
    assert "All places are taken" in pupil.html


def test_a_page_from_before_a_correction_goes_on_to_its_end(pupil, lesson):
    pupil.press("next")
    add_version(lesson.wave, small(number=2))
    pupil.press("next", "1").to_the_end().press("send")
    assert pupil.response.status_code == 303
    assert count_held(lesson) == 1


def test_the_send_button_pressed_early_only_goes_on(pupil, lesson):
    pupil.press("send")
    assert held(lesson) == []


def test_help_stands_on_every_page(pupil):
    pages = [pupil.html]
    while pupil.heading != "That was the last question":
        pages.append(pupil.press().html)
    pages += [pupil.client.get(address).content.decode() for address in ("/s/", "/s/done/", "/s/stopped/")]
    for html in pages:
        assert "Talk to an adult you trust." in html
        assert 'href="tel:08001111"' in html
        assert 'href="tel:999"' in html
        assert 'href="/exit/"' in html
