"""A date is opened, moved, cancelled; whoever booked is told once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.programme.errors import ProgrammeError, StepNotAllowed
from community.programme.models import Booking, CourseDate
from community.programme.services.dates import cancel_date, open_date, save_date
from foundation.audit.models import Entry
from tests.factories.programme import BookingFactory, DateFactory

from .conftest import mails

pytestmark = pytest.mark.django_db


def test_a_moved_date_tells_everybody_with_a_place_or_a_wait(one_date, officer):
    CourseDate.objects.update(capacity=1)
    one_date.capacity = 1
    BookingFactory(date=one_date, email="in@example.org")
    BookingFactory(date=one_date, email="waits@example.org", state="waiting")
    BookingFactory(date=one_date, email="gone@example.org", state="cancelled")
    one_date.starts_at += timedelta(days=7)
    one_date.ends_at += timedelta(days=7)
    assert save_date(date=one_date, by=officer) == 2
    assert sorted(message.to for message in mails()) == ["in@example.org", "waits@example.org"]
    assert all("The time or place has changed" in message.text for message in mails())
    assert CourseDate.objects.get().revision == 1


def test_a_reminder_goes_out_again_for_the_new_time(one_date, officer):
    booking = BookingFactory(date=one_date, reminded_week=timezone.now())
    one_date.starts_at += timedelta(days=7)
    one_date.ends_at += timedelta(days=7)
    save_date(date=one_date, by=officer)
    booking.refresh_from_db()
    assert booking.reminded_week is None


def test_a_change_that_moves_nothing_tells_nobody(one_date, officer):
    BookingFactory(date=one_date)
    one_date.note = "Bring a pen."
    assert save_date(date=one_date, by=officer) == 0
    assert mails() == []


def test_more_places_let_people_move_up(one_date, officer):
    BookingFactory.create_batch(3, date=one_date)
    BookingFactory(date=one_date, state="waiting", email="waits@example.org")
    one_date.capacity = 4
    save_date(date=one_date, by=officer)
    assert Booking.objects.get(email="waits@example.org").state == "booked"


def test_there_cannot_be_fewer_places_than_people(one_date, officer):
    BookingFactory.create_batch(2, date=one_date)
    one_date.capacity = 1
    with pytest.raises(ProgrammeError, match="2 people have a place already"):
        save_date(date=one_date, by=officer)


def test_a_cancelled_date_says_why_to_each_and_keeps_no_needs(one_date, officer):
    BookingFactory(date=one_date, needs="Canary chair")
    BookingFactory(date=one_date, state="waiting")
    assert cancel_date(date=one_date, reason="The trainer is ill.", by=officer) == 2
    assert all("Why: The trainer is ill." in message.text for message in mails())
    assert set(Booking.objects.values_list("state", "needs")) == {("cancelled", "")}
    entry = Entry.objects.get(action="programme.cancel_date")
    assert entry.facts == {"told": 2}
    with pytest.raises(StepNotAllowed):
        cancel_date(date=one_date, reason="Again.", by=officer)
    assert len(mails()) == 2


def test_it_is_not_cancelled_without_a_word(one_date, officer):
    with pytest.raises(ProgrammeError, match="Say why"):
        cancel_date(date=one_date, reason="  ", by=officer)


def test_a_planned_date_opens_once(officer):
    date = DateFactory(state="planned")
    open_date(date=date, by=officer)
    assert CourseDate.objects.get().state == "open"
    with pytest.raises(StepNotAllowed):
        open_date(date=date, by=officer)
