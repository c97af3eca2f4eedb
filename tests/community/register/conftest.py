"""People who look after settings, signed in."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from community.models import ListEntry, Setting
from foundation.mail.models import OutgoingMessage
from tests.factories.community import PersonFactory, PostcodeFactory
from tests.factories.listings import put_on_register, setting_of

AREA = "/en/my-setting/"


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def sign_in() -> Callable:
    """A client whose session belongs to the person."""

    def inner(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return inner


@pytest.fixture
def owner(db):
    return PersonFactory(email="owner@example.org")


@pytest.fixture
def lists(db):
    for kind, code, label in (
        ("language", "en", "English"), ("language", "bn", "Bengali"), ("send", "quiet", "A quiet room"),
        ("category", "football", "Football"), ("access", "ramp", "A ramp"),
    ):  # fmt: skip
        ListEntry.objects.update_or_create(kind=kind, code=code, defaults={"label": label})
    PostcodeFactory()


@pytest.fixture
def draft(owner, lists):
    """A draft with every section filled in."""
    return setting_of(owner)


@pytest.fixture
def listed(draft, owner):
    """A listed setting, as two officers would have left it."""
    return put_on_register(draft)


@pytest.fixture
def client(owner, sign_in) -> Client:
    return sign_in(owner)


def fields_of(response) -> dict:
    """What the form on a page would send as it stands."""
    form = response.context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        if hasattr(value, "isoformat") and hasattr(bound.field.widget, "decompress"):
            for name, part in zip(("day", "month", "year"), bound.field.widget.decompress(value), strict=True):
                sent[f"{bound.html_name}_{name}"] = part
            continue
        sent[bound.html_name] = value.strftime("%H:%M") if hasattr(value, "strftime") else value
    return sent


def mails() -> list[OutgoingMessage]:
    """What waits to be sent, in order; a test does not commit, so nothing of it goes out."""
    return list(OutgoingMessage.objects.order_by("pk"))


def link_in_mail(number: int = -1) -> str:
    """The path of the link in a mail."""
    return re.search(r"http://[^/\s]+(/\S+)", mails()[number].text)[1]


def url(setting, path=""):
    return f"{AREA}{setting.pk}/{path}"


def save(client, address, **changed):
    return client.post(address, {**fields_of(client.get(address)), **changed})


def published(setting):
    return Setting.objects.select_related("published").get(pk=setting.pk).published.document
