"""Every address of the registry for every kind of person. The officers' screens stand in tests/security/admin_matrix.csv
too; here all addresses are walked, so that a new one fails until it falls under a rule."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community import urls
from community.models import ChecklistItem, EvidenceFile, Invitation, Membership, StandardVersion
from community.moderation import urls as officers
from community.quality import admin_urls as quality_officers
from foundation.accounts.role_setup import set_up_roles
from tests.factories.accounts import UserFactory, holder_of, sign_in
from tests.factories.listings import make_listing

pytestmark = pytest.mark.django_db
PEOPLE = (
    "anonymous",
    "other owner",
    "editor of it",
    "owner of it",
    "Registry officer",
    "Safeguarding lead",
    "Administrator",
    "Editor",
)
MEMBERS = {"editor of it", "owner of it"}
OFFICERS = {"Registry officer", "Safeguarding lead"}
CONCERNS = {"community_concerns", "community_concerns_of"}
STANDARD = ("standard", "edition", "scheme", "checklist")
OWNERS_ONLY = {"invite", "change_role", "remove_colleague", "take_back_invitation", "close"}


@pytest.fixture
def world(monkeypatch):
    """A listed setting and a signed-in browser for each kind of person."""
    monkeypatch.setattr("community.opendata.answers.is_within", lambda *_args: True)
    set_up_roles()
    setting, another = make_listing(name="Club Of Ours"), make_listing(name="Club Of Others")
    browsers = {"anonymous": Client()}
    for name, of, role in (
        ("other owner", another, "owner"),
        ("editor of it", setting, "editor"),
        ("owner of it", setting, "owner"),
    ):
        person = UserFactory()
        Membership.objects.create(setting=of, user=person, role=role)
        browsers[name] = Client()
        browsers[name].force_login(person)
    for role in PEOPLE[4:]:
        browsers[role] = sign_in(Client(), holder_of(role))
    return setting, browsers


def patterns(listed, prefix=""):
    for each in listed:
        if hasattr(each, "url_patterns"):
            yield from patterns(each.url_patterns, prefix + str(each.pattern))
        else:
            yield prefix + str(each.pattern), each.name


def filled(route, setting):
    """A concrete address: the setting's own where it asks for one, else something that is not there."""
    first = setting.pk if "my-setting/" in route or "registry/" in route else uuid4()
    address = re.sub(r"<uuid:(pk|setting_id)>", str(first), route)
    address = re.sub(r"<str:slug>", setting.slug, address)
    address = re.sub(r"<uuid:\w+>", str(uuid4()), address)
    address = re.sub(r"<int:\w+>", "999999", address)
    address = re.sub(r"<slug:page>", "name", address)
    return re.sub(r"<(str|path|slug):\w+>", "none", address)


def is_let_in(response):
    """Whether the person got further than the door: not sent to sign in, not refused, not told that nothing is there."""
    if response.status_code in {302, 303}:
        return "sign-in" not in response.url and "/accounts/login" not in response.url and response.url != "/admin/"
    return response.status_code not in {401, 403, 404}


def test_the_setting_s_own_pages_open_for_its_members_alone(world):
    setting, browsers = world
    walked = 0
    for route, name in patterns(urls.localized_urlpatterns):
        if "<uuid:pk>" not in route:
            continue
        address = f"/en/{filled(route, setting)}"
        for person in PEOPLE:
            response = browsers[person].get(address)
            if person not in MEMBERS:
                assert not is_let_in(response), (person, name, response.status_code)
                assert "Club Of Ours" not in response.content.decode()
        walked += 1
        if name in {
            "setting",
            "history",
            "check",
            "hide",
            "confirm",
            "shut",
            "changes",
            "colleagues",
            "venues",
            "sessions",
        }:
            for person in MEMBERS:
                assert is_let_in(browsers[person].get(address)) or name in {"check", "changes"}, (person, name)
    assert walked > 30


def test_another_owner_hears_of_a_setting_what_they_hear_of_none(world):
    setting, browsers = world
    for name in ("setting", "history", "hide", "colleagues"):
        real = browsers["other owner"].get(reverse(f"community:{name}", args=[setting.pk]))
        made_up = browsers["other owner"].get(reverse(f"community:{name}", args=[uuid4()]))
        assert (real.status_code, real.content) == (made_up.status_code, made_up.content)


def test_what_only_an_owner_does_an_editor_does_not(world):
    setting, browsers = world
    assert not is_let_in(browsers["editor of it"].get(reverse("community:invite", args=[setting.pk])))
    assert is_let_in(browsers["owner of it"].get(reverse("community:invite", args=[setting.pk])))
    for route, name in patterns(urls.localized_urlpatterns):
        if name in OWNERS_ONLY and "<uuid:pk>" in route:
            address = f"/en/{filled(route, setting)}"
            before = (setting.state, Membership.objects.count(), Invitation.objects.count())
            browsers["editor of it"].post(address, {"email": "new@example.org", "role": "owner", "agree": "1"})
            setting.refresh_from_db()
            assert before == (setting.state, Membership.objects.count(), Invitation.objects.count()), name


def test_public_pages_are_the_same_for_everybody(world):
    setting, browsers = world
    for route, name in [*patterns(urls.urlpatterns), *patterns(urls.localized_urlpatterns)]:
        if "my-setting/" in route or "evidence" in route:
            continue
        prefix = "" if (route, name) in set(patterns(urls.urlpatterns)) else "en/"
        found = {browsers[person].get(f"/{prefix}{filled(route, setting)}").status_code for person in PEOPLE}
        assert len(found) == 1, (name, found)
        assert found <= {200, 302, 400, 404}, name


def test_the_officers_screens_open_for_officers_and_concerns_for_the_lead_alone(world):
    setting, browsers = world
    for route, name in patterns(officers.urlpatterns):
        address = f"/admin/{filled(route, setting)}"
        let_in = {person for person in PEOPLE if is_let_in(browsers[person].get(address))}
        assert let_in.isdisjoint({"anonymous", "other owner", *MEMBERS, "Editor"}), (name, let_in)
        if name in CONCERNS:
            assert let_in == {"Safeguarding lead"}, name
        elif any(word in name for word in STANDARD):
            assert "Registry officer" not in let_in or "Administrator" in let_in, name
        else:
            assert "Administrator" not in let_in, name
            assert let_in in (OFFICERS, set()), (name, let_in)  # nothing there to review, or nothing of that number


def test_the_quality_screens_open_for_officers_and_editions_for_administrators(world):
    """Evidence, one file, its download, the quality of a setting: officers. Editions: administrators. Nobody else."""
    setting, browsers = world
    file = evidence_of(setting)
    for route, name in patterns(quality_officers.urlpatterns):
        address = f"/admin/{filled(route, setting)}"
        address = address.replace(address.split("/")[4], str(file.pk)) if "<uuid:file_id>" in route else address
        if "<int:edition_id>" in route:
            address = f"/admin/registry/standard/editions/{file.item.standard_id}/use/"
        let_in = {person for person in PEOPLE if is_let_in(browsers[person].get(address))}
        assert let_in == ({"Administrator"} if name == "community_edition" else OFFICERS), (name, let_in)


@pytest.mark.parametrize("owned", ["items", "editions", "award_schemes", "lists", "terms"])
def test_the_standard_is_worded_by_administrators_and_lists_are_kept_by_officers_too(world, owned):
    _setting, browsers = world
    address = reverse(f"community_{owned}:index")
    let_in = {person for person in PEOPLE if is_let_in(browsers[person].get(address))}
    assert let_in == ({"Administrator"} | (OFFICERS if owned in {"lists", "terms"} else set()))


def test_an_owner_reaches_nothing_of_another_setting_by_its_number(world):
    """A file, an invitation, a colleague, a part, a report of somebody else, asked for below one's own setting."""
    setting, browsers = world
    other = Membership.objects.get(setting__name="Club Of Others")
    theirs = other.setting
    file = evidence_of(theirs)
    invitation = Invitation.objects.create(
        setting=theirs, email="secret-colleague@example.org", token_hash="x" * 64,
        expires_at=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    theirs.venues.update(name="Canary Hall", address_lines="1 Canary Road")
    venue, activity = theirs.venues.get(), theirs.activities.get()
    mine = browsers["owner of it"]
    for address in (
        reverse("community:evidence_file", args=[setting.pk, file.pk]),
        reverse("community:venues_edit", args=[setting.pk, venue.pk, "place"]),
        reverse("community:venues_remove", args=[setting.pk, venue.pk]),
        reverse("community:activities_edit", args=[setting.pk, activity.pk, "basics"]),
        reverse("community:activities_remove", args=[setting.pk, activity.pk]),
        reverse("community:take_back_invitation", args=[setting.pk, invitation.pk]),
        reverse("community:remove_colleague", args=[setting.pk, other.pk]),
        reverse("community:change_role", args=[setting.pk, other.pk]),
    ):
        for response in (mine.get(address), mine.post(address, {"role": "editor", "name": "Taken over", "agree": "1"})):
            # 409, and 303 to one's own list, are what a part that a colleague removed meanwhile answers.
            assert response.status_code in {303, 404, 405, 409}, address
            assert response.status_code != 303 or str(setting.pk) in response.url, address
            assert b"secret-colleague" not in response.content
            assert b"Canary" not in response.content
    invitation.refresh_from_db()
    other.refresh_from_db()
    venue.refresh_from_db()
    assert (other.role, venue.name, invitation.used_at) == ("owner", "Canary Hall", None)
    assert theirs.activities.count() == theirs.evidence_files.count() == theirs.invitations.count() == 1


def evidence_of(setting):
    """A file that waits in the inbox."""
    edition, _made = StandardVersion.objects.get_or_create(
        code="matrix", defaults={"title": "T", "in_force_from": date(2026, 1, 1)}
    )
    item, _made = ChecklistItem.objects.get_or_create(
        standard=edition, code="A1", defaults={"area": "A", "question": "?", "basis": "good", "applies_to": ["all"]}
    )
    return EvidenceFile.objects.create(
        setting=setting, item=item, original_name="policy.pdf", content_type="application/pdf", size=4,
        file=ContentFile(b"%PDF", name="policy.pdf"),
    )  # fmt: skip
