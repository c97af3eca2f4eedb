"""Who booked, subscribed, sent an article or wrote posts is shown all of it, and none of it is left when they ask for that."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from community.newsletter.models import Article, Consent, Contact, Delivery, Issue, Request
from community.outreach.models import Note
from community.programme.models import Booking
from community.register.models import Invitation
from foundation.partnership.models import Subgroup
from foundation.personal.erasure import erase_address, erase_person
from foundation.personal.export import export_person
from home.review.models import PartnershipQuestion, Post
from tests.factories.accounts import holder_of
from tests.factories.community import SettingFactory
from tests.factories.programme import BookingFactory

pytestmark = pytest.mark.django_db
EMAIL = "marker.person@example.org"


def everywhere(words):
    """table.column of every text that holds these words."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            is_text = isinstance(field, models.CharField | models.TextField | models.JSONField) and model._meta.managed
            if is_text and model._default_manager.filter(**{f"{field.name}__icontains": words}).exists():
                found.add(f"{model._meta.label}.{field.name}")
    return found


@pytest.fixture
def traces():
    """Everything that somebody without an account can leave behind in the registry's newer rooms."""
    BookingFactory(email=EMAIL, name="Marker Person", organisation="Marker Club", needs="A chair for Marker")
    BookingFactory(email=EMAIL.upper(), name="Marker Person", state="attended", certificate_code="ABCDEFGH23")
    contact = Contact.objects.create(email=EMAIL, name="Marker Person", organisation="Marker Club")
    Consent.objects.create(contact=contact, purpose="newsletter", given_at=timezone.now(), how="link", words="I agree")
    Delivery.objects.create(contact=contact, issue=Issue.objects.create(title="May", subject="May", slug="may"))
    Request.objects.create(email=EMAIL, token_hash="a", purposes=["newsletter"], words="x", expires_at=timezone.now())
    Article.objects.create(
        title="A club",
        text="Words.",
        organisation="A club",
        contact_name="Marker Person",
        contact_email=EMAIL,
        state="accepted",
    )
    Invitation.objects.create(setting=SettingFactory(), email=EMAIL, token_hash="x", expires_at=timezone.now())


def exported(**whom):
    with zipfile.ZipFile(io.BytesIO(export_person(**whom))) as packed:
        return json.loads(packed.read("everything.json"))


def test_somebody_without_an_account_is_shown_all_of_it_and_then_none_of_it_is_left(traces):
    held = everywhere("marker")
    assert {
        "programme.Booking.name",
        "programme.Booking.needs",
        "newsletter.Contact.name",
        "newsletter.Article.contact_name",
    } <= held
    shown = {each["table"] for each in exported(email=EMAIL)["tables"]}
    assert {label.rpartition(".")[0] for label in held} - shown == set()

    erase_address(email=EMAIL)

    assert everywhere("marker") == set()
    assert not Consent.objects.exists()
    assert not Delivery.objects.exists()
    assert Booking.objects.filter(state="attended").count() == 1, "that somebody came is a number of the course"
    assert Article.objects.count() == 1, "what they wrote about a club is no fact about them"


def test_a_young_advisor_who_leaves_takes_drafts_along_and_leaves_words_without_a_name(traces):
    advisor = holder_of("Young Advisor", email=EMAIL, display_name="Marker Person")
    Post.objects.create(author=advisor, title="A draft", text="Not sent.")
    Post.objects.create(author=advisor, title="Sent", text="Read this.", state="sent", credited_as="Marker P")
    group = Subgroup.objects.create(name="Exploitation")
    PartnershipQuestion.objects.create(author=advisor, subgroup=group, text="Why is it so?", credited_as="Marker P")

    erase_person(person=advisor)

    assert everywhere("marker") == set()
    assert not Post.objects.filter(text="Not sent.").exists()
    assert Post.objects.get().text == "Read this."
    assert PartnershipQuestion.objects.get().text == "Why is it so?"


def test_an_officers_notes_stay_and_name_nobody():
    officer = holder_of("Outreach officer", email=EMAIL, display_name="Marker Person")
    Note.objects.create(
        setting=SettingFactory(), kind="visit", by=officer, happened_on=timezone.localdate(), text="We agreed a date."
    )
    erase_person(person=officer)
    assert Note.objects.get().text == "We agreed a date."
    assert everywhere("marker") == set()
