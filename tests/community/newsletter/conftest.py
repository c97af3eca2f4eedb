"""Contacts, issues and a mail server for the newsletter's tests."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings

from community.newsletter.models import Contact, Issue
from community.newsletter.services.consents import agree
from community.newsletter.services.issues import add_own, start_issue
from community.newsletter.states import How
from tests.community.newsletter.smtp_server import Plan, SmtpServer
from tests.factories.accounts import holder_of

FAR = 2_000


def make_contact(email: str, *purposes: str, **facts: Any) -> Contact:
    """A contact who agreed to these things."""
    contact = Contact.objects.create(email=email, **facts)
    if purposes:
        agree(contact=contact, purposes=purposes, how=How.LINK, words="A test")
    return contact


def make_issue(kind: str = "newsletter", **values: Any) -> Issue:
    """A draft with one item."""
    issue = start_issue(
        kind=kind, title=values.pop("title", "Autumn news"), subject=values.pop("subject", "News for autumn"), by=None,
        **{"intro": "Hello everybody.", **values},
    )  # fmt: skip
    add_own(issue=issue, title="A first thing", text="Words about it.", url="https://example.org/first?a=1&b=2")
    return issue


@pytest.fixture
def officer(db: None) -> Any:
    return holder_of("Outreach officer")


@pytest.fixture
def smtp(settings: LazySettings) -> Iterator[Callable[..., SmtpServer]]:
    """`smtp(plan…)` starts a server and has Django send there."""
    running: list[SmtpServer] = []

    def start(*, port: int = 0, **plan: Any) -> SmtpServer:
        server = SmtpServer(Plan(**plan), port=port)
        running.append(server)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        return server

    yield start
    for server in running:
        server.stop()
