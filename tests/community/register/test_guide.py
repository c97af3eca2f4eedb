"""The quick way: a first listing asks for what it needs, one short page after another, and for nothing twice."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from community.models import Activity, SafeguardingContact, Session, Setting
from tests.factories.community import ActivityFactory, MembershipFactory, SessionFactory

from .conftest import AREA, fields_of
from .writing import save, url

pytestmark = pytest.mark.django_db
BEGIN = {"name": "Invented Kite Club", "types": ["sport"], "summary": "Kites for everybody."}
ANSWERS = [
    {"legal_form": "association", "staff_paid": "0", "staff_volunteers": "3"},
    {"name": "Kites", "age_min": "8", "age_max": "12"},
    {"cost_type": "free"},
    {"kind": "public", "name": "Invented Hall", "address_lines": "1 Invented Road", "postcode": "nw5 1aa"},
    {"days": ["0", "2"], "starts": "16:00", "ends": "17:00"},
    {},
    {"public_phone": "020 7946 0000"},
    {"role": "dsl", "name": "Invented Person"},
]
"""What somebody types on each page after the first, beyond what stands there already."""


class Words(HTMLParser):
    """The words of a page's main part, and its fields."""

    def __init__(self, html):
        super().__init__()
        self.text, self.names, self._depth, self._quiet = [], set(), 0, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._depth += tag == "main"
        self._quiet += tag in {"script", "style", "svg"}
        if self._depth and tag in {"input", "select", "textarea"} and given.get("type") != "hidden":
            self.names.add(given.get("name"))

    def handle_endtag(self, tag):
        self._depth -= tag == "main"
        self._quiet -= tag in {"script", "style", "svg"}

    def handle_data(self, data):
        if self._depth and not self._quiet:
            self.text += data.split()


def walk(client):
    """Register from the first page to the check; the pages on the way."""
    pages = [client.get(f"{AREA}start/")]
    answer = client.post(f"{AREA}start/", BEGIN)
    for typed in ANSWERS:
        assert answer.status_code == 303, answer.content.decode()
        page = client.get(answer["Location"])
        pages.append(page)
        answer = client.post(page.request["PATH_INFO"], {**fields_of(page), **typed})
    assert answer.status_code == 303
    return [*pages, client.get(answer["Location"])]


def test_a_first_listing_takes_ten_pages_and_few_words(client, owner, lists):
    pages = walk(client)
    setting = Setting.objects.get()
    assert pages[-1].request["PATH_INFO"] == url(setting, "check/")
    assert len(pages) == 10
    read = [Words(page.content.decode()) for page in pages]
    assert sum(len(page.names) for page in read) <= 60
    assert sum(len(page.text) for page in read) <= 1_600
    assert client.post(url(setting, "check/"), {"accept": "on"})["Location"] == url(setting, "sent/")
    setting.refresh_from_db()
    assert setting.state == "submitted"
    assert [session.weekday for session in Session.objects.order_by("weekday")] == [0, 2]


def test_the_last_look_shows_each_activity_once_and_speaks_of_no_page(client, owner, lists):
    cards = walk(client)[-1].context["cards"]
    titles = [card.title for card in cards]
    # Its facts, and its times: a third card for the booking looked like an activity that is there twice.
    assert titles.count("Kites") == 2
    facts = {row["label"]: row["value"] for row in cards[titles.index("Kites")].rows}
    assert facts["Ages"] == "8 to 12"
    assert facts["Free places"] == "Ask us"
    assert "Parents do not see who your safeguarding contact is." in [card.text for card in cards]


def test_each_page_says_how_far_along_it_is(client, owner, lists):
    steps = [re.search(r"Step (\d+) of (\d+)", page.content.decode()).groups() for page in walk(client)]
    assert steps == [(str(number), "10") for number in range(1, 11)]


def test_whoever_looks_after_nothing_begins_at_once(client, owner, lists):
    assert client.get(AREA)["Location"] == f"{AREA}start/"
    MembershipFactory(user=owner)
    assert client.get(AREA).status_code == 200


def test_what_is_missing_at_the_beginning_is_said_and_what_was_typed_stays(client, owner, lists):
    answer = client.post(f"{AREA}start/", {**BEGIN, "types": []})
    assert answer.status_code == 422
    assert "Choose at least one kind of setting" in answer.content.decode()
    assert "Kites for everybody." in answer.content.decode()
    assert not Setting.objects.exists()


def test_younger_children_bring_the_question_about_ofsted(client, draft):
    activity = draft.activities.get()
    page = url(draft, f"activities/{activity.pk}/cost/")
    assert save(client, page)["Location"] == url(draft, "check/")
    Activity.objects.update(age_min=5)
    assert save(client, page)["Location"] == url(draft, "edit/ofsted/")
    assert "Save and go on" in client.get(url(draft, "edit/ofsted/")).content.decode()
    assert save(client, url(draft, "edit/ofsted/"), ofsted_register="exempt")["Location"] == url(draft, "check/"), (
        "the way goes on"
    )
    assert save(client, page)["Location"] == url(draft, "check/")


def test_another_time_begins_from_the_one_before(client, draft):
    typed = {
        "activity": draft.activities.get().pk, "venue": draft.venues.get().pk, "days": ["4"], "starts": "9:30",
        "ends": "11:00", "season": "all-year", "another": "1",
    }  # fmt: skip
    answer = client.post(url(draft, "sessions/add/weekly/"), typed)
    html = client.get(answer["Location"]).content.decode()
    assert 'value="09:30"' in html
    assert 'value="11:00"' in html
    assert re.search(r'value="all-year"[^>]*checked', html)
    assert not re.search(r'name="days"[^>]*checked', html)


@pytest.mark.parametrize("like", ["nonsense", "00000000-0000-0000-0000-000000000000", "%00", "someone's"])
def test_another_time_from_nowhere_is_an_empty_page(client, draft, like):
    theirs = str(SessionFactory(starts="05:55", ends="06:05").pk) if like == "someone's" else like
    answer = client.get(f"{url(draft, 'sessions/add/weekly/')}?like={theirs}")
    assert answer.status_code == (400 if like == "%00" else 200)
    assert "05:55" not in answer.content.decode()


def test_another_activity_and_back_to_the_list(client, draft):
    page = url(draft, f"activities/{draft.activities.get().pk}/cost/")
    assert save(client, page, another="1")["Location"] == url(draft, "activities/add/")
    assert save(client, page, back="1")["Location"] == url(draft)


def test_a_section_that_is_done_leads_through_its_pages_and_then_to_the_check(client, draft):
    assert save(client, url(draft, "edit/name/"))["Location"] == url(draft, "edit/words/")
    assert save(client, url(draft, "edit/words/"))["Location"] == url(draft, "edit/runs/")
    answer = save(client, url(draft, "edit/runs/"), staff_volunteers="1")
    assert answer["Location"] == url(draft, "check/")


def test_an_empty_section_opens_with_its_form_and_go_on_leads_to_what_is_next(client, draft):
    SafeguardingContact.objects.all().delete()
    html = client.get(url(draft)).content.decode()
    assert f'href="{url(draft, "safeguarding/add/")}"' in html
    assert re.search(rf'href="{url(draft, "safeguarding/add/")}">\s*Go on', html)


def test_what_can_wait_is_offered_and_leads_back(client, draft):
    html = client.get(url(draft)).content.decode()
    activity = draft.activities.get()
    for path in ("edit/more/", "edit/ofsted/", "edit/send/", f"activities/{activity.pk}/how/"):
        assert url(draft, path) in html
    assert save(client, url(draft, "edit/more/"), established="2014")["Location"] == url(draft)


def test_the_phone_that_parents_see_is_copied_for_the_first_contact_alone(client, draft):
    SafeguardingContact.objects.all().delete()
    Setting.objects.update(public_phone="020 7946 0123")
    html = client.get(url(draft, "safeguarding/add/")).content.decode()
    assert 'value="020 7946 0123"' in html
    assert "We have copied the phone that parents see." in html
    client.post(url(draft, "safeguarding/add/"), {"role": "dsl", "name": "One", "phone": "020 7946 0999", "seen": "{}"})
    assert "7946 0123" not in client.get(url(draft, "safeguarding/add/")).content.decode()


def test_an_activity_is_on_when_its_first_session_is(client, draft):
    Session.objects.all().delete()
    typed = {"activity": draft.activities.get().pk, "venue": draft.venues.get().pk, "starts": "9:30", "ends": "11:00"}
    for season in ("holiday", "term"):
        client.post(url(draft, "sessions/add/weekly/"), {**typed, "days": ["1"], "season": season})
        assert draft.activities.get().season == "holiday"


def test_a_contact_keeps_one_way_to_be_reached(client, draft):
    contact = draft.safeguarding_contacts.get()
    page = url(draft, f"safeguarding/{contact.pk}/training/")
    assert save(client, page, mobile="07700 900123").status_code == 303
    assert save(client, url(draft, f"safeguarding/{contact.pk}/contact/"), phone="").status_code == 303
    assert save(client, page, mobile="").status_code == 422


def test_a_listed_record_goes_through_all_of_its_pages(client, listed):
    activity = ActivityFactory(setting=listed, name="Second")
    page = url(listed, f"activities/{activity.pk}/cost/")
    assert save(client, page)["Location"] == url(listed, f"activities/{activity.pk}/how/")
    assert "Step " not in client.get(page).content.decode()
    assert reverse("community:activities", args=[listed.pk]) in client.get(page).content.decode()
