"""An issue with a coming date in it waits for its time, meets a mail server that dies, is paused, goes on, and stands in the
archive and the feed: an officer's browser without JavaScript, a reader's phone, and a real mail server."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READERS = [f"reader{number}@example.org" for number in range(5)]


@pytest.fixture
def post(settings: Any) -> Any:
    """A real mail server on this machine."""
    from tests.community.newsletter.smtp_server import SmtpServer

    server = SmtpServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


@pytest.fixture
def desk(browser: Any, live_server: Any, transactional_db: None) -> Any:
    """An outreach officer's browser, signed in, without JavaScript."""
    from tests.factories.accounts import holder_of, sign_in

    client = sign_in(Client(), holder_of("Outreach officer", email="outreach@example.org"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": 1_280, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def open_again(page: Any) -> None:
    """The page as it is now. Without its fragment: an address with one, which is where the page stands, loads nothing."""
    page.goto(page.url.partition("#")[0])


def time_comes() -> None:
    """The hour of every issue is there, and the chores look."""
    from community.newsletter.models import Issue
    from community.newsletter.services.sending import send_due_issues

    Issue.objects.exclude(send_at=None).update(send_at=timezone.now())
    Issue.objects.exclude(next_try_at=None).update(next_try_at=timezone.now())
    send_due_issues()


def test_an_issue_waits_is_paused_goes_on_and_reaches_everybody_once(
    desk: Any, browser: Any, live_server: Any, post: Any
) -> None:
    from tests.community.newsletter.conftest import make_contact
    from tests.factories.programme import DateFactory

    for address in READERS:
        make_contact(address, "newsletter", language="ar" if address == READERS[0] else "")
    DateFactory(course__title="Leading on safeguarding", course__slug="leading")

    # A draft with a date of the programme in it, looked at before it goes.
    desk.goto(f"{live_server.url}/admin/newsletter/new/")
    desk.get_by_label("Title").fill("Winter news")
    desk.get_by_label("Subject of the mail").fill("What is on in winter")
    press(desk, "Start")
    desk.get_by_role("button", name="Put in : Leading on safeguarding").click()
    desk.get_by_role("link", name="How the mail looks").first.click()
    assert "Leading on safeguarding" in desk.inner_text("main pre, main")
    desk.go_back()

    # It waits for its time, and nothing leaves before.
    desk.locator("summary", has_text="Let it go out by itself").click()
    desk.get_by_label("Goes out at").fill(f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT%H:%M}")
    press(desk, "Keep this time")
    assert "Back to the draft" in desk.inner_text("main")
    assert post.taken == []

    # Half way the mail server dies. Nobody is written to twice; the officer pauses, and says when to go on.
    post.plan.dies_after = 2
    time_comes()
    open_again(desk)
    assert "The mail server does not take mail just now" in desk.inner_text("main")
    press(desk, "Pause")
    assert "The mail server was away for a day" not in desk.inner_text("main"), "a person paused it"
    post.plan.dies_after, post.is_dead = None, False
    time_comes()
    assert len(post.taken) == 2, "paused is paused"
    press(desk, "Go on")
    time_comes()
    open_again(desk)
    assert Counter(post.recipients()) == Counter(READERS)
    assert desk.locator("tr", has_text="Taken by the mail server").locator("td").inner_text() == "5"

    # What arrived leads to the date; the archive and the feed have the issue.
    mine = dict(zip(post.recipients(), post.messages(), strict=True))
    assert mine[READERS[1]]["Subject"] == "What is on in winter"
    assert "/en/whats-on/leading/#d-" in mine[READERS[1]].get_body(("plain",)).get_content()
    assert "/ar/newsletter/stop/" in mine[READERS[0]]["List-Unsubscribe"]
    phone = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False).new_page()
    phone.goto(f"{live_server.url}/en/newsletter/")
    phone.get_by_role("link", name="Winter news").click()
    assert "Leading on safeguarding" in phone.inner_text("main")
    feed = phone.context.request.get(f"{live_server.url}/en/newsletter/feed/")
    assert "Winter news" in feed.text()
    assert phone.context.cookies() == []
    phone.context.close()
