"""What the calendar brings: reminders, the second evaluation, and forgetting."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.programme.models import Booking
from community.programme.services.forgetting import forget_what_is_over
from community.programme.services.reminders import send_what_is_due
from foundation.audit.models import Entry
from foundation.registries.chores import chores
from foundation.retention import SCHEDULE
from tests.factories.programme import BookingFactory, CourseFactory, DateFactory

from .conftest import mails

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=30)


def noon_in(days: int):
    """So many days from now, at an hour from which neither an hour more or less nor summer time leads to another day."""
    return timezone.localtime().replace(hour=12, minute=0) + timedelta(days=days)


def test_one_reminder_a_week_before_and_one_the_day_before_whatever_runs_twice(course):
    start = noon_in(20)
    date = DateFactory(course=course, starts_at=start)
    BookingFactory(date=date, confirmed_at=timezone.now() - timedelta(days=1))
    BookingFactory(date=date, state="waiting")
    sent = {}
    for days in range(21):
        with time_machine.travel(start - timedelta(days=20 - days, hours=1)):
            sent[20 - days] = send_what_is_due() + send_what_is_due()
    assert {days: number for days, number in sent.items() if number} == {7: 1, 1: 1}
    assert all("This is a reminder" in message.text for message in mails())


def test_days_without_chores_are_made_up_by_one_mail(course):
    start = noon_in(20)
    BookingFactory(date=DateFactory(course=course, starts_at=start), confirmed_at=timezone.now() - timedelta(days=1))
    with time_machine.travel(start - timedelta(days=4)):
        assert send_what_is_due() == 1
    with time_machine.travel(start - timedelta(hours=20)):
        assert send_what_is_due() == 1
        assert send_what_is_due() == 0


def test_whoever_books_late_gets_the_reminder_of_the_day_before_alone(course):
    start = noon_in(5)
    BookingFactory(date=DateFactory(course=course, starts_at=start))
    assert send_what_is_due() == 0
    with time_machine.travel(start - timedelta(hours=20)):
        assert send_what_is_due() == 1


def test_a_cancelled_date_reminds_nobody(course):
    date = DateFactory(course=course, starts_at=timezone.now() + timedelta(days=1), state="cancelled")
    BookingFactory(date=date, confirmed_at=timezone.now() - LONG_AGO)
    assert send_what_is_due() == 0


def test_six_weeks_on_those_who_came_are_asked_once(course):
    ends = timezone.now() - timedelta(days=43)
    date = DateFactory(course=course, starts_at=ends - timedelta(hours=2), ends_at=ends, state="held")
    BookingFactory(date=date, state="attended", email="came@example.org")
    BookingFactory(date=date, state="absent")
    BookingFactory(date=date, state="attended", via="imported")
    assert send_what_is_due() == 1
    assert send_what_is_due() == 0
    assert [message.to for message in mails()] == ["came@example.org"]
    assert "This is the last time that we ask about it" in mails()[0].text


@pytest.fixture
def past():
    def inner(days: int, **of_course):
        ends = timezone.now() - timedelta(days=days)
        return DateFactory(
            course=CourseFactory(**of_course), starts_at=ends - timedelta(hours=2), ends_at=ends, state="held"
        )

    return inner


def test_what_somebody_needs_goes_the_day_after(past):
    booking = BookingFactory(date=past(2), state="attended", needs="Canary chair")
    forget_what_is_over()
    booking.refresh_from_db()
    assert (booking.needs, booking.name != "") == ("", True)


@pytest.mark.parametrize(
    ("state", "days", "months", "stays"),
    [
        ("attended", 300, None, True), ("attended", 400, None, False), ("attended", 400, 24, True),
        ("attended", 760, 24, False), ("absent", 20, None, True), ("absent", 40, None, False),
        ("cancelled", 40, None, False),
    ],
)  # fmt: skip
def test_names_go_after_their_time_and_the_count_stays(past, setting, state, days, months, stays):
    date = past(days, gives_certificate=months is not None, certificate_months=months)
    code = "ABCDEFGHJK" if months and state == "attended" else None
    booking = BookingFactory(date=date, state=state, setting=setting, organisation="Canary", certificate_code=code)
    forget_what_is_over()
    forget_what_is_over()
    booking.refresh_from_db()
    assert bool(booking.name and booking.email and booking.email_key) is stays
    assert (booking.state, booking.setting) == (state, setting)
    if not stays:
        assert (booking.organisation, booking.certificate_code, booking.email_key) == ("", None, "")


def test_a_link_that_nobody_opened_is_forgotten(one_date):
    BookingFactory(date=one_date, state="pending", created_at=timezone.now() - timedelta(days=3))
    BookingFactory(date=one_date, state="pending")
    forget_what_is_over()
    assert Booking.objects.count() == 1
    assert Entry.objects.filter(action="programme.forget").count() == 1


def test_two_people_whose_names_are_forgotten_do_not_clash(past):
    date = past(400)
    BookingFactory.create_batch(2, date=date, state="attended")
    forget_what_is_over()
    assert set(Booking.objects.values_list("email_key", "email")) == {("", "")}


def test_the_schedule_of_what_is_kept_names_the_chore():
    rule = next(rule for rule in SCHEDULE if "programme_booking" in rule.tables)
    assert rule.chore in dict(chores.items())
