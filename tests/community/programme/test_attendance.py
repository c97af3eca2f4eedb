"""Who came, what they get, and what it counts towards."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.models import Answer, EvidenceCheck, SelfAssessment
from community.programme import links
from community.programme.models import Booking, Credit
from community.programme.services.attendance import finish, mark
from community.programme.services.people import say_where_from
from tests.factories.community import MembershipFactory, SettingFactory
from tests.factories.programme import BookingFactory, DateFactory

from .conftest import WHATS_ON, link_in, mails, send, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_the_day(course, standard):
    """A date that began half an hour ago and counts for the lead's training."""
    course.counts_as_seen, course.counts_as_help, course.only_leads_count = ["B3"], ["B4"], True
    course.save()
    return DateFactory(course=course, starts_at=timezone.now() - timedelta(minutes=30))


def here_path(date) -> str:
    return f"{WHATS_ON}here/{links.here_token(date)}/"


def test_people_mark_themselves_with_their_code(on_the_day):
    booking = BookingFactory(date=on_the_day)
    response = send(here_path(on_the_day), "programme-here", code=f" {booking.code.lower()} ")
    assert response.status_code == 303
    assert "You are on the list" in words(Client().get(response["Location"]))
    booking.refresh_from_db()
    assert booking.state == "attended"
    assert send(here_path(on_the_day), "programme-here", code=booking.code)["Location"].endswith("?again=1")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("waiting", "You are on the waiting list"),
        ("cancelled", "We do not find this code"),
        ("pending", "We do not find"),
    ],
)
def test_a_code_without_a_place_gets_a_clear_word(on_the_day, state, said):
    booking = BookingFactory(date=on_the_day, state=state)
    response = send(here_path(on_the_day), "programme-here", code=booking.code)
    assert response.status_code == 422
    assert said in words(response)


def test_a_code_of_another_date_does_not_count(on_the_day):
    other = BookingFactory()
    assert "We do not find this code" in words(send(here_path(on_the_day), "programme-here", code=other.code))


def test_the_qr_code_works_on_the_day_alone(one_date):
    response = Client().get(here_path(one_date))
    assert response.status_code == 410
    assert "This works on the day itself" in words(response)


def test_finishing_thanks_those_who_came_and_them_alone(on_the_day, officer):
    came, absent = BookingFactory(date=on_the_day), BookingFactory(date=on_the_day)
    waited = BookingFactory(date=on_the_day, state="waiting")
    mark(booking=came, state="attended", by=officer)
    assert finish(date=on_the_day, by=officer) == 1
    states = dict(Booking.objects.values_list("pk", "state"))
    assert states == {came.pk: "attended", absent.pk: "absent", waited.pk: "cancelled"}
    assert [message.to for message in mails()] == [came.email]
    assert "Your certificate is here" in mails()[0].text
    assert "/evaluate/" in mails()[0].text


def test_a_mark_that_was_wrong_is_put_right_before_and_after(on_the_day, officer):
    booking = BookingFactory(date=on_the_day)
    mark(booking=booking, state="attended", by=officer)
    mark(booking=booking, state="booked", by=officer)
    finish(date=on_the_day, by=officer)
    booking.refresh_from_db()
    assert booking.state == "absent"
    mark(booking=booking, state="attended", by=officer)
    booking.refresh_from_db()
    assert booking.certificate_code
    assert [message.to for message in mails()] == [booking.email]


def test_what_a_lead_came_to_is_seen_in_the_listing_until_it_runs_out(on_the_day, officer, setting):
    came = BookingFactory(date=on_the_day, setting=setting, is_lead=True, state="attended")
    finish(date=on_the_day, by=officer)
    check = EvidenceCheck.objects.get(setting=setting)
    day = timezone.localdate(on_the_day.starts_at)
    assert (check.item.code, check.level, check.checked_on) == ("B3", "seen", day)
    assert (check.expires_on.year - day.year, check.expires_on.month) == (2, day.month)
    setting.refresh_from_db()
    assert setting.published.document["statements"]["B3"][0]["level"] == "seen"
    assert sorted(came.credits.values_list("item_code", flat=True)) == ["B3", "B4"]
    assert "canary" not in str(setting.published.document).lower()


def test_somebody_who_is_no_lead_counts_for_nothing_that_asks_a_lead(on_the_day, officer, setting):
    BookingFactory(date=on_the_day, setting=setting, state="attended")
    finish(date=on_the_day, by=officer)
    assert not EvidenceCheck.objects.exists()
    assert not Credit.objects.exists()


def test_what_anybody_typed_as_their_setting_counts_for_nobody(on_the_day, officer, setting):
    BookingFactory(date=on_the_day, organisation=setting.name, is_lead=True, state="attended")
    finish(date=on_the_day, by=officer)
    assert not EvidenceCheck.objects.exists()


def test_a_longer_check_is_not_put_aside(on_the_day, officer, setting, standard):
    EvidenceCheck.objects.create(
        setting=setting, item=standard.items.get(code="B3"), level="visited", checked_on=timezone.localdate()
    )
    BookingFactory(date=on_the_day, setting=setting, is_lead=True, state="attended")
    finish(date=on_the_day, by=officer)
    assert EvidenceCheck.objects.filter(withdrawn_on__isnull=True).get().level == "visited"


def test_an_officer_who_looks_after_the_setting_does_not_decide_on_it(on_the_day, officer, setting):
    MembershipFactory(setting=setting, user=officer)
    BookingFactory(date=on_the_day, setting=setting, is_lead=True, state="attended")
    assert finish(date=on_the_day, by=officer) == 1
    assert not EvidenceCheck.objects.exists()
    assert Credit.objects.filter(item_code="B3").exists()


def test_not_having_come_after_all_takes_it_back(on_the_day, officer, setting):
    booking = BookingFactory(date=on_the_day, setting=setting, is_lead=True, state="attended")
    finish(date=on_the_day, by=officer)
    mark(booking=booking, state="absent", by=officer)
    assert not EvidenceCheck.objects.filter(withdrawn_on__isnull=True).exists()
    assert not Credit.objects.exists()
    booking.refresh_from_db()
    assert booking.certificate_code is None


def test_an_answer_that_says_otherwise_is_put_before_the_owners_again(on_the_day, officer, setting, standard):
    assessment = SelfAssessment.objects.create(setting=setting, standard=standard, submitted_at=timezone.now())
    answer = Answer.objects.create(assessment=assessment, item=standard.items.get(code="B3"), value="not-yet")
    BookingFactory(date=on_the_day, setting=setting, is_lead=True, state="attended")
    finish(date=on_the_day, by=officer)
    answer.refresh_from_db()
    assert answer.needs_recheck


def test_an_officer_says_where_somebody_came_from(on_the_day, officer, setting):
    booking = BookingFactory(date=on_the_day, organisation="the chess club", state="attended")
    finish(date=on_the_day, by=officer)
    say_where_from(booking=booking, setting=setting, is_lead=True, by=officer)
    assert EvidenceCheck.objects.get().setting == setting
    other = SettingFactory(name="Another Invented Club")
    say_where_from(booking=booking, setting=other, is_lead=True, by=officer)
    assert not EvidenceCheck.objects.filter(setting=setting, withdrawn_on__isnull=True).exists()


def test_the_owner_reads_who_came_and_until_when(on_the_day, officer, setting, owners_client):
    BookingFactory(date=on_the_day, setting=setting, is_lead=True, state="attended", name="Bea Lead")
    finish(date=on_the_day, by=officer)
    page = words(owners_client.get(f"/en/my-setting/{setting.pk}/training/"))
    assert "Bea Lead: Leading on safeguarding" in page
    assert "good until" in page
    assert "Counts towards B3, B4" in page


def test_a_certificate_as_page_and_by_its_number(on_the_day, officer):
    booking = BookingFactory(date=on_the_day, state="attended", name="Bea Łukasz Lead")
    finish(date=on_the_day, by=officer)
    link = link_in(mails()[0])
    page = words(Client().get(f"{link}certificate/"))
    assert "Bea Łukasz Lead" in page
    booking.refresh_from_db()
    number = f"{booking.certificate_code[:5]}-{booking.certificate_code[5:]}".lower()
    assert number.upper() in page
    checked = words(Client().get(f"{WHATS_ON}certificate/?number={number}"))
    assert "This is one of ours" in checked
    assert "B. Ł. L." in checked
    assert "Lead “" not in checked
    assert "Łukasz" not in checked
    assert "We do not know this number" in words(Client().get(f"{WHATS_ON}certificate/?number=NOTONEOFIT"))
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        assert "has run out" in words(Client().get(f"{WHATS_ON}certificate/?number={number}"))


def test_a_certificate_as_a_file_has_the_name_in_it(on_the_day, officer):
    pytest.importorskip("reportlab")
    import io

    from pypdf import PdfReader

    BookingFactory(date=on_the_day, state="attended", name="Şule Łukasz-Nguyễn")
    finish(date=on_the_day, by=officer)
    response = Client().get(f"{link_in(mails()[0])}certificate.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    text = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert "Şule Łukasz-Nguyễn" in text
    assert "Leading on safeguarding" in text


def test_a_name_that_our_typeface_cannot_write_has_a_page_and_no_broken_file(on_the_day, officer):
    pytest.importorskip("reportlab")
    BookingFactory(date=on_the_day, state="attended", name="আমিনা")
    finish(date=on_the_day, by=officer)
    link = link_in(mails()[0])
    page = words(Client().get(f"{link}certificate/"))
    assert "আমিনা" in page
    assert "Print this page" in page
    assert "Print the certificate" in words(Client().get(f"{link}certificate.pdf"))


def test_no_certificate_for_somebody_who_did_not_come(on_the_day):
    booking = BookingFactory(date=on_the_day)
    assert Client().get(f"{WHATS_ON}booking/{links.booking_token(booking)}/certificate/").status_code == 404


def test_nobody_is_marked_as_here_before_the_day(officers_client, officer, one_date):
    booking = BookingFactory(date=one_date, name="Amina")
    path = f"/admin/programme/dates/{one_date.pk}/day/"
    page = words(officers_client.get(path))
    assert "from the day itself on" in page
    assert "cs-day__press" not in page
    assert "from the day itself on" in words(officers_client.post(path, {"do": f"attended:{booking.pk}"}, follow=True))
    came = officers_client.post(path, {"do": "came", "name": "Cy Guest", "email": "cy@example.org"}, follow=True)
    assert "from the day itself on" in words(came)
    assert list(Booking.objects.values_list("state", flat=True)) == ["booked"]


def test_from_the_morning_of_the_day_people_can_be_marked(officer, course):
    with time_machine.travel(timezone.localtime().replace(hour=7, minute=0)):
        date = DateFactory(course=course, starts_at=timezone.now() + timedelta(hours=12))
        booking = BookingFactory(date=date)
        assert mark(booking=booking, state="attended", by=officer).state == "attended"


def test_a_name_is_put_right_before_it_stands_on_a_certificate_and_the_trail_has_none_of_it(officers_client, one_date):
    from foundation.audit.models import Entry

    booking = BookingFactory(date=one_date, name="Canary Misspelt", is_lead=False)
    path = f"/admin/programme/dates/{one_date.pk}/people/{booking.pk}/"
    assert 'value="Canary Misspelt"' in officers_client.get(path).content.decode()
    officers_client.post(path, {"name": "Amina  Example", "setting": ""})
    booking.refresh_from_db()
    assert booking.name == "Amina Example"
    assert "This field is required." in words(officers_client.post(path, {"name": " ", "setting": ""}))
    trail = list(Entry.objects.filter(action="programme.correct_name"))
    assert len(trail) == 1
    assert "Canary" not in str(trail[0].__dict__)


def test_whoever_lost_the_mail_with_the_certificate_gets_it_once_more(officers_client, officer, on_the_day):
    came = BookingFactory(date=on_the_day, state="attended", email="lost@example.org")
    finish(date=on_the_day, by=officer)
    path = f"/admin/programme/dates/{on_the_day.pk}/people/{came.pk}/"
    assert "on its way again" in words(officers_client.post(path, {"do": "again"}, follow=True))
    first, second = mails()
    assert (second.to, second.text) == (first.to, first.text)
    assert "/certificate" in words(Client().get(link_in(second)))


@pytest.mark.parametrize("state", ["pending", "cancelled", "absent"])
def test_no_link_is_sent_again_to_who_has_nothing_behind_it(officer, one_date, state):
    from community.programme.errors import StepNotAllowed
    from community.programme.services.people import send_link_again

    with pytest.raises(StepNotAllowed):
        send_link_again(booking=BookingFactory(date=one_date, state=state), by=officer)
    assert mails() == []


@pytest.mark.parametrize("code", ["ar", "bn"])
def test_a_certificate_in_a_language_whose_letters_the_typeface_lacks_is_drawn_in_english(on_the_day, officer, code):
    from io import BytesIO

    from pypdf import PdfReader

    came = BookingFactory(date=on_the_day, state="attended", name="Amina Example", language=code)
    finish(date=on_the_day, by=officer)
    link = link_in(mails()[0])
    assert link.startswith(f"/{code}/")
    text = PdfReader(BytesIO(Client().get(f"{link}certificate.pdf").content)).pages[0].extract_text()
    came.refresh_from_db()
    assert "Certificate" in text
    assert "Amina Example" in text
    assert f"{came.certificate_code[:5]}-{came.certificate_code[5:]}" in text


@pytest.mark.parametrize(("minutes", "said"), [(60, "1 hour"), (40, "0.67 hours"), (150, "2.5 hours")])
def test_a_certificate_says_in_words_how_long_it_was(one_date, minutes, said):
    from community.programme.certificates import certificate_of

    one_date.ends_at = one_date.starts_at + timedelta(minutes=minutes)
    booking = BookingFactory.build(date=one_date, certificate_code="ABCDEFGHJK")
    assert certificate_of(booking, issuer="We").length == said
