"""Every address of the admin x every role.

`admin_matrix.csv` holds a row for each view: who may open it ("o"), who is refused ("-"), and where the view says that
there is no such thing before it asks who wants it ("."). A new view has no row, and fails until somebody has thought
about who may open it. `python -m pytest tests/security/test_admin_matrix.py --write-matrix` writes the file anew; read
the difference line by line before you keep it.
"""

import contextlib
import csv
from pathlib import Path

import pytest
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponseForbidden
from django.test import Client
from wagtail import VERSION as WAGTAIL
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from foundation.accounts.models import User
from foundation.accounts.roles import ROLES
from tests.factories.accounts import UserFactory, holder_of, sign_in
from tests.security.addresses import admin_addresses

# The next Wagtail has other views: it has a table of its own, as strict as the first.
TABLE = Path(__file__).with_name("admin_matrix.csv" if WAGTAIL < (8,) else "admin_matrix_wagtail80.csv")
STAFF = [role.name for role in ROLES if role.opens_admin]
OUTSIDE = [role.name for role in ROLES if not role.opens_admin]
# Lead to our own sign-in, whoever asks; tests/foundation/accounts/test_doors.py is about them.
SIDE_DOORS = {"/admin/login/", "/admin/logout/"}


def rows():
    with TABLE.open(newline="") as file:
        return {row["view"]: row for row in csv.DictReader(file)}


def addresses():
    return {
        name: address
        for name, address in admin_addresses().items()
        if address not in SIDE_DOORS and not address.startswith("/admin/password_reset/")
    }


def answer(client, address):
    """Whether the view let this person in: "-" is 403, or a way back to the front of the admin."""
    try:
        response = client.get(address)
    except Exception:
        # A made-up value that a view stumbles over after it has let the person in.
        return "o"
    if response.status_code == 404:
        return "."
    is_sent_back = response.status_code == 302 and response.url == "/admin/" and address != "/admin/"
    return "-" if response.status_code == 403 or is_sent_back else "o"


@pytest.fixture(autouse=True)
def _a_refusal_of_one_word(monkeypatch):
    """Some six thousand refusals are looked at here, each by its status: drawing their page takes half of the time, and that
    page has tests of its own (tests/faults/test_error_pages.py)."""
    monkeypatch.setattr("cscp.urls.handler403", lambda request, exception: HttpResponseForbidden())


@pytest.fixture
def _something_to_open(db):
    """A row number 1 of everything that has screens of its own."""
    locale = Locale.objects.first()
    for model in get_snippet_models():
        fields = {"locale": locale} if issubclass(model, TranslatableMixin) else {}
        with contextlib.suppress(IntegrityError), transaction.atomic():
            model.objects.bulk_create([model(pk=1, **fields)])
    Redirect.objects.create(pk=1, old_path="/old", redirect_link="/en/")
    UserFactory(pk=1)
    # PostgreSQL counts on from where it was, not from the rows that are there.
    counted_anew = connection.ops.sequence_reset_sql(no_style(), [*get_snippet_models(), Redirect, User])
    with connection.cursor() as cursor:
        for statement in counted_anew:
            cursor.execute(statement)


@pytest.mark.usefixtures("_something_to_open")
@pytest.mark.django_db
@pytest.mark.parametrize("role", STAFF)
def test_a_role_opens_its_own_views_and_no_others(role, request):
    client = sign_in(Client(), holder_of(role))
    found = {name: answer(client, address) for name, address in addresses().items()}
    if request.config.getoption("--write-matrix"):
        write(role, found)
        return
    expected = {name: row[role] for name, row in rows().items()}
    assert found == expected, "A view without a row, or one that a role may open now: see the top of this file."


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*OUTSIDE, "no role"])
def test_who_has_no_business_in_the_admin_gets_no_view_of_it(role):
    client = sign_in(Client(), UserFactory() if role == "no role" else holder_of(role))
    for name, address in addresses().items():
        assert client.get(address).status_code == 403, name
        assert client.post(address).status_code == 403, name


@pytest.mark.django_db
def test_nobody_and_a_password_alone_get_no_view_of_it():
    half_open = sign_in(Client(), holder_of("Administrator"), second_factor=False)
    for name, address in addresses().items():
        for client, door in ((Client(), "/accounts/login/"), (half_open, "/accounts/enrol/")):
            for response in (client.get(address), client.post(address)):
                assert response.status_code == 302, name
                assert response.url.split("?")[0] == door, name


def write(role, found):
    known = rows() if TABLE.exists() else {}
    table = [
        {"view": name, **{k: v for k, v in known.get(name, {}).items() if k in STAFF}, role: mark}
        for name, mark in found.items()
    ]
    with TABLE.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["view", *STAFF], lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(table, key=lambda row: row["view"]))
