"""Signed tokens, limits and traps of anonymous forms."""

from typing import Any

import pytest
from django import forms
from django.core.cache import cache
from django.test import RequestFactory

from foundation.forms import limits
from foundation.forms.limits import Limit, address_hash, is_within
from foundation.forms.spam import TRAP, SignedFormMixin
from foundation.forms.tokens import TokenRules, TokenState, check_token, keyed_hash, make_token


class Letter(SignedFormMixin):
    form_name = "letter"
    limit = Limit("letter", times=2, seconds=3_600)
    text = forms.CharField()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def test_a_token_is_good_from_three_seconds_to_a_day(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    token = make_token("letter")
    for moment, state in {
        "10:00:01": TokenState.TOO_EARLY,
        "10:00:04": TokenState.GOOD,
        "23:59:59": TokenState.GOOD,
    }.items():
        time_machine.move_to(f"2026-11-22 {moment}+00:00", tick=False)
        assert check_token(token, "letter") is state
    time_machine.move_to("2026-11-23 10:00:02+00:00", tick=False)
    assert check_token(token, "letter") is TokenState.TOO_LATE


@pytest.mark.parametrize("token", ["", "x", "a:b", "a:b:c", "é" * 50, "0" * 5_000])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert check_token(token, "letter") is TokenState.WRONG


def test_a_token_of_one_form_does_not_open_another() -> None:
    assert check_token(make_token("letter"), "survey", TokenRules(earliest=0)) is TokenState.WRONG


def test_a_token_says_nothing_but_the_time() -> None:
    assert make_token("letter").count(":") == 1


def test_hashes_for_two_purposes_cannot_be_compared() -> None:
    assert keyed_hash("192.0.2.1", purpose="a") != keyed_hash("192.0.2.1", purpose="b")


def sent(**data: str) -> Letter:
    request = RequestFactory().post("/")
    return Letter(data, request=request)


def test_a_stale_form_keeps_what_was_typed_and_needs_one_more_press(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    token = make_token("letter")
    time_machine.move_to("2026-11-24 10:00:00+00:00", tick=False)
    form = sent(text="A long letter", token=token)
    assert not form.is_valid()
    html = str(form)
    assert "A long letter" in html
    assert "Nothing is lost" in str(form.non_field_errors())
    fresh = form["token"].value()
    assert fresh != token
    time_machine.move_to("2026-11-24 10:00:05+00:00", tick=False)
    assert sent(text="A long letter", token=fresh).is_valid()


def test_the_third_letter_of_an_hour_is_refused_kindly(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    token = make_token("letter")
    time_machine.move_to("2026-11-22 10:00:09+00:00", tick=False)
    assert sent(text="1", token=token).is_valid()
    assert sent(text="2", token=token).is_valid()
    third = sent(text="3", token=token)
    assert not third.is_valid()
    assert third.is_over_limit()
    time_machine.move_to("2026-11-22 11:00:09+00:00", tick=False)
    assert sent(text="3", token=token).is_valid()


def test_a_form_with_mistakes_does_not_use_up_the_limit(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    token = make_token("letter")
    time_machine.move_to("2026-11-22 10:00:09+00:00", tick=False)
    for _time in range(5):
        assert not sent(text="", token=token).is_valid()
    assert sent(text="1", token=token).is_valid()


def test_a_robot_in_the_trap_is_seen_but_not_told(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    token = make_token("letter")
    time_machine.move_to("2026-11-22 10:00:09+00:00", tick=False)
    form = sent(text="Buy", token=token, **{TRAP: "https://spam.example"})
    assert form.is_valid()
    assert form.is_spam


def test_limits_hold_without_the_shared_cache(settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "foundation.cache.backends.SafeRedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    limits._local._tries.clear()
    request = RequestFactory().get("/")
    assert [is_within(request, Limit("away", times=2, seconds=3_600)) for _time in range(3)] == [True, True, False]


def test_the_local_count_cannot_grow_without_end() -> None:
    counter = limits._LocalCounter()
    for number in range(limits._MOST_REMEMBERED * 2 + 5):
        counter.count(str(number))
    assert len(counter._tries) <= limits._MOST_REMEMBERED


def test_an_address_is_another_hash_each_day_and_a_household_is_one(time_machine: Any) -> None:
    def of(address: str) -> str:
        return address_hash(RequestFactory().get("/", REMOTE_ADDR=address))

    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    today = of("192.0.2.1")
    assert "192.0" not in today
    assert today != of("192.0.2.2")
    assert of("2001:db8::1") == of("2001:db8::abcd")
    assert of("2001:db8::1") != of("2001:db8:0:1::1")
    assert of("nonsense") == of("unknown")
    time_machine.move_to("2026-11-23 10:00:00+00:00", tick=False)
    assert of("192.0.2.1") != today
