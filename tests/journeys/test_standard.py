"""A club answers the safeguarding standard on a small phone without JavaScript, every page read by axe."""

import time
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.test_register import Phone, lists, phone

__all__ = ["lists", "phone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def club(lists: None, phone: Phone) -> Any:
    """A draft whose owner is signed in on the phone, and a standard of two questions."""
    from datetime import date

    from django.contrib.sessions.backends.db import SessionStore
    from django.test import Client

    from community.models import StandardVersion
    from foundation.accounts.doors import SEEN_AT, SIGNED_IN_AT
    from tests.community.quality.conftest import make_item
    from tests.factories.community import MembershipFactory, SettingFactory

    edition = StandardVersion.objects.create(
        code="t-1", title="Safeguarding standard", in_force_from=date(2026, 1, 1), is_current=True
    )
    make_item(edition, "A1", order=1, basis="law")
    make_item(edition, "B1", order=2, basis="guidance")
    setting = SettingFactory(name="Invented Chess Club")
    member = MembershipFactory(setting=setting)
    client = Client()
    client.force_login(member.user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    session = SessionStore(session_key=cookie)
    session[SIGNED_IN_AT] = session[SEEN_AT] = time.time()
    session.save()
    phone.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": phone.address}])
    return setting


def test_a_club_answers_the_standard_on_a_phone(phone: Phone, club: Any) -> None:
    phone.go(f"/en/my-setting/{club.pk}/")
    phone.press("Safeguarding standard")
    phone.press("Begin")
    phone.sees("You must do this.")
    phone.press("Save and go on")
    phone.sees("Choose an answer")
    phone.choose("In place")
    phone.press("Save and go on")
    phone.sees("You should do this.")
    phone.choose("Partly")
    phone.press("Save and go on")
    phone.sees("Say by when it will be in place")
    phone.choose("Not yet")
    phone.press("Save and go on")
    phone.sees("Check your answers")
    phone.press("Send")
    phone.sees("1 of 2 things are in place")
    phone.sees("Start B1.")
    phone.press("Show us what is in place")
    phone.sees("Paper A1")
    phone.go(f"/en/my-setting/{club.pk}/standard/poster/")
    phone.sees("Worried about a child?")
    phone.go(f"/en/my-setting/{club.pk}/awards/add/")
    phone.go(f"/en/my-setting/{club.pk}/people-checks/")
