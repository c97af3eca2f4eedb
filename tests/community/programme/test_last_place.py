"""The last place, and two people at once: one gets it, the other waits. With real transactions."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from community.programme.models import Booking, CourseDate, Tally
from community.programme.services.bookings import Person, ask_for_place, cancel, confirm
from community.programme.services.evaluation import invite, take_answers
from tests.factories.programme import BookingFactory, DateFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list[BaseException]:
    """Every act in a thread of its own, all starting together; what they raised."""
    start, raised = threading.Barrier(len(acts)), []

    def run(act) -> None:
        try:
            start.wait(10)
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.fixture
def last():
    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads do not share a database in memory")
    return DateFactory(capacity=1)


def test_six_who_ask_at_once_use_no_place_up(last):
    people = [Person(f"Person {number}", f"p{number}@example.org") for number in range(6)]
    assert at_once(*[lambda person=person: ask_for_place(date=last, person=person) for person in people]) == []
    assert set(Booking.objects.values_list("state", flat=True)) == {"pending"}
    assert (Booking.objects.count(), CourseDate.objects.with_counts().get().taken) == (6, 0)


def test_of_six_who_confirm_at_once_one_gets_the_place(last):
    bookings = [BookingFactory(date=last, state="pending", confirmed_at=None) for _each in range(6)]
    assert at_once(*[lambda booking=booking: confirm(booking=booking) for booking in bookings]) == []
    states = sorted(Booking.objects.values_list("state", flat=True))
    assert states == ["booked", *["waiting"] * 5]


def test_a_place_given_back_twice_at_once_goes_to_one_person(last):
    booking = BookingFactory(date=last)
    BookingFactory.create_batch(2, date=last, state="waiting")
    raised = at_once(lambda: cancel(booking=booking), lambda: cancel(booking=booking))
    assert [type(error).__name__ for error in raised] == ["AlreadyDone"]
    states = sorted(Booking.objects.values_list("state", flat=True))
    assert states == ["booked", "cancelled", "waiting"]


def test_of_six_who_answer_at_once_as_many_count_as_came(last):
    ends = timezone.now() - timedelta(hours=1)
    held = DateFactory(course=last.course, starts_at=ends - timedelta(hours=2), ends_at=ends, state="held")
    invite(course=held.course, stage="now", people=2)
    say = {"course": held.course, "stage": "now", "answers": {"overall": "good"}}
    raised = at_once(*[lambda: take_answers(**say) for _each in range(6)])
    assert [type(error).__name__ for error in raised] == ["AllHaveAnswered"] * 4
    assert Tally.objects.get().fresh == 2


def test_the_database_refuses_a_second_place_for_a_person(last):
    from django.db import IntegrityError

    BookingFactory(date=last, email="one@example.org")
    with pytest.raises(IntegrityError):
        BookingFactory(date=last, email="ONE@example.org")
    assert CourseDate.objects.with_counts().get().taken == 1
