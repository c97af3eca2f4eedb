"""Booking without an account: the form, the link, the place, and giving it back."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.programme import links
from community.programme.models import Booking
from community.programme.services.bookings import cancel
from tests.factories.programme import BookingFactory, DateFactory

from .conftest import WHATS_ON, ask, book_path, link_in, mails, send, words

pytestmark = pytest.mark.django_db


def press(link: str, wish: str):
    """Press a button on a booking's page."""
    return Client(enforce_csrf_checks=True).post(link, {"do": wish}, follow=True)


def test_a_place_by_a_link_in_an_email(one_date):
    response = ask(one_date, needs="Step-free access")
    assert (response.status_code, response["Location"]) == (303, f"{book_path(one_date)}sent/")
    assert not response.cookies
    booking = Booking.objects.get()
    assert booking.state == "pending"
    page = press(link_in(mails()[0]), "confirm")
    assert "You have a place" in words(page)
    booking.refresh_from_db()
    assert (booking.state, booking.needs) == ("booked", "Step-free access")
    assert [message.to for message in mails()] == ["amina@example.org"] * 2
    assert booking.code in mails()[1].text
    assert booking.code in mails()[1].html


def test_opening_the_link_changes_nothing(one_date):
    ask(one_date)
    assert "Confirm your booking" in words(Client().get(link_in(mails()[0])))
    assert Booking.objects.get().state == "pending"


def test_pressing_twice_says_so_and_sends_nothing_twice(one_date):
    ask(one_date)
    link = link_in(mails()[0])
    press(link, "confirm")
    assert "That was done before" in words(press(link, "confirm"))
    assert len(mails()) == 2


@pytest.mark.parametrize("change", [lambda link: link[:-5] + "/", lambda link: link.replace("~", "~x")])
def test_a_link_that_was_cut_or_changed_gets_a_clear_word(one_date, change):
    ask(one_date)
    response = Client().get(change(link_in(mails()[0])))
    assert response.status_code == 404
    assert "This link does not work" in words(response)


def test_the_page_says_whose_booking_it_is_to_whoever_was_sent_the_link(one_date):
    ask(one_date)
    assert "This booking is for <strong>Amina Example</strong>. If that is not you" in words(
        Client().get(link_in(mails()[0]))
    )


def test_the_answer_is_the_same_for_an_address_that_is_known(one_date):
    press(_link_of(one_date, "amina@example.org"), "confirm")
    before = len(mails())
    known, unknown = ask(one_date), ask(one_date, email="new@example.org")
    assert known["Location"] == unknown["Location"]
    assert Client().get(known["Location"]).content == Client().get(unknown["Location"]).content
    assert [message.to for message in mails()[before:]] == ["amina@example.org", "new@example.org"]
    assert "You have booked already" in mails()[before].subject
    assert Booking.objects.filter(email_key="amina@example.org").count() == 1


def test_capitals_make_nobody_a_second_person(one_date):
    press(_link_of(one_date, "amina@example.org"), "confirm")
    ask(one_date, email="AMINA@Example.org")
    assert Booking.objects.count() == 1


def what_outsiders_see(one_date) -> list[bytes]:
    """The pages that speak of places, without the form's token, which is another one each time."""
    paths = [WHATS_ON, f"{WHATS_ON}{one_date.course.slug}/", book_path(one_date)]
    pages = [Client().get(path).content for path in paths]
    return [re.sub(rb'name="token" value="[^"]+"', b"", page) for page in pages]


@pytest.mark.parametrize("others", [0, 2, 3])
@pytest.mark.parametrize("has_waiting_list", [True, False])
@pytest.mark.parametrize("state", ["", "pending", "booked", "waiting"])
def test_nobody_learns_from_the_places_whether_an_address_is_booked(one_date, state, has_waiting_list, others):
    """Whatever the address is, asking with it once or twice gives the same answer and changes nothing that can be seen."""
    one_date.capacity, one_date.has_waiting_list = 3, has_waiting_list
    one_date.save()
    # As many places are taken as without the address: what differs is its own state alone.
    BookingFactory.create_batch(others - (state == "booked") if others else 0, date=one_date)
    if state:
        BookingFactory(date=one_date, state=state, email="amina@example.org")
    before = what_outsiders_see(one_date)
    for _time in range(2):
        known, unknown = ask(one_date), ask(one_date, email="new@example.org")
        assert (known.status_code, known.headers.get("Location")) == (
            unknown.status_code,
            unknown.headers.get("Location"),
        )
        assert what_outsiders_see(one_date) == before


def test_asking_uses_no_place_up_however_often(one_date):
    for number in range(6):
        ask(one_date, email=f"made-up-{number}@example.org")
    assert "3 places left" in words(Client().get(WHATS_ON))
    assert "You have a place" in words(press(_link_of(one_date, "real@example.org"), "confirm"))
    assert "2 places left" in words(Client().get(WHATS_ON))


def test_whoever_confirms_first_has_the_last_place_and_the_other_waits(one_date):
    one_date.capacity = 1
    one_date.save()
    first, second = (_link_of(one_date, name) for name in ("first@example.org", "second@example.org"))
    assert "whoever confirms first" in mails()[0].text
    assert "You have a place" in words(press(second, "confirm"))
    assert "All places have gone, so you are on the waiting list" in words(press(first, "confirm"))
    assert "You are on the waiting list" in mails()[-1].text


def test_a_full_date_says_that_it_has_a_waiting_list(one_date):
    BookingFactory.create_batch(3, date=one_date)
    assert "Full: waiting list" in words(Client().get(WHATS_ON))
    assert "Join the waiting list" in words(Client().get(book_path(one_date)))
    response = ask(one_date)
    assert "perhaps a moment ago" in words(Client().get(response["Location"]))
    assert "on the waiting list" in words(press(link_in(mails()[0]), "confirm"))


def test_without_a_waiting_list_full_is_full_and_nothing_typed_is_lost(one_date):
    BookingFactory.create_batch(3, date=one_date)
    one_date.has_waiting_list = False
    one_date.save()
    response = ask(one_date)
    assert response.status_code == 422
    assert "All places have gone, and this date has no waiting list" in words(response)
    assert 'value="Amina Example"' in words(response)


def test_giving_a_place_back_moves_up_whoever_waited_longest(one_date):
    one_date.capacity = 1
    one_date.save()
    press(_link_of(one_date, "first@example.org"), "confirm")
    for number, name in enumerate(("second@example.org", "third@example.org")):
        with time_machine.travel(timezone.now() + timedelta(minutes=number + 1)):
            press(_link_of(one_date, name), "confirm")
    first = next(message for message in mails() if message.to == "first@example.org")
    before = len(mails())
    assert "Your booking is cancelled" in words(press(link_in(first), "cancel"))
    states = dict(Booking.objects.values_list("email", "state"))
    assert states == {"first@example.org": "cancelled", "second@example.org": "booked", "third@example.org": "waiting"}
    assert [message.to for message in mails()[before:]] == ["first@example.org", "second@example.org"]
    assert "somebody gave their place back" in mails()[-1].text
    assert "That was done before" in words(press(link_in(first), "cancel"))


def test_a_place_that_is_free_whatever_freed_it_goes_to_who_waits(one_date):
    from community.programme.services.bookings import fill_all_places

    BookingFactory.create_batch(3, date=one_date)
    press(_link_of(one_date, "waits@example.org"), "confirm")
    assert fill_all_places() == 0
    one_date.bookings.filter(state="booked").first().delete()
    assert fill_all_places() == 1
    assert Booking.objects.get(email="waits@example.org").state == "booked"


def test_nobody_overtakes_those_who_wait(one_date):
    """A place is free for a moment before the list moves: a newcomer does not get it."""
    BookingFactory.create_batch(3, date=one_date, state="booked")
    BookingFactory(date=one_date, state="waiting", email="waits@example.org")
    Booking.objects.filter(state="booked").first().delete()
    press(_link_of(one_date, "new@example.org"), "confirm")
    assert Booking.objects.get(email="new@example.org").state == "waiting"


def test_the_link_to_join_is_for_people_with_a_place_alone(course):
    date = DateFactory(
        course=course, mode="online", venue="", online_link="https://meet.example.org/canary", capacity=1
    )
    press(_link_of(date, "in@example.org"), "confirm")
    assert "https://meet.example.org/canary" in mails()[-1].text
    press(_link_of(date, "waits@example.org"), "confirm")
    assert "canary" not in mails()[-1].text
    link = link_in(mails()[-1])
    pages = [
        WHATS_ON, f"{WHATS_ON}{course.slug}/", f"{WHATS_ON}calendar.ics", f"{WHATS_ON}{course.slug}/dates.ics",
        book_path(date), link, f"{link}event.ics", "/en/", "/sitemap.xml",
    ]  # fmt: skip
    for page in pages:
        assert b"canary" not in Client().get(page).content, page


def test_a_private_address_is_for_people_with_a_place_alone(course):
    date = DateFactory(
        course=course, address_is_private=True, near="King’s Cross", address="Canary Lane", venue="Refuge"
    )
    press(_link_of(date, "in@example.org"), "confirm")
    assert "Canary Lane" not in mails()[0].text
    assert "Canary Lane" in mails()[1].text
    page = words(Client().get(f"{WHATS_ON}{course.slug}/"))
    assert "near King’s Cross" in page
    assert "Canary" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Type a name"),
        ({"name": "x" * 101}, "Use 100 characters or fewer. This has 101."),
        ({"email": "nobody"}, "Type an email address like name@example.com"),
        ({"needs": "x" * 501}, "Use 500 characters or fewer. This has 501."),
    ],
)
def test_what_must_be_mended_is_said_and_what_was_typed_stays(one_date, typed, said):
    response = ask(one_date, organisation="Invented Scouts", **typed)
    assert response.status_code == 422
    assert said in words(response)
    assert 'value="Invented Scouts"' in words(response)
    assert not Booking.objects.exists()


def test_a_robot_in_the_trap_is_thanked_and_ignored(one_date):
    assert ask(one_date, website_address="https://spam.example").status_code == 303
    assert not Booking.objects.exists()
    assert mails() == []


def test_too_many_are_asked_to_wait(one_date):
    answers = [ask(one_date, email=f"many{number}@example.org").status_code for number in range(9)]
    assert answers == [303] * 8 + [429]


def test_a_date_that_has_closed_says_so(one_date):
    one_date.closes_at = timezone.now() - timedelta(hours=1)
    one_date.save()
    response = Client().get(book_path(one_date))
    assert response.status_code == 410
    assert "Booking for this date has closed." in words(response)
    assert ask(one_date).status_code == 410


def test_names_are_one_line_however_they_were_typed(one_date):
    ask(one_date, name="Amina\n\u2028 Example\t")
    assert Booking.objects.get().name == "Amina Example"


def test_a_forgotten_date_is_gone_and_so_is_a_made_up_one(one_date):
    response = send(f"{WHATS_ON}{one_date.course.slug}/00000000-0000-4000-8000-000000000000/book/", "programme-booking")
    assert response.status_code == 404


def _link_of(date, email: str) -> str:
    ask(date, name=email.split("@")[0], email=email)
    return link_in(mails()[-1])


def test_a_mail_says_what_is_needed_without_gaps_and_leads_off_the_list(one_date):
    one_date.capacity = 1
    one_date.save()
    press(_link_of(one_date, "in@example.org"), "confirm")
    booked = mails()[-1].text
    press(_link_of(one_date, "waits@example.org"), "confirm")
    waiting = mails()[-1].text
    assert "Give your place back here" in booked
    assert "Take yourself off the list here" in waiting
    assert "\n\n\n" not in booked + waiting


def a_draft(owner):
    """A setting that nobody has looked at yet."""
    from tests.factories.listings import setting_of

    draft = setting_of(owner)
    assert draft.published_id is None
    return draft


def names(owners_client, draft, one_date, email: str):
    """What the owner of a draft reads after naming somebody, and the pages that they look at afterwards."""
    path = f"/en/my-setting/{draft.pk}/training/"
    page = owners_client.post(f"{path}{one_date.pk}/book/", {"name": "Amina", "email": email}, follow=True)
    form = owners_client.get(f"{path}{one_date.pk}/book/")
    hidden = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    return [hidden.sub(b"", each.content) for each in (page, form)]


def test_the_owner_of_a_draft_does_not_learn_whether_an_address_is_booked(owners_client, owner, one_date):
    draft = a_draft(owner)
    BookingFactory(date=one_date, email="known@example.org")
    known = names(owners_client, draft, one_date, "known@example.org")
    unknown = names(owners_client, draft, one_date, "new@example.org")
    assert known == unknown
    assert [message.to for message in mails()] == ["known@example.org", "new@example.org"]
    assert "You have booked already" in mails()[0].subject


def test_whom_the_owner_of_a_draft_names_confirms_and_then_counts_for_the_setting(owners_client, owner, one_date):
    draft = a_draft(owner)
    page = owners_client.post(
        f"/en/my-setting/{draft.pk}/training/{one_date.pk}/book/",
        {"name": "Bea Lead", "email": "bea@example.org", "is_lead": "on"},
        follow=True,
    )
    assert "We have sent Bea Lead a link by email." in words(page)
    assert "“Invented Chess Club” asked for a place for you." in mails()[0].text
    assert Booking.objects.get().state == "pending"
    assert "You have a place" in words(press(link_in(mails()[0]), "confirm"))
    booking = Booking.objects.get()
    assert (booking.setting, booking.is_lead, booking.state) == (draft, True, "booked")


def test_the_owner_of_a_draft_has_a_place_for_themselves_at_once(owners_client, owner, one_date):
    draft = a_draft(owner)
    path = f"/en/my-setting/{draft.pk}/training/{one_date.pk}/book/"
    assert "has a place." in words(owners_client.post(path, {"name": "Me", "email": owner.email}, follow=True))


def test_the_mail_says_who_cancelled(owners_client, officer, setting, one_date):
    mine, theirs, ours = (
        BookingFactory(date=one_date, setting=setting, email=f"{name}@example.org") for name in ("a", "b", "c")
    )
    press(links.booking_url(mine), "cancel")
    owners_client.post(f"/en/my-setting/{setting.pk}/training/{theirs.pk}/cancel/")
    cancel(booking=ours, by=officer)
    by_me, by_owner, by_us = (message.text for message in mails())
    assert "Thank you for letting us know" in by_me
    assert f"“{setting.name}” has cancelled the booking" in by_owner
    assert "We have cancelled your booking" in by_us


def test_the_mail_with_a_place_leads_to_the_calendar_and_the_calendar_knows_londons_time(one_date):
    ask(one_date)
    press(link_in(mails()[0]), "confirm")
    for path in (link_in(mails()[1], "event.ics"), f"{WHATS_ON}calendar.ics"):
        text = Client().get(path).content.decode()
        assert "BEGIN:VTIMEZONE" in text
        assert "TZID:Europe/London" in text
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in text
