"""Writing a record, one page at a time, from its name to sending it and taking it back."""

import json
import re

import pytest

from community.models import Activity, SafeguardingContact, Session, Setting, Venue
from foundation.audit.models import Entry
from tests.factories.community import ActivityFactory, MembershipFactory, PersonFactory, SessionFactory

from .conftest import AREA
from .writing import save, url

pytestmark = pytest.mark.django_db


def beginning(name):
    """What the first page of a registration sends."""
    return {"name": name, "types": ["arts"], "summary": "Plays for everybody."}


def test_a_registration_begins_with_its_name_and_belongs_to_whoever_began_it(client, owner):
    response = client.post(f"{AREA}start/", beginning("Invented Drama Club"))
    setting = Setting.objects.get()
    assert response["Location"] == url(setting, "edit/runs/")
    assert setting.state == "draft"
    assert setting.memberships.get().user == owner


@pytest.mark.parametrize("name", ["Win money at www.bad.example", "See https://bad.example", "write me@bad.example"])
def test_a_name_carries_no_address_into_mails(client, draft, name):
    assert client.post(f"{AREA}start/", beginning(name)).status_code == 422
    assert save(client, url(draft, "edit/name/"), name=name).status_code == 422


def test_the_page_of_a_setting_asks_the_database_few_questions(client, listed, django_assert_max_num_queries):
    for number in range(5):
        ActivityFactory(setting=listed, name=f"Activity {number}")
    client.get(url(listed))
    with django_assert_max_num_queries(24):
        client.get(url(listed))


def test_a_known_name_gets_the_usual_answer_and_the_usual_kind_of_address(client, draft):
    Setting.objects.create(name="Known Madrassah", slug="known-madrassah", state="known")
    answers = []
    for name in ("Known Madrassah", "Unheard Madrassah"):
        response = client.post(f"{AREA}start/", beginning(name), follow=True)
        answers.append(response.content.decode().replace(name, "").replace(str(response.context["setting"].pk), ""))
        assert response.context["setting"].slug.rsplit("-", 1)[0] == name.lower().replace(" ", "-")
    tokens = [re.sub(r'value="\w{64}"', "", each) for each in answers]
    assert tokens[0] == tokens[1]


def test_a_save_writes_its_page_and_nothing_else(client, draft):
    response = save(client, url(draft, "edit/words/"), summary="Chess for everybody.")
    assert response.status_code == 303
    before, after = draft, Setting.objects.get(pk=draft.pk)
    assert after.summary == "Chess for everybody."
    changed = {
        field.name for field in Setting._meta.fields if getattr(before, field.name) != getattr(after, field.name)
    }
    assert changed == {"summary", "version", "updated_at"}
    entry = Entry.objects.filter(action="community.save").latest("sequence")
    assert entry.facts == {"page": "words", "fields": ["summary"]}


def test_saving_without_a_change_writes_nothing(client, draft):
    version = draft.version
    save(client, url(draft, "edit/words/"))
    draft.refresh_from_db()
    assert draft.version == version


def test_a_place_where_sessions_happen_stays(client, draft):
    venue = draft.venues.get()
    response = client.post(url(draft, f"venues/{venue.pk}/remove/"))
    assert response.status_code == 422
    assert Venue.objects.filter(pk=venue.pk).exists()


def test_an_activity_goes_with_its_sessions(client, draft):
    client.post(url(draft, f"activities/{draft.activities.get().pk}/remove/"))
    assert not Activity.objects.exists()
    assert not Session.objects.exists()


def test_reading_a_safeguarding_contact_is_recorded(client, draft):
    before = Entry.objects.filter(action="community.read_restricted").count()
    client.get(url(draft, "safeguarding/"))
    client.get(url(draft, f"safeguarding/{draft.safeguarding_contacts.get().pk}/contact/"))
    assert Entry.objects.filter(action="community.read_restricted").count() == before + 2


def test_one_contact_a_role(client, draft):
    typed = {"role": "dsl", "name": "Another", "phone": "020 7946 0000", "seen": json.dumps({})}
    assert client.post(url(draft, "safeguarding/add/"), typed).status_code == 422
    assert SafeguardingContact.objects.count() == 1


def test_the_preview_shows_what_was_saved_and_no_private_fact(client, draft):
    save(client, url(draft, "edit/words/"), summary="Chess for everybody.")
    for page in (
        "edit/name/",
        "activities/",
        "venues/",
        "sessions/",
        "costs/",
        "edit/languages/",
        "edit/contact/",
        "check/",
    ):
        response = client.get(url(draft, page), follow=True)
        preview = str(response.context["cards"])
        assert "Canary" not in preview
    assert "Chess for everybody." in str(client.get(url(draft, "check/")).context["cards"])


def test_a_record_that_was_sent_cannot_be_changed_but_taken_back(client, draft):
    client.post(url(draft, "check/"), {"accept": "on"})
    draft.refresh_from_db()
    assert draft.state == "submitted"
    response = save(client, url(draft, "edit/words/"), summary="Too late.")
    assert response.status_code == 422
    assert "Too late." in response.content.decode()
    client.post(url(draft, "take-back/"))
    assert save(client, url(draft, "edit/words/"), summary="In time.").status_code == 303


def test_sending_keeps_which_terms_were_accepted(client, draft, owner):
    assert client.post(url(draft, "check/"), {}).status_code == 422
    client.post(url(draft, "check/"), {"accept": "on"})
    draft.refresh_from_db()
    assert draft.terms_version == "2026-11"
    assert draft.terms_accepted_by == owner


def test_an_unfinished_record_is_not_sent_and_says_what_is_left(client, draft):
    Session.objects.all().delete()
    response = client.post(url(draft, "check/"), {"accept": "on"})
    assert "Sessions: days and times" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_many_drafts_are_enough(client, owner):
    for number in range(10):
        client.post(f"{AREA}start/", beginning(f"Club {number}"))
    assert client.post(f"{AREA}start/", beginning("Club 11")).status_code == 422
    assert Setting.objects.count() == 10


def test_a_setting_belongs_to_several_people_and_a_person_to_several_settings(client, draft, owner):
    MembershipFactory(user=owner)
    MembershipFactory(setting=draft, user=PersonFactory())
    assert len(client.get(AREA).context["rows"]) == 2


def test_parts_of_another_setting_are_not_reached_through_ones_own(client, draft):
    other = ActivityFactory()
    assert client.get(url(draft, f"activities/{other.pk}/basics/")).status_code == 404
    assert client.get(url(draft, f"sessions/{SessionFactory().pk}/time/")).status_code == 404
    assert client.get(url(draft, "activities/not-a-uuid/basics/")).status_code == 404
