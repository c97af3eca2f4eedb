"""The class code: forgiving of how it is typed, kind about what is wrong, and silent about what is live."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from surveys.answering import slowing
from surveys.collection.services import receive
from surveys.fieldwork import slips
from surveys.fieldwork.enums import SessionState

from .conftest import CODE, TEXT_STAFF_ONLY, small

pytestmark = pytest.mark.django_db


def ask(client, code=CODE, **more):
    return client.post("/s/questions/", {"code": code, **more})


@pytest.mark.parametrize(
    "typed",
    [CODE, "Bamboo, LEMON river 42", " bamboo  lemon  river  42 ", "bamboolemonriver42", "bamboo lemon river ٤٢"],
)
def test_a_code_is_read_however_it_is_typed(client, lesson, typed):
    page = ask(client, typed)
    assert page.status_code == 200
    assert "Please think for yourself." in page.content.decode()


def test_a_wrong_code_is_answered_kindly_and_stays_in_the_field(client, lesson):
    page = ask(client, "bamboo lemon river 43")
    assert page.status_code == 404
    assert "Check each word and the two digits" in page.content.decode()
    assert 'value="bamboo lemon river 43"' in page.content.decode()


def test_no_code_at_all_is_asked_for(client):
    page = ask(client, "  ")
    assert page.status_code == 400
    assert "Type the three words and two digits" in page.content.decode()


def test_what_is_no_code_is_told_what_one_looks_like(client):
    page = ask(client, "<b>hello</b>" * 50)
    assert page.status_code == 404
    assert "A code is three words and two digits" in page.content.decode()
    assert "<b>hello" not in page.content.decode()


def test_spelling_is_mended_from_the_list_whatever_is_live(client, open_lesson):
    before = ask(client, "bambo lemn river 42").content.decode()
    open_lesson()
    after = ask(client, "bambo lemn river 42").content.decode()
    assert "Did you mean this code?" in before
    assert before == after
    assert f'value="{CODE}"' in after


def test_a_mended_code_still_has_to_be_chosen(client, lesson):
    assert ask(client, "bambo lemon river 42").status_code == 404


def test_a_lesson_that_closes_takes_no_new_pupil(client, lesson):
    lesson.state, lesson.closed_at = SessionState.CLOSING, timezone.now()
    lesson.save()
    page = ask(client)
    assert page.status_code == 410
    assert "This lesson is closed" in page.content.decode()


def test_after_two_hours_the_code_opens_nothing(client, lesson):
    lesson.opened_at = timezone.now() - timedelta(hours=3)
    lesson.save()
    assert ask(client).status_code == 404


def test_a_full_lesson_says_so_before_anybody_answers_in_vain(client, open_lesson):
    lesson = open_lesson(present=1)
    for number in range(2):
        receive(session=lesson, nonce=f"{number:032x}", answers={}, version=1)
    page = ask(client)
    assert page.status_code == 409
    assert "As many answers have come in" in page.content.decode()


def test_many_wrong_codes_are_put_off_and_right_ones_never(client, lesson, monkeypatch):
    monkeypatch.setattr(slowing, "FREE_IN_A_MINUTE", 2)
    for _ in range(slowing.SLOTS):
        slowing._slots.acquire()
    try:
        answers = [ask(client, "bamboo lemon river 99").status_code for _ in range(4)]
        late = ask(client, "bamboo lemon river 99")
        assert answers == [404, 404, 429, 429]
        assert late["Retry-After"] == "5"
        assert "Wait a few seconds" in late.content.decode()
        assert ask(client).status_code == 200
    finally:
        for _ in range(slowing.SLOTS):
            slowing._slots.release()


def test_wrong_codes_are_counted_without_anybody_s_address(client, db):
    client.post("/s/questions/", {"code": "bamboo lemon river 99"}, REMOTE_ADDR="203.0.113.77")
    kept = repr(getattr(cache, "_cache", {}))
    assert "203.0.113.77" not in kept


ADDRESSES = ["/s/", "/s/?l=ar", "/s/done/", "/s/already/", "/s/stopped/", "/s/what-my-teacher-sees/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_for_pupils_is_kept_nowhere_and_sets_no_cookie(client, address):
    client.cookies[settings.SESSION_COOKIE_NAME] = "of-somebody-else"
    check_headers(client.get(address))


def test_the_questions_are_kept_nowhere_and_set_no_cookie(client, lesson):
    client.cookies[settings.SESSION_COOKIE_NAME] = "of-somebody-else"
    check_headers(ask(client))
    check_headers(ask(client, "wrong"))
    check_headers(client.post("/s/send/", "{}", content_type="application/json"))
    check_headers(client.post("/s/send/", {"page": "wrong"}))


def check_headers(response):
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not re.search(rb"<[^>]+\sstyle=|<script(?![^>]*(src=|application/json))", response.content)


@pytest.mark.parametrize("address", ["/s/done/", "/s/already/", "/s/stopped/"])
def test_the_last_page_asks_the_browser_to_forget(client, address):
    assert client.get(address)["Clear-Site-Data"] == '"cache", "storage"'


def test_the_page_holds_this_year_s_questions_in_the_class_s_languages_and_nothing_for_staff(client, lesson):
    html = ask(client).content.decode()
    assert "Did you sleep well?" in html
    assert "هل نمت جيدا؟" in html
    assert "YEAR10" not in html
    assert TEXT_STAFF_ONLY not in html


def test_a_class_in_english_gets_no_other_language(client, open_lesson):
    open_lesson(languages=["en"])
    assert "هل نمت جيدا؟" not in ask(client).content.decode()


def test_a_language_that_nobody_translated_the_page_into_is_named_and_read_in_english(client, open_lesson):
    open_lesson(paper=small(languages=["en", "ti", "xx"]), languages=["ti", "xx", "ar"])
    html = ask(client).content.decode()
    assert "ትግርኛ" in html
    assert 'lang="ti"' in html
    assert "Before you start" in html


def test_words_of_a_question_cannot_end_the_block_of_data(client, open_lesson):
    paper = small(intro={"en": "</script><script>alert(1)</script>", "ar": ""})
    open_lesson(paper=paper)
    assert "<script>alert" not in ask(client).content.decode()


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_the_questions_come_by_post_alone(client, method):
    assert getattr(client, method)("/s/questions/").status_code == 405
    assert getattr(client, method)("/s/send/").status_code == 405


def with_slips(lesson):
    lesson.uses_slips, lesson.slip_key, lesson.slips_spent = True, slips.new_key(), slips.unspent(33)
    lesson.save()
    return slips.slips_of(lesson)


def test_a_consultation_asks_for_the_slip_and_opens_with_it(client, lesson):
    first, *_rest = with_slips(lesson)
    asked = ask(client)
    assert asked.status_code == 400
    assert "letters and digits of your slip" in asked.content.decode()
    assert ask(client, slip="aaaaaa").status_code == 404
    assert ask(client, slip=first.upper()).status_code == 200


def test_a_spent_slip_is_told_so_before_the_questions(client, lesson):
    first, *_rest = with_slips(lesson)
    lesson.slips_spent = bytes([1]) + bytes(lesson.slips_spent)[1:]
    lesson.save()
    page = ask(client, slip=first)
    assert page.status_code == 410
    assert "That slip was used" in page.content.decode()
