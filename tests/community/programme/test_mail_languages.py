"""Mails about a booking come in the language of the page that was used, and lead back to pages in it."""

import re

import pytest
from django.test import Client

from community.programme import links
from community.programme.models import Booking
from community.programme.services import mails as outgoing
from community.programme.services.bookings import cancel
from community.programme.services.dates import cancel_date
from tests.factories.programme import BookingFactory, DateFactory

from .conftest import book_path, link_in, mails, send

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(r"\b(the|you|your|place|open|booking|here|link|was|for)\b", re.IGNORECASE)
DIRECTION = {"bn": "ltr", "ar": "rtl"}


@pytest.fixture
def plain_date(course):
    """Nothing of it is English but its title."""
    course.title = "ABC"
    course.save()
    return DateFactory(course=course, venue="XYZ", address="")


def english_in(message) -> list[str]:
    """Lines that hold English words, addresses and the partnership's own name apart."""
    lines = f"{message.subject}\n{message.text}".replace("Safeguarding children partnership", "").splitlines()
    return [line for line in lines if ENGLISH.search(line) and not line.startswith("http")]


@pytest.mark.parametrize("code", ["bn", "ar"])
def test_from_the_form_to_the_certificate_everything_comes_in_the_language_of_the_page(plain_date, code):
    path = book_path(plain_date).replace("/en/", f"/{code}/")
    assert send(path, "programme-booking", name="আমিনা", email="amina@example.org").status_code == 303
    link = link_in(mails()[0])
    assert link.startswith(f"/{code}/whats-on/booking/")
    Client().post(link, {"do": "confirm"})
    booking = Booking.objects.get()
    assert (booking.state, booking.language) == ("booked", code)
    booking.certificate_code = "ABCDEFGHJK"
    for again in (
        lambda: outgoing.send_has_one(booking), lambda: outgoing.send_booked(booking, moved_up=True),
        lambda: outgoing.send_moved(booking, before=plain_date), lambda: outgoing.send_reminder(booking),
        lambda: outgoing.send_thanks(booking), lambda: outgoing.send_ask_later(booking),
    ):  # fmt: skip
        again()
    cancel(booking=booking)
    found = mails()
    assert len(found) == 9
    for message in found:
        assert english_in(message) == []
        assert f'<html lang="{code}" dir="{DIRECTION[code]}">' in message.html
        paths = re.findall(r"https?://[^/\s]+(/\S+)", message.text)
        assert paths
        assert all(each.startswith(f"/{code}/") for each in paths)


@pytest.mark.parametrize("code", ["bn", "ar"])
def test_who_waits_and_whose_date_is_cancelled_read_it_in_their_language(plain_date, code, officer):
    waits = BookingFactory(date=plain_date, language=code, state="waiting", name="আমিনা")
    outgoing.send_waiting(waits)
    outgoing.send_confirm(waits, has_room=False)
    cancel_date(date=plain_date, reason="—", by=officer)
    assert [english_in(message) for message in mails()] == [[], [], []]


def test_each_person_of_one_date_reads_their_own_language(plain_date, officer):
    for code in ("", "ar", "bn"):
        BookingFactory(date=plain_date, language=code)
    cancel_date(date=plain_date, reason="—", by=officer)
    assert sorted(re.findall(r'<html lang="(\w+)"', message.html)[0] for message in mails()) == ["ar", "bn", "en"]


def test_an_english_title_keeps_its_direction_in_an_arabic_mail(plain_date):
    outgoing.send_booked(BookingFactory(date=plain_date, language="ar"))
    assert "<bdi>ABC</bdi>" in mails()[0].html
    assert '/" dir="ltr"' in mails()[0].html, "an address ends with its last letter"
    outgoing.send_booked(BookingFactory(date=plain_date, language="en"))
    assert "<bdi>" not in mails()[1].html


def test_a_language_that_no_page_has_becomes_the_sites_own(plain_date):
    booking = BookingFactory(date=plain_date, language="")
    assert "/en/whats-on/booking/" in links.booking_url(booking)
    outgoing.send_reminder(booking)
    assert '<html lang="en" dir="ltr">' in mails()[0].html
