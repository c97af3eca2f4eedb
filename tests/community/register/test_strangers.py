"""Another owner, and a stranger, try what addresses and forms let them try."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.models import (
    Award,
    AwardScheme,
    ChecklistItem,
    EvidenceFile,
    Invitation,
    Membership,
    SafeguardingContact,
    Setting,
    StandardVersion,
)
from community.quality.urls import localized_urlpatterns as quality_urlpatterns
from community.register.services import colleagues
from foundation.accounts.links.models import SignInLink
from tests.factories.community import (
    ActivityFactory,
    MembershipFactory,
    PersonFactory,
    SafeguardingContactFactory,
    SessionFactory,
    SettingFactory,
    VenueFactory,
)

from .conftest import AREA, fields_of
from .writing import save, url

pytestmark = pytest.mark.django_db
DEEP = "[" * 4_900


@pytest.fixture
def standard(db):
    edition = StandardVersion.objects.create(code="t", title="T", in_force_from="2026-01-01", is_current=True)
    ChecklistItem.objects.create(
        standard=edition, code="A1", area="A", question="?", basis="law", applies_to=["all"], evidence_kind="A policy"
    )
    return edition


def things_of(setting, standard):
    """One of everything that hangs on a setting: (name of the address, its arguments after the setting's key)."""
    item = standard.items.get()
    file = EvidenceFile.objects.create(
        setting=setting, item=item, file=ContentFile(b"%PDF-1.4 canary", name="x.pdf"), content_type="application/pdf"
    )
    scheme = AwardScheme.objects.create(code="s", name="S", issuer="I")
    award = Award.objects.create(setting=setting, scheme=scheme)
    invitation = colleagues.invite(setting=setting, email="invited@example.org", role="editor", by=None)
    return [
        ("evidence_file", file.pk), ("evidence_take_back", file.pk), ("award_remove", award.pk),
        ("take_back_invitation", invitation.pk), ("change_role", setting.memberships.get().pk),
        ("remove_colleague", setting.memberships.get().pk), ("activities_remove", setting.activities.get().pk),
        ("venues_remove", setting.venues.get().pk), ("safeguarding_remove", setting.safeguarding_contacts.get().pk),
        ("sessions_remove", setting.activities.get().sessions.get().pk),
    ]  # fmt: skip


def counts():
    models = (EvidenceFile, Award, Invitation, Membership, SafeguardingContact, Setting)
    return [model._default_manager.count() for model in models]


def test_ones_own_address_with_somebody_elses_thing_touches_nothing(client, draft, standard, sign_in):
    other = SettingFactory(name="Canary Club", complete=True)
    MembershipFactory(setting=other)
    things = things_of(other, standard)
    before = counts()
    for name, key in things:
        address = reverse(f"community:{name}", args=[draft.pk, key])
        for answer in (client.get(address), client.post(address, {"role": "owner"})):
            assert answer.status_code in {303, 404, 405}, address
            assert "canary" not in answer.content.decode().lower(), address
    assert counts() == before
    assert other.activities.get().sessions.exists()
    assert set(other.memberships.values_list("role", flat=True)) == {"owner"}


@pytest.mark.parametrize("name", [pattern.name for pattern in quality_urlpatterns])
def test_pages_about_the_quality_of_another_setting_do_not_exist(name, listed, standard, sign_in):
    keys = {
        "standard_question": "A1", "evidence_add": "A1", "award_remove": 1,
        "evidence_file": listed.pk, "evidence_take_back": listed.pk,
    }  # fmt: skip
    address = reverse(f"community:{name}", args=[listed.pk, *([keys[name]] if name in keys else [])])
    stranger = sign_in(MembershipFactory().user)
    unknown = address.replace(str(listed.pk), "00000000-0000-0000-0000-000000000000", 1)
    for method in ("get", "post"):
        answer = getattr(stranger, method)(address)
        assert answer.status_code == 404
        assert listed.name not in answer.content.decode()
        assert answer.status_code == getattr(stranger, method)(unknown).status_code
    assert Client().get(address).status_code == 302
    assert Client().post(address).status_code == 403


def test_a_session_is_not_put_at_somebody_elses_place_or_activity(client, draft):
    theirs = SessionFactory()
    typed = {"days": ["1"], "starts": "10:00", "ends": "11:00", "season": "term"}
    mine = {"activity": draft.activities.get().pk, "venue": draft.venues.get().pk}
    for stolen in ({"activity": theirs.activity_id}, {"venue": theirs.venue_id}):
        assert client.post(url(draft, "sessions/add/weekly/"), {**typed, **mine, **stolen}).status_code == 422
    page = url(draft, f"sessions/{draft.activities.get().sessions.get().pk}/time/")
    assert save(client, page, venue=theirs.venue_id).status_code == 422


def test_fields_that_a_page_does_not_ask_are_not_written(client, draft):
    more = {"state": "listed", "confirm_due": "2099-01-01", "slug": "stolen", "published": "1", "assigned_to": "1"}
    assert save(client, url(draft, "edit/words/"), summary="Words.", **more).status_code == 303
    draft.refresh_from_db()
    assert (draft.state, draft.confirm_due, draft.assigned_to) == ("draft", None, None)
    assert draft.slug != "stolen"


@pytest.mark.parametrize("seen", ["", "nonsense", "[]", "null", '{"summary": []}', DEEP, '{"a":' * 900, "\ud800"])
def test_a_forged_mark_of_what_was_seen_breaks_nothing(client, draft, seen):
    page = url(draft, "edit/words/")
    sent = {**fields_of(client.get(page)), "seen": seen, "summary": "My words."}
    body = "&".join(f"{key}={value}" for key, value in sent.items()).encode("utf-8", "surrogatepass")
    answer = client.post(page, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {303, 409, 422}
    if answer.status_code != 303:
        assert "My words." in answer.content.decode()


HOSTILE = [
    "<script>alert(1)</script>", "{{ settings.SECRET_KEY }}{% debug %}", "'; DROP TABLE community_setting; --",
    "=cmd|'/c calc'!A1", "\u202egnirts", "a\x00b", "9" * 5_000, "-1", "NaN", "1e999", "٣", "../../etc/passwd",
    "%s%(x)d", "\U0001f9d2\u200d\U0001f9d1" * 3, "javascript:alert(1)", "\r\nBcc: victim@example.org",
]  # fmt: skip
PAGES = [
    "edit/name/", "edit/words/", "edit/runs/", "edit/more/", "edit/ofsted/", "edit/languages/", "edit/send/",
    "edit/contact/", "edit/notice/", "{activity}/basics/", "{activity}/cost/", "{activity}/how/", "{activity}/booking/",
    "{venue}/place/", "{venue}/access/", "{session}/time/", "{contact}/contact/", "{contact}/training/", "shut/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_field_breaks_by_what_is_typed_into_it(client, draft, path):
    activity, contact = draft.activities.get(), draft.safeguarding_contacts.get()
    address = url(draft, path).format(
        activity=f"activities/{activity.pk}", venue=f"venues/{draft.venues.get().pk}",
        session=f"sessions/{activity.sessions.get().pk}", contact=f"safeguarding/{contact.pk}",
    )  # fmt: skip
    first = client.get(address)
    names = re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', first.content.decode())
    for name in {each for each in names if each != "csrfmiddlewaretoken"}:
        for typed in HOSTILE:
            answer = client.post(address, {**fields_of(client.get(address)), name: typed})
            assert answer.status_code in {303, 409, 422}, (name, typed)
            if answer.status_code != 303:
                assert "<script>alert(1)" not in answer.content.decode()
    shown = client.get(url(draft, "check/")).content.decode()
    assert "<script>alert(1)" not in shown
    assert 'href="javascript:' not in shown


@pytest.mark.parametrize("typed", HOSTILE)
def test_adding_things_breaks_by_nothing_either(client, draft, typed):
    adds = {
        "activities/add/": {"name": typed, "age_min": typed, "age_max": "9", "who": "all", "mode": "group"},
        "venues/add/": {"kind": typed, "name": typed, "postcode": typed},
        "sessions/add/weekly/": {"activity": typed, "venue": typed, "days": [typed], "starts": typed, "ends": "12:00"},
        "sessions/add/dates/": {"activity": typed, "dates": [typed], "starts": "10:00", "ends": typed},
        "safeguarding/add/": {"role": typed, "name": typed, "phone": typed},
        "colleagues/invite/": {"email": typed, "role": typed},
        "undo/": {"path": typed, "seen": typed},
    }
    for path, sent in adds.items():
        assert client.post(url(draft, path), sent).status_code in {303, 422}, path
    assert client.post(f"{AREA}start/", {"name": typed, "types": [typed], "summary": typed}).status_code in {303, 422}


@pytest.mark.parametrize("part", ["x", "%00", "0" * 400, "00000000-0000-0000-0000-000000000000", "..%2f"])
def test_addresses_of_parts_that_cannot_be_answer_not_found(client, draft, part):
    for path in (f"activities/{part}/basics/", f"sessions/{part}/time/", f"edit/{part}/"):
        assert client.get(url(draft, path)).status_code == (400 if part == "%00" else 404)


def test_asking_for_a_link_costs_the_same_for_known_and_unknown_addresses(owner):
    def queries(address):
        token = re.search(r'name="token" value="([^"]+)"', Client().get(f"{AREA}sign-in/").content.decode())
        sent = {"email": address, **({"token": token[1]} if token else {})}
        with CaptureQueriesContext(connection) as asked:
            answer = Client().post(f"{AREA}sign-in/", sent)
        assert answer.status_code == 303, answer.content.decode()
        return [re.sub(r"'[^']*'|\d+", "?", each["sql"])[:60] for each in asked]

    for warm in ("first@example.org", owner.email):  # what is read once and kept is read now
        queries(warm)
    unknown, known = queries("unknown@example.org"), queries(owner.email)
    assert known == unknown
    assert SignInLink.objects.count() == 4


def test_an_invitation_is_used_once_and_by_nobody_twice(listed):
    invitation = colleagues.invite(setting=listed, email="new@example.org", role="editor", by=None)
    first = Membership.objects.count()
    from .conftest import link_in_mail

    link = link_in_mail()
    assert Client().post(link).status_code == 303
    assert Client().post(link).status_code == 410
    assert Client().get(link).status_code == 410
    assert Membership.objects.count() == first + 1
    invitation.refresh_from_db()
    assert invitation.used_at is not None


def test_the_mark_in_a_form_of_one_setting_serves_no_other(client, draft, owner):
    other = SettingFactory(summary="Other words.")
    MembershipFactory(setting=other, user=owner)
    sent = fields_of(client.get(url(draft, "edit/words/")))
    assert json.loads(sent["seen"])
    answer = client.post(url(other, "edit/words/"), {**sent, "summary": "Mine."})
    assert answer.status_code == 409
    other.refresh_from_db()
    assert other.summary == "Other words."


def test_people_of_two_settings_do_not_see_each_other(client, draft, sign_in):
    ActivityFactory(name="Canary Activity")
    VenueFactory(name="Canary Venue")
    SafeguardingContactFactory(name="Canary Person")
    person = PersonFactory(email="canary@example.org")
    MembershipFactory(user=person)
    for page in ("", "activities/", "venues/", "sessions/", "safeguarding/", "colleagues/", "history/", "check/"):
        html = client.get(url(draft, page)).content.decode()
        assert "Canary Activity" not in html
        assert "Canary Venue" not in html
        assert "Canary Person" not in html
        assert "canary@example.org" not in html
