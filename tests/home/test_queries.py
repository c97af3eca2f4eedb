"""How many queries a page takes: never more than twelve, and no more for a hundred rows than for ten."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.partnership.models import Helpline
from home.content.loader import indexes_later
from home.models import (
    Audience,
    AudiencePage,
    DocumentIndexPage,
    DocumentPage,
    EventIndexPage,
    EventPage,
    InformationPage,
    NewsIndexPage,
    NewsPage,
    ResourcePage,
    Topic,
    TopicIndexPage,
    TopicPage,
)
from home.search.services import rebuild
from tests.factories.pages import a_home_page, a_page, with_body

pytestmark = pytest.mark.django_db
BUDGET = 12


def queries_of(client: Client, path: str) -> int:
    """The queries of a page whose frame is known and which itself is made anew."""
    client.get(path)
    caches["pages"].clear()
    seen: list[str] = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.fixture
def tree(settings):
    settings.PAGE_CACHE = False
    home = a_home_page()
    audience = Audience.objects.create(slug="parents", name="Parents")
    topic = Topic.objects.create(slug="online", name="Online life")
    Helpline.objects.create(key="line", name="A line", phone="0800 1111", in_bar=True)
    return {
        "home": home,
        "audience": audience,
        "topic": topic,
        "parents": a_page(AudiencePage, under=home, slug="parents", audience=audience),
        "topics": a_page(TopicIndexPage, under=home, slug="topics"),
        "documents": a_page(DocumentIndexPage, under=home, slug="documents"),
        "news": a_page(NewsIndexPage, under=home, slug="news"),
        "events": a_page(EventIndexPage, under=home, slug="events"),
        "about": a_page(InformationPage, under=home, slug="about"),
    }


def fill(tree: dict, first: int, last: int) -> None:
    """So many rows of every kind; the indexes are made once for all of them."""
    with indexes_later():
        for number in range(first, last):
            a_row_of_each(tree, number)
    rebuild()


def a_row_of_each(tree: dict, number: int) -> None:
    line = Helpline.objects.get()
    resource = a_page(ResourcePage, under=tree["parents"], slug=f"resource-{number}")
    resource.audiences.set([tree["audience"]])
    resource.topics.set([tree["topic"]])
    with_body(
        resource,
        *[("text", f'<p><a linktype="page" id="{tree["about"].pk}">x</a></p>')] * 5,
        ("contact", {"helpline": line.pk}),
        ("related", {"title": "More", "pages": [{"type": "item", "id": "one", "value": tree["about"].pk}]}),
    )
    topic = a_page(TopicPage, under=tree["topics"], slug=f"topic-{number}", topic=tree["topic"])
    topic.audiences.set([tree["audience"]])
    topic.save()
    document = a_page(DocumentPage, under=tree["documents"], slug=f"document-{number}")
    document.topics.set([tree["topic"]])
    document.audiences.set([tree["audience"]])
    document.save()
    a_page(NewsPage, under=tree["news"], slug=f"news-{number}")
    starts = timezone.now() + timedelta(days=number + 1)
    a_page(EventPage, under=tree["events"], slug=f"event-{number}", starts_at=starts)
    a_page(InformationPage, under=tree["about"], slug=f"info-{number}")


PATHS = [
    "/en/", "/en/parents/", "/en/parents/resource-1/", "/en/parents/resource-1/print/", "/en/topics/",
    "/en/topics/topic-1/", "/en/documents/", "/en/documents/document-1/", "/en/news/", "/en/news/news-1/",
    "/en/events/", "/en/events/event-1/", "/en/about/", "/en/about/info-1/", "/sitemap.xml", "/en/news/feed/",
    "/en/events/calendar.ics",
]  # fmt: skip


KINDS = (ResourcePage, TopicPage, DocumentPage, NewsPage, EventPage)


def test_every_type_of_page_keeps_to_its_budget_and_does_not_grow_with_rows(client: Client, tree):
    fill(tree, 0, 10)
    assert [kind.objects.count() for kind in KINDS] == [10] * len(KINDS)
    few = {path: queries_of(client, path) for path in PATHS}
    assert {path: number for path, number in few.items() if number > BUDGET} == {}
    fill(tree, 10, 100)
    assert [kind.objects.count() for kind in KINDS] == [100] * len(KINDS)
    assert {path: queries_of(client, path) for path in PATHS} == few
