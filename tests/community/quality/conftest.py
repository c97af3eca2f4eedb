"""A small edition of the standard, and a setting with an owner who is signed in."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pypdf import PdfWriter

from community.models import AwardScheme, ChecklistItem, StandardVersion
from tests.factories.accounts import give_authenticator, holder_of
from tests.factories.accounts import sign_in as sign_in_staff
from tests.factories.community import MembershipFactory, PersonFactory
from tests.factories.listings import put_on_register, setting_of


def make_item(standard, code, *, order=0, applies_to=("all",), **fields):
    given = {
        "question": f"Question {code}?", "what_good_looks_like": f"Good {code}.", "how_to_start": f"Start {code}.",
        "basis": "good", "public_statement": f"Says {code}", "evidence_kind": f"Paper {code}", **fields,
    }  # fmt: skip
    return ChecklistItem.objects.create(
        standard=standard, code=code, area=code[0], order=order, applies_to=list(applies_to), **given
    )


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def standard(db):
    edition = StandardVersion.objects.create(
        code="test-1", title="Standard for tests", in_force_from=date(2026, 1, 1), is_current=True
    )
    make_item(edition, "A1", order=1, basis="law", expires_after_months=6, schemes={"nrcse": "Environment"})
    make_item(edition, "B1", order=2, basis="guidance", reopened_by=["venue"], schemes={"nrcse": "Children safe"})
    make_item(edition, "B9", order=3, applies_to=["online"])
    make_item(edition, "D1", order=4, public_statement="")
    return edition


@pytest.fixture
def scheme(db):
    return AwardScheme.objects.create(
        code="mark", name="Invented Mark", issuer="Invented Council", levels=["Bronze", "Silver"], lasts_months=36
    )


@pytest.fixture
def owner(db):
    return PersonFactory(email="owner@example.org")


@pytest.fixture
def setting(owner, standard):
    """Listed, as two officers would have left it."""
    return put_on_register(setting_of(owner))


@pytest.fixture
def client(owner):
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def stranger(db):
    """Somebody who looks after another setting."""
    other = MembershipFactory()
    client = Client()
    client.force_login(other.user)
    return client


def staff(role):
    person = holder_of(role)
    give_authenticator(person)
    client = Client()
    sign_in_staff(client, person)
    client.person = person
    return client


@pytest.fixture
def officer(db):
    return staff("Registry officer")


def pdf(name="policy.pdf", password=""):
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    if password:
        writer.encrypt(password)
    content = io.BytesIO()
    writer.write(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")


def picture(kind="JPEG", name="photo.jpg", **options):
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, kind, **options)
    return SimpleUploadedFile(name, content.getvalue())
