"""The officers' screens, the owners' pages, and who may open which."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Setting
from community.programme.models import Booking, Course, CourseDate
from foundation.audit.models import Entry
from foundation.registries.personal import address_rules
from tests.factories.accounts import holder_of
from tests.factories.accounts import sign_in as sign_in_staff
from tests.factories.community import PersonFactory
from tests.factories.programme import BookingFactory, DateFactory

from .conftest import WHATS_ON, ask, link_in, mails, words

pytestmark = pytest.mark.django_db
ADMIN = "/admin/programme/"


def stamp(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def date_fields(date_or_course, **changed):
    start = timezone.now() + timedelta(days=30)
    return {
        "starts_at": stamp(start), "ends_at": stamp(start + timedelta(hours=2)), "mode": "place", "venue": "Invented Hall",
        "capacity": 12, "has_waiting_list": "on", **changed,
    }  # fmt: skip


def test_from_a_course_to_a_place_that_is_confirmed(officers_client, standard):
    """The thin line: an officer puts up a course, the public sees it, somebody books."""
    response = officers_client.post(
        f"{ADMIN}courses/new/",
        {
            "title": "Seeing neglect", "slug": "seeing-neglect", "kind": "briefing", "summary": "Small signs.",
            "audiences": ["professionals"], "counts_as_help": ["B4"], "is_offered": "on",
        },
    )  # fmt: skip
    assert response.status_code == 302
    course = Course.objects.get()
    assert (course.audiences, course.counts_as_help) == (["professionals"], ["B4"])
    response = officers_client.post(f"{ADMIN}dates/add/", {"course": course.pk, **date_fields(course)})
    date = CourseDate.objects.get()
    assert "Booking opens later" in words(Client().get(WHATS_ON))
    assert "People can book now." in words(officers_client.post(response["Location"], {"do": "open"}, follow=True))
    ask(date)
    Client().post(link_in(mails()[0]), {"do": "confirm"})
    page = words(officers_client.get(f"{ADMIN}dates/{date.pk}/"))
    assert "Has a place (1)" in page
    assert "amina@example.org" in page
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"programme.add_date", "programme.open_date"} <= actions


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends_at": "2020-01-01T10:00"}, "The end must come after the start."),
        ({"starts_at": "2020-01-01T10:00"}, "This is in the past."),
        ({"venue": ""}, "Say at which place people meet."),
        ({"capacity": "0"}, "At least one place."),
        ({"address_is_private": "on"}, "Say roughly where it is"),
        ({"closes_at": "2099-01-01T10:00"}, "Booking must close before it starts."),
        ({"online_link": "not a link"}, "Enter a valid URL."),
    ],
)
def test_a_date_that_cannot_be_is_said_and_keeps_what_was_typed(officers_client, course, changed, said):
    fields = {"course": course.pk, **date_fields(course, note="Canary note"), **changed}
    page = words(officers_client.post(f"{ADMIN}dates/add/", fields))
    assert said in page
    assert "Canary note" in page
    assert not CourseDate.objects.exists()


def test_a_course_cannot_take_the_address_of_a_page(officers_client, standard):
    given = {"title": "X", "slug": "certificate", "kind": "forum", "summary": "Y"}
    assert "This address is taken" in words(officers_client.post(f"{ADMIN}courses/new/", given))


def test_a_course_with_dates_stays(officers_client, one_date):
    officers_client.post(f"{ADMIN}courses/delete/{one_date.course.pk}/", follow=True)
    assert Course.objects.exists()


def test_moving_a_date_tells_people(officers_client, one_date):
    BookingFactory(date=one_date)
    fields = date_fields(one_date, starts_at=stamp(one_date.starts_at + timedelta(days=1)),
                         ends_at=stamp(one_date.ends_at + timedelta(days=1)))  # fmt: skip
    response = officers_client.post(f"{ADMIN}dates/{one_date.pk}/edit/", fields, follow=True)
    assert "1 person was told by email." in words(response)


def test_saving_a_date_as_it_was_tells_nobody(officers_client, course):
    start = (timezone.now() + timedelta(days=10)).replace(second=31, microsecond=17)
    date = DateFactory(course=course, starts_at=start, address="1 Invented Road\nNW5 1AA")
    BookingFactory(date=date)
    page = officers_client.get(f"{ADMIN}dates/{date.pk}/edit/")
    form = page.context["form"]
    fields = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    fields |= {name: stamp(getattr(date, name)) for name in ("starts_at", "ends_at")}
    fields["address"] = "1 Invented Road\r\nNW5 1AA"
    officers_client.post(f"{ADMIN}dates/{date.pk}/edit/", fields)
    assert mails() == []


def test_cancelling_asks_why_and_tells_people(officers_client, one_date):
    BookingFactory(date=one_date)
    path = f"{ADMIN}dates/{one_date.pk}/cancel/"
    assert "1 person who booked or waits gets an email" in words(officers_client.get(path))
    assert "Say why" in words(officers_client.post(path, {"reason": ""}))
    assert "1 person was told by email." in words(officers_client.post(path, {"reason": "No trainer."}, follow=True))
    assert "Not taking place" in words(Client().get(f"{WHATS_ON}{one_date.course.slug}/"))


def test_on_the_day_from_a_phone(officers_client, course):
    date = DateFactory(course=course, starts_at=timezone.now() - timedelta(minutes=10))
    amina, bo = BookingFactory(date=date, name="Amina"), BookingFactory(date=date, name="Bo")
    path = f"{ADMIN}dates/{date.pk}/day/"
    response = officers_client.post(path, {"do": f"attended:{amina.pk}"}, follow=True)
    assert "1 of 2 are here" in words(response)
    officers_client.post(path, {"do": f"booked:{amina.pk}"})
    officers_client.post(path, {"do": f"attended:{amina.pk}"})
    response = officers_client.post(path, {"do": "came", "name": "Cy Guest", "email": "cy@example.org"}, follow=True)
    assert "2 of 3 are here" in words(response)
    response = officers_client.post(path, {"do": "finish"}, follow=True)
    assert "Finished: 2 people came." in words(response)
    bo.refresh_from_db()
    assert bo.state == "absent"
    assert "That cannot be done any more" in words(officers_client.post(path, {"do": "finish"}, follow=True))


def test_somebody_who_asks_is_forgotten_and_their_place_is_free(officers_client, one_date):
    booking = BookingFactory(date=one_date, name="Canary", organisation="Canary")
    path = f"{ADMIN}dates/{one_date.pk}/people/{booking.pk}/"
    assert "Forgotten. The count stays." in words(officers_client.post(path, {"do": "forget"}, follow=True))
    booking.refresh_from_db()
    assert (booking.state, booking.name, booking.email_key, booking.organisation) == ("cancelled", "", "", "")
    assert Entry.objects.filter(action="programme.forget_person").exists()
    assert mails() == []


def test_an_erasure_gives_the_place_to_whoever_waits(one_date):
    rule = next(rule for rule in address_rules if rule.field == "programme.Booking.email")
    one_date.capacity = 1
    one_date.save()
    booking = BookingFactory(date=one_date)
    BookingFactory(date=one_date, state="waiting", email="waits@example.org")
    rule.forget(booking)
    assert set(Booking.objects.values_list("email", "state")) == {("", "cancelled"), ("waits@example.org", "booked")}
    assert [message.to for message in mails()] == ["waits@example.org"]


def test_a_mark_for_a_booking_of_another_date_finds_nothing(officers_client, one_date):
    other = BookingFactory()
    assert officers_client.post(f"{ADMIN}dates/{one_date.pk}/day/", {"do": f"attended:{other.pk}"}).status_code == 404


def test_somebody_added_without_a_name_is_asked_for_one(officers_client, one_date):
    page = words(officers_client.post(f"{ADMIN}dates/{one_date.pk}/", {"do": "add", "email": "x@example.org"}))
    assert "This field is required." in page
    assert 'value="x@example.org"' in page


def test_the_code_for_the_room_is_drawn(officers_client, one_date):
    page = officers_client.get(f"{ADMIN}dates/{one_date.pk}/code/").content.decode()
    assert "<svg" in page
    assert "/en/whats-on/here/" in page


def test_a_download_is_safe_for_spreadsheets_and_in_the_trail(officers_client, one_date):
    BookingFactory(date=one_date, name="=1+1", organisation="@home", needs="Canary chair")
    response = officers_client.get(f"{ADMIN}dates/{one_date.pk}/?export=csv")
    text = response.content.decode()
    assert "'=1+1" in text
    assert "'@home" in text
    assert "Canary" not in text
    assert Entry.objects.filter(action="programme.export_people").count() == 1


def test_dates_in_numbers_for_a_report(officers_client, setting):
    date = DateFactory(course__title="@forum", starts_at=timezone.now() - timedelta(days=3), state="held")
    BookingFactory.create_batch(2, date=date, state="attended", setting=setting)
    BookingFactory(date=date, state="absent", name="Canary")
    text = officers_client.get(f"{ADMIN}?which=past&export=csv").content.decode()
    assert text.splitlines()[1].startswith("'@forum,Training,,")
    assert text.splitlines()[1].endswith(",Held,3,3,0,2,1")
    assert "Canary" not in text


SCREENS = ["", "dates/add/", "dates/{date}/", "dates/{date}/edit/", "dates/{date}/cancel/", "dates/{date}/day/",
           "dates/{date}/code/", "dates/{date}/people/{booking}/", "results/{course}/", "import/", "courses/", "levels/"]  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
def test_the_screens_are_for_outreach_officers(officers_client, one_date, screen):
    booking = BookingFactory(date=one_date)
    path = ADMIN + screen.format(date=one_date.pk, booking=booking.pk, course=one_date.course_id)
    assert officers_client.get(path).status_code == 200
    for role in ("Editor", "Registry officer", "Survey manager"):
        client = sign_in_staff(Client(), holder_of(role))
        response = client.get(path)
        assert response.status_code in {302, 403}, role
        assert booking.name not in response.content.decode()


def test_administrators_keep_the_levels_and_see_nobody(one_date):
    booking = BookingFactory(date=one_date)
    client = sign_in_staff(Client(), holder_of("Administrator"))
    assert client.get(f"{ADMIN}levels/").status_code == 200
    response = client.get(f"{ADMIN}dates/{one_date.pk}/")
    assert booking.name not in response.content.decode()


def test_an_owner_books_for_a_colleague(owners_client, setting, one_date):
    path = f"/en/my-setting/{setting.pk}/training/{one_date.pk}/book/"
    given = {"name": "Bea Lead", "email": "bea@example.org", "is_lead": "on", "needs": ""}
    response = owners_client.post(path, given, follow=True)
    assert "Bea Lead has a place." in words(response)
    booking = Booking.objects.get()
    assert (booking.setting, booking.is_lead, booking.state, booking.via) == (setting, True, "booked", "owner")
    assert "“Invented Chess Club” booked a place for you." in mails()[0].text
    assert "This address has a booking" in words(owners_client.post(path, given))
    response = owners_client.post(f"/en/my-setting/{setting.pk}/training/{booking.pk}/cancel/", follow=True)
    assert "The booking is cancelled." in words(response)


def test_another_settings_record_is_not_there(setting, one_date):
    client = Client()
    client.force_login(PersonFactory())
    booking = BookingFactory(date=one_date, setting=setting)
    for path in ("training/", f"training/{one_date.pk}/book/"):
        assert client.get(f"/en/my-setting/{setting.pk}/{path}").status_code == 404
    assert client.post(f"/en/my-setting/{setting.pk}/training/{booking.pk}/cancel/").status_code == 404
    booking.refresh_from_db()
    assert booking.state == "booked"


def test_an_owner_cannot_cancel_for_another_setting(owners_client, setting, one_date):
    stranger = BookingFactory(date=one_date)
    path = f"/en/my-setting/{setting.pk}/training/{stranger.pk}/cancel/"
    assert owners_client.post(path).status_code == 404


def test_the_question_of_the_standard_shows_who_came(owners_client, setting, course, standard, officer):
    from community.programme.services.counting import count_attendance

    course.counts_as_help = ["B4"]
    course.save()
    date = DateFactory(course=course, starts_at=timezone.now() - timedelta(days=5), state="held")
    count_attendance(booking=BookingFactory(date=date, setting=setting, state="attended"), by=officer)
    owners_client.post(f"/en/my-setting/{setting.pk}/standard/begin/")
    page = words(owners_client.get(f"/en/my-setting/{setting.pk}/standard/question/B4/"))
    assert "Your people came to" in page
    assert course.title in page
    assert Setting.objects.get().published.document["statements"] == {}


CANARY = "Canaryname"


def test_no_public_byte_holds_anything_private(client, setting, course):
    """Private: who comes, what they need, the link to join, the code; on every public page, calendar, search, sitemap."""
    date = DateFactory(course=course, mode="both", online_link=f"https://meet.example.org/{CANARY}")
    over = DateFactory(course=course, starts_at=timezone.now() - timedelta(days=9), state="held")
    for one, state in ((date, "booked"), (date, "waiting"), (date, "pending"), (over, "attended")):
        BookingFactory(
            date=one, state=state, name=f"{CANARY} {state}", email=f"{CANARY}-{state}@example.org", organisation=CANARY,
            needs=CANARY, setting=setting, code="CANARY" if state == "booked" else f"ABCD{state[:2].upper()}",
            certificate_code="CANARYCODE" if state == "attended" else None,
        )  # fmt: skip
    paths = [
        "/en/", "/sitemap.xml", WHATS_ON, f"{WHATS_ON}calendar.ics", f"{WHATS_ON}{course.slug}/",
        f"{WHATS_ON}{course.slug}/dates.ics", f"{WHATS_ON}{course.slug}/{date.pk}/book/",
        f"{WHATS_ON}{course.slug}/{date.pk}/book/sent/", f"{WHATS_ON}{course.slug}/{over.pk}/book/",
        f"{WHATS_ON}certificate/?number=CANARYCODE", f"/en/search/?q={course.title}",
        f"/en/clubs-near-you/{setting.slug}/", "/en/clubs-near-you/",
    ]  # fmt: skip
    for path in paths:
        text = client.get(path).content.decode().replace("CANARYCODE", "")
        assert CANARY.lower() not in text.lower(), path
        assert ">CANARY<" not in text, path


def test_an_owner_reads_before_they_press_that_a_date_is_full(owners_client, setting, one_date):
    path = f"/en/my-setting/{setting.pk}/training/{one_date.pk}/book/"
    assert "Book the place" in words(owners_client.get(path))
    BookingFactory.create_batch(3, date=one_date)
    page = words(owners_client.get(path))
    assert "Put on the waiting list" in page
    assert "All places have gone." in page


def test_a_place_of_somebody_else_is_given_back_in_two_steps(owners_client, officers_client, setting, one_date):
    """One tap beside a name would cost somebody their place."""
    BookingFactory(date=one_date, setting=setting)
    for page in (
        owners_client.get(f"/en/my-setting/{setting.pk}/training/"),
        officers_client.get(f"{ADMIN}dates/{one_date.pk}/"),
    ):
        text = words(page)
        assert text.index("<details") < text.index("Cancel the booking")


@pytest.mark.parametrize("screen", ["", "day/"])
@pytest.mark.parametrize(
    "sent", [{"do": "attended:x"}, {"do": "cancel-booking", "booking": "x"}, {"do": "cancel-booking"}]
)
def test_a_form_that_names_no_booking_finds_nothing(officers_client, one_date, screen, sent):
    answer = officers_client.post(f"{ADMIN}dates/{one_date.pk}/{screen}", sent)
    assert answer.status_code in {302, 404}
