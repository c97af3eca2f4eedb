"""A forum on a small phone without JavaScript: booked by a link, attended by QR code, thanked, evaluated, with a
certificate, and seen in the setting's self-assessment. The phone's guest and owner click; the officer posts forms.
"""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.axe import Axe
from tests.journeys.looks import RULES, a_phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHATS_ON = "/en/whats-on/"


@pytest.fixture
def phone(browser: Any, live_server: Any) -> Any:
    with a_phone(browser, width=320) as page:
        yield page


@pytest.fixture
def is_clean(browser: Any, phone: Any) -> Any:
    """axe is a script: a twin with scripts is given the very same bytes of the phone's page. It is so tall that nothing
    hides below the bar of numbers, which axe would count against what it covers."""
    context = browser.new_context(viewport={"width": 320, "height": 6_000})
    twin = context.new_page()

    def look() -> None:
        html, url = phone.content(), phone.url
        twin.unroute_all()
        twin.route(url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        twin.goto(url)
        assert twin.evaluate("document.documentElement.scrollWidth") <= 320, url
        found = Axe().run(twin, options=RULES)
        assert found.violations_count == 0, f"{url}\n{found.generate_report()}"

    yield look
    context.close()


@pytest.fixture
def club(transactional_db: None) -> Any:
    """A listed setting whose owner answered that its lead is not trained yet."""
    from django.utils import timezone

    from community.models import Answer, ChecklistItem, SelfAssessment, StandardVersion
    from community.moderation.services.publishing import publish
    from community.register.document import build_document
    from tests.factories.community import MembershipFactory, PersonFactory, SessionFactory, SettingFactory

    edition = StandardVersion.objects.create(code="t", title="Standard", in_force_from="2026-01-01", is_current=True)
    item = ChecklistItem.objects.create(
        standard=edition, code="B3", area="B", question="Is your lead trained?", basis="good", applies_to=["all"],
        public_statement="Has a trained lead", expires_after_months=24,
    )  # fmt: skip
    setting = SettingFactory(name="Invented Kite Club", slug="invented-kite-club")
    SessionFactory(activity__setting=setting)
    MembershipFactory(setting=setting, user=PersonFactory(email="club@example.org"))
    publish(setting=setting, document=build_document(setting), by=None)
    setting.state = "listed"
    setting.save()
    sent = SelfAssessment.objects.create(setting=setting, standard=edition, submitted_at=timezone.now())
    Answer.objects.create(assessment=sent, item=item, value="not-yet")
    return setting


@pytest.fixture
def officer(transactional_db: None) -> Client:
    from foundation.accounts.role_setup import set_up_roles
    from tests.factories.accounts import holder_of, sign_in

    set_up_roles()
    return sign_in(Client(), holder_of("Outreach officer"))


@pytest.fixture
def lead_course(club: Any) -> Any:
    from tests.factories.programme import CourseFactory, DateFactory

    course = CourseFactory(
        title="Leading on safeguarding", slug="leading", counts_as_seen=["B3"], only_leads_count=True,
        gives_certificate=True, certificate_months=24,
    )  # fmt: skip
    return DateFactory(course=course)


def last_mail() -> Any:
    from django.core import mail

    return mail.outbox[-1]


def link_in(message: Any, part: str) -> str:
    return next(link for link in re.findall(r"https?://[^/\s]+(/\S+)", message.body) if part in link)


def sign_in_owner(page: Any, address: str, setting: Any) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    from foundation.accounts.doors import SEEN_AT, SIGNED_IN_AT

    client = Client()
    client.force_login(setting.memberships.get().user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    session = SessionStore(session_key=cookie)
    session[SIGNED_IN_AT] = session[SEEN_AT] = time.time()
    session.save()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def test_from_a_link_in_an_email_to_the_self_assessment(
    phone: Any, is_clean: Any, live_server: Any, club: Any, officer: Client, lead_course: Any
) -> None:
    from django.utils import timezone

    from community.models import EvidenceCheck
    from community.programme.models import Booking, CourseDate

    def go(path: str) -> None:
        phone.goto(live_server.url + path)

    # The guest finds the course and asks for a place.
    go(WHATS_ON)
    is_clean()
    phone.get_by_role("link", name="Leading on safeguarding").click()
    is_clean()
    phone.get_by_role("link", name=re.compile("Book a place")).click()
    is_clean()
    phone.get_by_label("Name").fill("Bea Example")
    phone.get_by_label("Email address").fill("bea@example.org")
    time.sleep(3.1)
    phone.get_by_role("button", name="Send me the link").click()
    assert "Look into your email" in phone.content()
    is_clean()
    booking_link = link_in(last_mail(), "/booking/")
    go(booking_link)
    is_clean()
    phone.get_by_role("button", name="Confirm").click()
    assert "You have a place" in phone.content()
    is_clean()
    assert phone.context.cookies() == []
    booking = Booking.objects.get()
    assert booking.code in last_mail().body

    # The day comes. The officer knows from which setting she is; she scans the code in the room.
    now = timezone.now()
    CourseDate.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
    screen = f"/admin/programme/dates/{lead_course.pk}/"
    officer.post(f"{screen}people/{booking.pk}/", {"name": "Bea Example", "setting": str(club.pk), "is_lead": "on"})
    room = officer.get(f"{screen}code/").context["address"]
    go(re.sub(r"^https?://[^/]+", "", room))
    is_clean()
    phone.get_by_label("Your booking code").fill(booking.code.lower())
    phone.get_by_role("button", name="I am here").click()
    assert "You are on the list" in phone.content()
    is_clean()
    assert "1 of 1 are here" in officer.get(f"{screen}day/").content.decode()

    # It is over: thanks, evaluation, certificate.
    CourseDate.objects.update(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(minutes=1))
    officer.post(f"{screen}day/", {"do": "finish"})
    thanks = last_mail()
    assert thanks.to == ["bea@example.org"]
    go(link_in(thanks, "/evaluate/"))
    is_clean()
    phone.get_by_label("Excellent").check()
    time.sleep(3.1)
    phone.get_by_role("button", name="Send").click()
    assert "Thank you" in phone.content()
    go(link_in(thanks, "/booking/"))
    phone.get_by_role("link", name="Your certificate").click()
    assert "Bea Example" in phone.content()
    is_clean()
    booking.refresh_from_db()
    go(f"{WHATS_ON}certificate/?number={booking.certificate_code}")
    assert "This is one of ours" in phone.content()
    is_clean()

    # The setting's listing says that it was seen, and its owner is asked to look at the answer again.
    assert EvidenceCheck.objects.get(setting=club).level == "seen"
    sign_in_owner(phone, live_server.url, club)
    go(f"/en/my-setting/{club.pk}/")
    assert "1 answer needs another look" in phone.content()
    phone.get_by_role("link", name="Who came, and booking for your people").click()
    assert "Bea Example: Leading on safeguarding" in phone.content()
    assert "Counts towards B3" in phone.content()
    is_clean()
    go(f"/en/my-setting/{club.pk}/standard/")
    phone.get_by_role("button", name=re.compile("Begin|again|Go on")).first.click()
    go(f"/en/my-setting/{club.pk}/standard/question/B3/")
    assert "Your people came to" in phone.content()
    is_clean()
