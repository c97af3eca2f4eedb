"""Two people at one date in the same moment, each in a connection of their own: one has written and not yet committed when
the other begins, who waits and goes on from there. (`test_last_place.py` has six at once on every database.)"""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from community.programme.enums import Stage
from community.programme.errors import AlreadyDone, NoPlaceLeft
from community.programme.models import Booking, Round, Tally
from community.programme.services.attendance import finish, mark, mark_self
from community.programme.services.bookings import Person, add_person, cancel, confirm
from community.programme.services.evaluation import AllHaveAnswered, close_what_is_over, invite, take_answers
from tests.factories.accounts import holder_of
from tests.factories.programme import BookingFactory, CourseFactory, DateFactory
from tests.meanwhile import before_it_ends

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def states(date) -> list[str]:
    return sorted(Booking.objects.filter(date=date).values_list("state", flat=True))


def asked(date, **values):
    """A booking that waits for its click."""
    return BookingFactory(date=date, state="pending", confirmed_at=None, **values)


@pytest.fixture
def last():
    """A date with one place."""
    return DateFactory(capacity=1)


@pytest.fixture
def held():
    """A date that is going on at this moment."""
    return DateFactory(starts_at=timezone.now() - timedelta(minutes=30), course__gives_certificate=True)


@pytest.fixture
def officer():
    return holder_of("Outreach officer")


class TestTheLastPlace:
    def test_who_confirms_while_it_is_taken_waits_for_a_place(self, last):
        first, second = asked(last), asked(last)
        with before_it_ends(lambda: confirm(booking=second)) as other:
            confirm(booking=first)
        assert other.waited
        assert other.result.state == "waiting"
        assert states(last) == ["booked", "waiting"]

    def test_where_there_is_no_waiting_list_they_read_that_it_is_gone(self, last):
        type(last).objects.filter(pk=last.pk).update(has_waiting_list=False)
        first, second = asked(last), asked(last)
        with before_it_ends(lambda: confirm(booking=second)) as other:
            confirm(booking=first)
        assert other.waited
        assert isinstance(other.raised, NoPlaceLeft)
        assert states(last) == ["booked", "pending"]

    def test_the_same_link_pressed_twice_at_once_is_one_booking_and_one_mail(self, last, mailoutbox):
        booking = asked(last)
        with before_it_ends(lambda: confirm(booking=booking)) as other:
            confirm(booking=booking)
        assert other.waited
        assert isinstance(other.raised, AlreadyDone)
        assert states(last) == ["booked"]
        assert len(mailoutbox) == 1

    def test_an_officer_cannot_give_it_to_somebody_else_at_that_moment(self, last, officer):
        booking = asked(last)
        person = Person("Somebody Else", "else@example.org")
        with before_it_ends(lambda: add_person(date=last, person=person, by=officer)) as other:
            confirm(booking=booking)
        assert other.waited
        assert other.result.state == "waiting"
        assert states(last) == ["booked", "waiting"]

    def test_given_back_while_somebody_confirms_it_goes_to_who_waited_longest(self, last):
        booked = BookingFactory(date=last)
        waits = BookingFactory(date=last, state="waiting")
        late = asked(last)
        with before_it_ends(lambda: confirm(booking=late)) as other:
            cancel(booking=booked)
        assert other.waited
        waits.refresh_from_db()
        assert (waits.state, other.result.state) == ("booked", "waiting")


class TestTheDay:
    def test_who_types_the_code_while_the_list_is_finished_is_not_lost_or_counted_twice(self, held, officer):
        booking = BookingFactory(date=held)
        with before_it_ends(lambda: finish(date=held, by=officer)) as other:
            mark_self(date=held, code=booking.code)
        assert other.waited
        assert other.result == 1
        assert states(held) == ["attended"]

    def test_a_list_finished_by_two_sends_one_certificate(self, held, officer, mailoutbox):
        booking = BookingFactory(date=held, state="attended")
        with before_it_ends(lambda: finish(date=held, by=officer)) as other:
            finish(date=held, by=officer)
        assert other.waited
        assert other.raised is not None
        assert len(mailoutbox) == 1
        booking.refresh_from_db()
        assert booking.certificate_code

    def test_a_mark_of_that_moment_is_in_the_finished_list(self, held, officer):
        booking = BookingFactory(date=held)
        with before_it_ends(lambda: finish(date=held, by=officer)) as other:
            mark(booking=booking, state="attended", by=officer)
        assert other.waited
        assert other.result == 1
        assert states(held) == ["attended"]


class TestEvaluation:
    SAY = {"stage": Stage.NOW, "answers": {"overall": "good"}}

    @pytest.fixture
    def course(self):
        ends = timezone.now() - timedelta(hours=1)
        course = CourseFactory()
        DateFactory(course=course, starts_at=ends - timedelta(hours=2), ends_at=ends, state="held")
        return course

    def test_of_two_for_the_last_open_answer_one_counts(self, course):
        invite(course=course, stage=Stage.NOW)
        with before_it_ends(lambda: take_answers(course=course, **self.SAY)) as other:
            take_answers(course=course, **self.SAY)
        assert other.waited
        assert isinstance(other.raised, AllHaveAnswered)
        assert Tally.objects.get().fresh == 1

    def test_the_chore_closes_nothing_of_who_is_asked_at_that_moment(self, course):
        date = course.dates.get()
        invite(course=course, stage=Stage.NOW, people=3)
        with before_it_ends(close_what_is_over) as other:
            BookingFactory(date=date, state="attended", thanked_at=timezone.now())
            invite(course=course, stage=Stage.NOW)
        assert other.waited
        assert Round.objects.get().open_answers == 1
