"""What the tests of the programme share: mails, forms with a token of the right age, officers, a setting."""

import re
import time
from datetime import date

import pytest
import time_machine
from django.test import Client

from community.models import ChecklistItem, StandardVersion
from foundation.forms.tokens import make_token
from foundation.mail.models import OutgoingMessage
from tests.factories.accounts import give_authenticator, holder_of
from tests.factories.accounts import sign_in as sign_in_staff
from tests.factories.community import PersonFactory
from tests.factories.listings import put_on_register, setting_of
from tests.factories.programme import CourseFactory, DateFactory

WHATS_ON = "/en/whats-on/"


def mails() -> list[OutgoingMessage]:
    """What is in the outbox, the first first."""
    return list(OutgoingMessage.objects.order_by("pk"))


def link_in(message: OutgoingMessage, part: str = "/booking/") -> str:
    """The first link of a mail with this in its path, as a path."""
    return next(link for link in re.findall(r"https?://[^/\s]+(/\S+)", message.text) if part in link)


def words(response) -> str:
    """A page in one line."""
    return " ".join(response.content.decode().split())


def send(path: str, purpose: str, **typed: str):
    """Posts an anonymous form with a token that is old enough, from a browser that keeps no cookie."""
    now = time.time()
    with time_machine.travel(now - 30, tick=False):
        token = make_token(purpose)
    return Client(enforce_csrf_checks=True).post(path, {"token": token, **typed})


def book_path(one_date) -> str:
    return f"{WHATS_ON}{one_date.course.slug}/{one_date.pk}/book/"


def ask(one_date, name: str = "Amina Example", email: str = "amina@example.org", **more: str):
    """Ask for a place as the public does."""
    return send(book_path(one_date), "programme-booking", name=name, email=email, **more)


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def course(db):
    return CourseFactory(title="Leading on safeguarding", slug="leading", gives_certificate=True, certificate_months=24)


@pytest.fixture
def one_date(course):
    return DateFactory(course=course)


@pytest.fixture
def standard(db):
    edition = StandardVersion.objects.create(
        code="test-1", title="Standard for tests", in_force_from=date(2020, 1, 1), is_current=True
    )
    for order, code in enumerate(("B3", "B4", "B11")):
        ChecklistItem.objects.create(
            standard=edition, code=code, area="B", order=order, question=f"Question {code}?", basis="good",
            applies_to=["all"], public_statement=f"Says {code}", expires_after_months=12 if code == "B4" else 24,
        )  # fmt: skip
    return edition


@pytest.fixture
def owner(db):
    return PersonFactory(email="owner@example.org")


@pytest.fixture
def setting(owner, standard):
    """A listed setting with an owner."""
    return put_on_register(setting_of(owner))


@pytest.fixture
def owners_client(owner):
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def officer(db):
    person = holder_of("Outreach officer", email="outreach@example.org")
    give_authenticator(person)
    return person


@pytest.fixture
def officers_client(officer):
    return sign_in_staff(Client(), officer)
