"""A word planted in every private field is found in no public byte; and every field is known as public or private.

A field that is added to the registry fails here until somebody has said which it is.
"""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import models
from django.test import Client
from django.utils import timezone

from community.clocks.services import run_clocks
from community.models import (
    Activity,
    Answer,
    Award,
    AwardScheme,
    ChangeRequest,
    ChecklistItem,
    ConcernFlag,
    EvidenceCheck,
    EvidenceFile,
    FieldDecision,
    Invitation,
    Lead,
    ListingReport,
    Membership,
    Note,
    PeopleCheckSummary,
    Postcode,
    Proposal,
    SafeguardingContact,
    SelfAssessment,
    Setting,
    Snapshot,
    StandardVersion,
    StateChange,
    Venue,
)  # fmt: skip
from community.moderation.services.publishing import publish
from community.register.document import build_document
from community.register.enums import SettingState
from tests.factories.accounts import UserFactory
from tests.factories.community import PostcodeFactory
from tests.factories.listings import make_listing, publish_as

pytestmark = pytest.mark.django_db

REFERENCE = {
    "AwardScheme", "ChecklistItem", "DirectoryWord", "District", "ListEntry", "Postcode", "SchoolTerm", "StandardVersion",
}  # fmt: skip
"""Not about any one setting: public as a whole."""
DRAWN = {"Listing", "ListingFacet", "ListingPlace", "ListingSlot", "ListingWord"}
"""Drawn from snapshots alone; that is tested where they are drawn."""
PUBLIC = {
    "Setting": """id slug name types summary description legal_name legal_form charity_number company_number
        ofsted_register ofsted_urn established faith_tradition languages send_tags send_text public_email public_phone
        website notice temporarily_closed reopens_on confirmed_at""",
    "Activity": """id name description categories age_min age_max who season mode parents_can_stay ratio_adults
        ratio_children cost_type cost_amount cost_unit cost_note concessions tax_free_childcare holiday_food_programme
        booking_how booking_url referral_needed places food order""",
    "Session": "id activity venue weekday starts ends season valid_from valid_to dates",
    "Venue": "id kind name address_lines postcode easting northing ward access_tags access_text directions",
    "Award": "scheme level issued_on expires_on url",
    "EvidenceCheck": "item level checked_on expires_on",
    "SafeguardingContact": "role",
    "Snapshot": "document published_at",
}
"""May be published once officers have accepted it: of the awards, those that were checked; of a home, its district."""
PRIVATE = {
    "Setting": """staff_paid staff_volunteers state state_since state_before_suspension told_of_suspension_at confirm_due published
        terms_version terms_accepted_at terms_accepted_by ward assigned_to merged_into version created_at updated_at""",
    "Activity": "setting",
    "Venue": "setting order",
    "Award": "id setting reference verified_on verified_by",
    "EvidenceCheck": "id setting by note withdrawn_on",
    "SafeguardingContact": "id setting name work_email phone mobile trained_level trained_on expires_on show_role_publicly",
    "Snapshot": "id setting sha256 published_by",
    "Answer": "id assessment item value note target_date needs_recheck",
    "ChangeRequest": """id setting kind status document base needs_recheck submitted_by submitted_at decided_by decided_at
        version""",
    "Confirmation": "id key fingerprint confirmed_on confirmed_by",
    "ConcernFlag": """id setting raised_on source category referred_to reference listing_decision safe_to_tell review_on
        reminded_for closed_on outcome raised_by""",
    "EvidenceFile": """id setting item file original_name content_type size status reason uploaded_by uploaded_at decided_at
        purge_after""",
    "FieldDecision": "id request path verdict reason by at",
    "Invitation": "id setting email role token_hash invited_by created_at expires_at used_at",
    "Lead": "id name where web asks first_asked_on status name_key setting",
    "ListingReport": "id setting topic detail reply_to status reply received_on closed_by",
    "Matter": "id setting about since seen_by seen_at",
    "Membership": "id setting user role joined_at",
    "Note": "id setting text by at",
    "PeopleCheckSummary": "id setting people in_regulated_activity checked_at_right_level oldest_check_on as_of",
    "Proposal": "id setting act by reason at",
    "Reminder": "id setting kind about due_on days_before sent_at",
    "SelfAssessment": "id setting standard started_at submitted_at submitted_by expires_on",
    "StateChange": "id setting act from_state to_state by at reason is_private",
    "Watch": "id setting user told_until",
}
MARK = "Zqx"
WORDS = (models.CharField, models.TextField)


def fields(model):
    return {field.name: field for field in model._meta.concrete_fields}


def test_every_field_is_known_as_public_or_private():
    for model in apps.get_app_config("community").get_models():
        name = model.__name__
        if name in REFERENCE | DRAWN:
            continue
        public, private = set(PUBLIC.get(name, "").split()), set(PRIVATE.get(name, "").split())
        assert public | private == set(fields(model)), f"{name}: say of each field whether it is public"
        assert not public & private, name


class Planter:
    """Puts a word of its own into every text field of a row."""

    def __init__(self):
        self.planted = {}

    def word(self, where):
        word = f"{MARK}{len(self.planted):03}"
        self.planted[word.lower()] = where
        return word

    def plant(self, row, *, only_private=True, keep=()):
        model = type(row)
        private = set(PRIVATE.get(model.__name__, "").split())
        for name, field in fields(model).items():
            if not isinstance(field, WORDS) or field.choices or name in keep or (only_private and name not in private):
                continue
            word = self.word(f"{model.__name__}.{name}")
            if isinstance(field, models.EmailField):
                word += "@example.org"
            elif isinstance(field, models.URLField):
                word = f"https://{word}.example.org/"
            setattr(row, name, word)
        row.save()
        return row

    def covered(self):
        return set(self.planted.values())


@pytest.fixture
def plants(db):
    """A listed setting and the rest of the register around it, with a planted word in every private field."""
    planter = Planter()
    plant = planter.plant
    for code, easting, northing in (("NW5 1AA", 529_011, 185_022), ("NW1 1AA", 529_500, 183_500)):
        PostcodeFactory(code=code, easting=easting, northing=northing)
    standard = StandardVersion.objects.filter(is_current=True).first() or StandardVersion.objects.create(
        code="t", title="Standard", in_force_from="2026-01-01", is_current=True
    )
    item, _made = ChecklistItem.objects.get_or_create(
        standard=standard,
        code="B1",
        defaults={"area": "B", "question": "Policy?", "basis": "law", "public_statement": "Has a policy"},
    )
    scheme, _made = AwardScheme.objects.get_or_create(code="mark", defaults={"name": "Mark", "issuer": "Body"})
    owner = UserFactory(
        email=f"{planter.word('Membership.user')}@example.org", display_name=planter.word("Membership.user name")
    )
    setting = make_listing(name="Plain Club", staff_paid=31_337)
    today = timezone.localdate()
    plant(
        EvidenceCheck(
            setting=setting, item=item, level="seen", checked_on=today, expires_on=today + timedelta(days=5), by=owner
        )
    )
    plant(Award(setting=setting, scheme=scheme, verified_on=today, issued_on=today), keep=("url",))
    setting.confirmed_at, setting.confirm_due = timezone.now(), today + timedelta(days=3)
    setting.save()
    publish(setting=setting, document=build_document(setting), by=owner)
    # All that stands in the working rows from here on was not accepted by anybody.
    setting.refresh_from_db()
    plant(setting, only_private=False, keep=("slug", "terms_version"))
    plant(setting.activities.get(), only_private=False)
    plant(setting.venues.get(), only_private=False)
    plant(Award(setting=setting, scheme=scheme), only_private=False)
    plant(Activity(setting=setting, age_min=3, age_max=4), only_private=False)
    Membership.objects.create(setting=setting, user=owner)
    around(planter, setting, owner, item, standard)
    home(planter)
    for state in (SettingState.SUSPENDED, SettingState.HIDDEN, SettingState.LAPSED):
        gone(planter, state)
    draft = plant(
        Setting(slug=f"draft-{planter.word('Setting.slug of a draft').lower()}"), only_private=False, keep=("slug",)
    )
    plant(Venue(setting=draft, kind="public"), only_private=False)
    return planter


def around(planter, setting, owner, item, standard):
    plant = planter.plant
    request = ChangeRequest.objects.create(
        setting=setting, kind="edit", document={**build_document(setting), "summary": planter.word("ChangeRequest.document")},
        submitted_by=owner,
    )  # fmt: skip
    plant(FieldDecision(request=request, verdict="refuse", by=owner))
    for row in (
        StateChange(setting=setting, from_state="listed", to_state="hidden", by=owner),
        Proposal(setting=setting, by=owner),
        Note(setting=setting, by=owner),
        ConcernFlag(
            setting=setting,
            raised_on=timezone.localdate(),
            source="parent",
            category="child",
            review_on=timezone.localdate(),
        ),
        Invitation(setting=setting, expires_at=timezone.now() + timedelta(days=3)),
        SafeguardingContact(setting=setting, role="dsl", show_role_publicly=True),
        ListingReport(setting=setting, topic="contact"),
        Lead(setting=setting),
        EvidenceFile(setting=setting, item=item),
    ):
        plant(row, keep=("name_key",))
    assessment = SelfAssessment.objects.create(
        setting=setting, standard=standard, submitted_at=timezone.now(), expires_on=timezone.localdate()
    )
    plant(Answer(assessment=assessment, item=item, value="partly"))
    PeopleCheckSummary.objects.create(
        setting=setting,
        people=31_337,
        in_regulated_activity=31_337,
        checked_at_right_level=31_337,
        as_of=timezone.localdate(),
    )
    planter.planted["31337"] = "PeopleCheckSummary and Setting.staff_paid"


def home(planter):
    """A listed home: all of its place but the district is planted before it is published."""
    tutor = make_listing(name="Home Tutor", slug="home-tutor", kind="home", postcode="NW1 1AA")
    planter.plant(tutor.venues.get(), only_private=False, keep=("postcode",))
    planter.planted |= {
        "nw1 1aa": "Venue.postcode of a home",
        "nw11aa": "Venue.postcode of a home",
        "529500": "Venue.easting of a home",
    }
    publish_as(tutor)


def gone(planter, state):
    """A setting that was public with these words, and is no longer."""
    left = make_listing(
        name=planter.word(f"Setting.name when {state}"),
        slug=f"left-{planter.word(f'Setting.slug when {state}').lower()}",
    )
    planter.plant(left, only_private=False, keep=("slug",))
    publish_as(left)
    Setting.objects.filter(pk=left.pk).update(state=state)


def public_addresses():
    """Every address under which the registry says anything to everybody."""
    slugs = ["plain-club", "home-tutor"]
    directory = "/en/clubs-near-you/"
    yield from ("/en/", "/sitemap.xml", "/robots.txt", "/en/search/?q=club", f"/en/search/?q={MARK}000", directory)
    yield from (
        f"{directory}?q=club",
        f"{directory}?near=NW5",
        f"{directory}?near=NW5+1AA",
        f"{directory}?q={MARK}",
        f"{directory}what-listing-means/",
    )
    yield from (
        f"{directory}missing/",
        f"{directory}shortlist/?s=plain-club&s=home-tutor",
        f"{directory}shortlist/?s=plain-club.home-tutor",
        f"{directory}questions/?s=plain-club&s=home-tutor",
    )
    for slug in slugs:
        yield from (
            f"{directory}{slug}/{end}"
            for end in ("", "questions/", "wrong/", "wrong/?risk=no", "wrong/?risk=yes", "qr.svg")
        )
        yield f"/export/sessions.ics?setting={slug}"
    yield from ("/export/settings.csv", "/o/", "/o/openapi.json")
    for feed in ("services", "service_at_locations", "taxonomies", "taxonomy_terms"):
        yield from (f"/o/{feed}?per_page=1&page={page}" for page in range(1, 5))
        items = Client().get(f"/o/{feed}?per_page=100").json()["contents"]
        yield f"/o/{feed}?per_page=100"
        yield from (f"/o/{feed}/{each['id']}" for each in items)
    yield from (f"/o/services?search={MARK}", "/o/service_at_locations?postcode=NW1+1AA&proximity=5000")
    for key in Setting.objects.values_list("pk", "slug"):
        yield from (f"/o/services/{key[0]}", f"{directory}{key[1]}/", f"/export/sessions.ics?setting={key[0]}")


@pytest.fixture(autouse=True)
def _no_throttle(monkeypatch):
    monkeypatch.setattr("community.opendata.answers.is_within", lambda *_args: True)


def found_in(text, planted):
    text = text.lower()
    return sorted({where for word, where in planted.items() if word in text})


def test_no_private_word_is_in_any_public_byte(plants, caplog):
    caplog.set_level(logging.DEBUG)
    seen = 0
    for address in public_addresses():
        response = Client().get(address)
        assert response.status_code < 500, address
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8", "replace") + str(response.headers)
        if MARK in address:
            text = text.replace(MARK + "000", "").replace(MARK, "")  # what the reader typed
        assert found_in(text, plants.planted) == [], address
        seen += response.status_code == 200
    assert seen > 40
    assert "Plain Club" in Client().get("/export/settings.csv").content.decode()
    logs = "\n".join(
        f"{record.getMessage()} {record.__dict__}"
        for record in caplog.records
        if not record.name.startswith("django.db")
    )
    assert found_in(logs, {w: p for w, p in plants.planted.items() if w != f"{MARK}000".lower()}) == []


def test_no_mail_holds_a_private_word_of_anybody_else(plants, django_capture_on_commit_callbacks):
    """A mail goes to a member, and names the setting as its members call it; nothing else of it."""
    with django_capture_on_commit_callbacks(execute=True):
        run_clocks()
    theirs = {"Setting.name", "Membership.user", "Membership.user name"}
    planted = {word: where for word, where in plants.planted.items() if where.split(" when")[0] not in theirs}
    assert mail.outbox, "a reminder was due"
    for message in mail.outbox:
        assert found_in(f"{message.subject} {message.body}", planted) == []


def test_the_planted_words_are_where_the_tables_say(plants):
    """The test tests something: every private text field of every table holds a word now."""
    wanted = {
        f"{model.__name__}.{name}"
        for model in apps.get_app_config("community").get_models()
        if model.__name__ not in REFERENCE | DRAWN | {"Reminder", "Confirmation"}
        for name, field in fields(model).items()
        if isinstance(field, WORDS) and not field.choices and name in PRIVATE.get(model.__name__, "").split()
    }
    # Hashes, versions and the names of acts are no words of anybody's.
    assert wanted - plants.covered() <= {"Setting.terms_version", "Snapshot.sha256", "Lead.name_key"}
    assert Postcode.objects.exists()
    assert Snapshot.objects.filter(document__name="Plain Club").exists()
