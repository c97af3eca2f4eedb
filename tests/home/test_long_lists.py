"""Lists that outgrow a page: in parts under an audience, with a way to the rest on a topic."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from home.content.loader import indexes_later
from home.models import (
    Audience,
    AudiencePage,
    DocumentIndexPage,
    DocumentPage,
    EventIndexPage,
    EventPage,
    ResourcePage,
    Topic,
    TopicIndexPage,
    TopicPage,
)
from home.selectors.subjects import MOST_GUIDES
from tests.factories.pages import a_home_page, a_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    home = a_home_page()
    audience = Audience.objects.create(slug="parents", name="Parents")
    topic = Topic.objects.create(slug="online", name="Online life")
    a_page(TopicPage, under=a_page(TopicIndexPage, under=home, slug="topics"), slug="online-life", topic=topic)
    a_page(AudiencePage, under=home, slug="parents", audience=audience)
    return home


def many_guides() -> list[str]:
    """More guides for parents on the topic than a page shows, in order."""
    parents, topic = AudiencePage.objects.get(), Topic.objects.get()
    titles = [f"Guide {number:03}" for number in range(MOST_GUIDES + 5)]
    with indexes_later():
        for title in titles:
            guide = a_page(ResourcePage, under=parents, slug=title.lower().replace(" ", "-"), title=title)
            guide.topics.set([topic])
            guide.save()
    return titles


def guides_on(page: str) -> list[str]:
    return re.findall(r">\s*(Guide \d{3})\s*<", page)


def test_more_guides_than_fit_come_in_parts_and_none_is_lost(client: Client, site):
    titles = many_guides()
    first = client.get("/en/parents/").content.decode()
    [more] = re.findall(r'href="(\?from=[^"]+)" rel="next"', first)
    second = client.get(f"/en/parents/{more}").content.decode()
    assert guides_on(first) == titles[:MOST_GUIDES]
    assert "First guides" not in first
    assert guides_on(second) == titles[MOST_GUIDES:]
    assert "First guides" in second
    assert 'rel="next"' not in second
    for start in ("zzzz", "00000001", "%00", "0001", "ZZZZ"):
        assert client.get("/en/parents/", {"from": start}).status_code == 200

    topic = client.get("/en/topics/online-life/").content.decode()
    assert guides_on(topic) == titles[:MOST_GUIDES]
    assert re.search(r'href="[^"]*/search/\?topic=online"[^>]*>Everything on this topic', topic)


def test_an_audience_leads_to_all_documents_and_all_events(client: Client, site):
    audience = Audience.objects.get()
    documents = a_page(DocumentIndexPage, under=site, slug="documents")
    events = a_page(EventIndexPage, under=site, slug="events")
    document = a_page(DocumentPage, under=documents, slug="plan")
    event = a_page(EventPage, under=events, slug="day", starts_at=timezone.now() + timedelta(days=1))
    for page in (document, event):
        page.audiences.set([audience])
        page.save()
    shown = client.get("/en/parents/").content.decode()
    assert re.search(r'href="/en/documents/">All documents', shown)
    assert re.search(r'href="/en/events/">All events', shown)
