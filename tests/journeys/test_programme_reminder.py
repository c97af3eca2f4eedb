"""Booked in Arabic on a small phone, reminded once, put into a calendar, given back; an owner books, and whoever waited has
the place. Without JavaScript."""

import time
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys import test_programme as forum
from tests.journeys.test_programme import last_mail, link_in, sign_in_owner

phone, is_clean, club, lead_course = forum.phone, forum.is_clean, forum.club, forum.lead_course
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_guest_is_reminded_in_their_language_and_gives_the_place_to_who_waits(
    phone: Any,
    is_clean: Any,
    live_server: Any,
    club: Any,
    lead_course: Any,
    mailoutbox: Any,
) -> None:
    from django.utils import timezone

    from community.programme.models import Booking, CourseDate
    from community.programme.services.reminders import send_what_is_due

    CourseDate.objects.update(capacity=1)

    def go(path: str) -> None:
        phone.goto(live_server.url + path)

    # The guest books in Arabic, and everything that follows is Arabic.
    go(f"/ar/whats-on/leading/{lead_course.pk}/book/")
    phone.locator("[name=name]").fill("ليلى")
    phone.locator("[name=email]").fill("layla@example.org")
    time.sleep(3.1)
    phone.locator("main form button").click()
    assert phone.url.endswith("/book/sent/")
    go(link_in(last_mail(), "/ar/whats-on/booking/"))
    phone.locator("main form button").click()
    assert Booking.objects.get().state == "booked"
    assert phone.locator("html").get_attribute("dir") == "rtl"
    is_clean()

    # The club's owner books the same date for a colleague, who waits, and is told so.
    sign_in_owner(phone, live_server.url, club)
    go(f"/en/my-setting/{club.pk}/training/")
    phone.get_by_role("link", name="Leading on safeguarding").first.click()
    phone.get_by_label("Name").fill("Chidi Example")
    phone.get_by_label("Email address").fill("chidi@example.org")
    phone.get_by_role("button", name="Put on the waiting list").click()
    assert "Chidi Example is on the waiting list." in phone.inner_text("main")
    assert last_mail().to == ["chidi@example.org"]
    phone.context.clear_cookies()

    # A day before, the chores remind whoever has a place: once, however often they run.
    soon = timezone.now() + timedelta(days=1)
    CourseDate.objects.update(starts_at=soon, ends_at=soon + timedelta(hours=2))
    before = len(mailoutbox)
    send_what_is_due()
    send_what_is_due()
    assert [message.to for message in mailoutbox[before:]] == [["layla@example.org"]]
    booking = Booking.objects.get(email="layla@example.org")
    assert booking.code in last_mail().body
    link = link_in(last_mail(), "/ar/whats-on/booking/")
    go(link)
    calendar = phone.context.request.get(live_server.url + phone.locator("a[href$='event.ics']").get_attribute("href"))
    assert f"DTSTART;TZID=Europe/London:{timezone.localtime(soon):%Y%m%dT%H%M}" in calendar.text()

    # She cannot come: the place goes to whoever waited, and both are told in their own language.
    phone.locator("main summary").click()
    phone.locator("main details button").click()
    is_clean()
    assert dict(Booking.objects.values_list("email", "state")) == {
        "layla@example.org": "cancelled", "chidi@example.org": "booked",
    }  # fmt: skip
    told = {message.to[0]: message for message in mailoutbox[before + 1 :]}
    assert 'dir="rtl"' in told["layla@example.org"].alternatives[0][0]
    assert "somebody gave their place back" in told["chidi@example.org"].body
    assert phone.context.cookies() == []
