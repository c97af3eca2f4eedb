"""Asking for a link to a new password tells nobody who has an account: not by its answer, nor by the work it does."""

import re

import pytest
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts.checks import mail_does_not_tell_who_has_an_account
from foundation.mail.models import OutgoingMessage
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def work_of_asking(email: str) -> list[str]:
    """What the database is asked to do, in order, without the values."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = Client().post(reverse("account_reset_password"), {"email": email})
    assert (response.status_code, response.url) == (302, reverse("account_reset_password_done"))
    return [
        " ".join(re.findall(r"^\w+|(?:FROM|INTO|UPDATE|JOIN) \"?(\w+)|SAVEPOINT", query["sql"])) or query["sql"][:12]
        for query in asked
    ]


def test_a_known_and_an_unknown_address_cost_the_same_work(mailoutbox):
    person = UserFactory(email="known@example.org")
    work_of_asking("warm-up@example.org")
    known = work_of_asking(person.email)
    unknown = work_of_asking("nobody@example.org")
    assert known == unknown
    assert any("outgoingmessage" in step for step in known)


@pytest.mark.parametrize("is_active", [True, False])
def test_only_somebody_with_an_open_account_gets_a_mail(mailoutbox, is_active):
    UserFactory(email="known@example.org", is_active=is_active)
    work_of_asking("nobody@example.org")
    work_of_asking("known@example.org")
    assert [mail.to for mail in mailoutbox] == [["known@example.org"]] * is_active
    assert not OutgoingMessage.objects.exists()


def test_a_real_site_without_a_worker_is_warned(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    assert [found.id for found in mail_does_not_tell_who_has_an_account()] == ["accounts.W002"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert mail_does_not_tell_who_has_an_account() == []


def work_of_signing_in(email: str) -> tuple[int, list[str]]:
    """How often a password is hashed, and what the database is asked to change, for a wrong password."""
    hashed: list[str] = []
    real = get_hasher().__class__.encode

    def counting(self, *given, **named):
        hashed.append("hashed")
        return real(self, *given, **named)

    with pytest.MonkeyPatch.context() as patched, CaptureQueriesContext(connection) as asked:
        patched.setattr(get_hasher().__class__, "encode", counting)
        response = Client().post(reverse("account_login"), {"login": email, "password": "wrong-words-of-mine"})
    assert response.status_code == 200
    changes = [re.match(r'(INSERT INTO|UPDATE|DELETE FROM) "(\w+)', query["sql"]) for query in asked]
    written = [change[0] for change in changes if change]
    return len(hashed), written


@pytest.mark.parametrize("is_active", [True, False])
def test_signing_in_with_a_wrong_password_costs_the_same_for_a_known_and_an_unknown_address(is_active):
    """Hashing is what takes the time: it is done once either way, on either database."""
    UserFactory(email="known@example.org", is_active=is_active)
    work_of_signing_in("warm-up@example.org")
    known, unknown = work_of_signing_in("known@example.org"), work_of_signing_in("nobody@example.org")
    assert known == unknown
    assert known[0] == 1
