"""The clock of the machine is wrong, or jumps: nothing lives longer than was said, and nothing is deleted in error."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from foundation.accounts.links.services import LinkTooOld, look_at_link, make_link
from foundation.forms.tokens import TokenState, check_token, make_token
from foundation.jobs.models import ChoreRun
from foundation.jobs.running import clock_is_doubtful
from foundation.registries.chores import Chore, chores
from tests.factories.accounts import holder_of, sign_in

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def test_a_token_from_the_future_is_no_good_yet(clock):
    clock.shift(timedelta(days=1))
    token = make_token("a form")
    clock.move_to(NOON)
    assert check_token(token, "a form") is TokenState.TOO_EARLY


def test_a_sign_in_link_from_the_future_does_not_work(clock):
    clock.shift(timedelta(days=1))
    link = make_link(email="owner@example.org")
    clock.move_to(NOON)
    with pytest.raises(LinkTooOld):
        look_at_link(link.token)


def test_two_servers_may_be_a_minute_apart(clock):
    clock.shift(timedelta(minutes=1))
    link = make_link(email="owner@example.org")
    client = sign_in(Client(), holder_of("Editor"))
    clock.move_to(NOON)
    assert look_at_link(link.token)
    assert client.get("/admin/").status_code == 200


def test_a_session_from_the_future_is_over(clock):
    clock.shift(timedelta(days=30))
    client = sign_in(Client(), holder_of("Editor"))
    clock.move_to(NOON)
    response = client.get("/admin/")
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.fixture
def done(monkeypatch):
    """What a daily and a frequent chore of this test did."""
    done = []
    monkeypatch.setattr(chores, "_entries", {})
    chores.register("forget", Chore(lambda: done.append("forget") or 1))
    chores.register("seal", Chore(lambda: done.append("seal") or 1, is_daily=False))
    return done


def test_daily_chores_are_done_once_a_day_and_frequent_ones_each_time(clock, done):
    for _round in range(3):
        call_command("housekeeping")
    assert sorted(done) == ["forget", "seal", "seal", "seal"]
    clock.shift(timedelta(days=1))
    call_command("housekeeping")
    assert done.count("forget") == 2


def test_a_clock_that_jumps_a_year_ahead_deletes_nothing_until_a_person_says_so(clock, done):
    call_command("housekeeping")
    done.clear()
    clock.shift(timedelta(days=365))
    for _round in range(2):
        with pytest.raises(CommandError, match="If the clock is right"):
            call_command("housekeeping")
    assert done == ["seal", "seal"], "lessons that are over are sealed all the same"

    clock.move_to(NOON + timedelta(minutes=5))
    assert not clock_is_doubtful(), "nothing of the wrong time was written down"
    clock.shift(timedelta(days=365))
    call_command("housekeeping", "--all")
    assert "forget" in done
    call_command("housekeeping")


def test_a_clock_that_is_set_back_asks_too(clock, done):
    call_command("housekeeping")
    clock.shift(timedelta(days=-2))
    with pytest.raises(CommandError, match="The clock says"):
        call_command("housekeeping")


def test_a_weekend_without_a_timer_is_no_jump(clock, done):
    call_command("housekeeping")
    clock.shift(timedelta(days=6))
    call_command("housekeeping")
    assert done.count("forget") == 2


def test_a_daily_chore_that_failed_is_tried_again_in_an_hour_not_at_each_round(clock, done):
    def broken():
        done.append("broken")
        raise RuntimeError

    chores.register("breaks", Chore(broken))
    for _round in range(3):
        call_command("housekeeping")
        clock.shift(timedelta(minutes=5))
    assert done.count("broken") == 1
    clock.shift(timedelta(minutes=60))
    call_command("housekeeping")
    assert done.count("broken") == 2
    assert ChoreRun.objects.get(name="breaks").done_at is None
