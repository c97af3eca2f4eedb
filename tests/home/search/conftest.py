"""A small site to search: guidance, a topic, news, documents, in English and one page in Bengali."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Locale, Page, Site

from foundation.media.models import SiteDocument
from foundation.partnership.models import Helpline
from home.content.loader import indexes_later
from home.models import (
    Audience,
    AudiencePage,
    DocumentFile,
    DocumentIndexPage,
    DocumentPage,
    GlossaryTerm,
    HomePage,
    NewsIndexPage,
    NewsPage,
    ResourcePage,
    Topic,
    TopicIndexPage,
    TopicPage,
)
from home.search.services import rebuild
from tests.once import made_once


def make_document(title, text="", name="report.pdf", size=1234):
    document = SiteDocument(title=title, extracted_text=text, file_size=size)
    document.file.save(name, ContentFile(b"%PDF-1.4"), save=False)
    document.save()
    SiteDocument.objects.filter(pk=document.pk).update(extracted_text=text, file_size=size)
    document.refresh_from_db()
    return document


@pytest.fixture(scope="module")
def _made(django_db_setup, django_db_blocker, forget_all):
    forget_all()
    yield from made_once(django_db_blocker, make_site)


@pytest.fixture
def site(_made, db):
    """The home page of the small site."""
    return HomePage.objects.get(pk=_made)


def make_site():
    """Make the small site and its index; the admin's own index is not needed here. Returns the key of the home page."""
    with indexes_later():
        home = _make_pages()
    rebuild()
    return home.pk


def _make_pages():
    english = Locale.objects.get_or_create(language_code="en")[0]
    root = Page.get_first_root_node()
    root.get_children().delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Camden", slug="camden", locale=english))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    parents = Audience.objects.create(slug="parents", name="Parents and carers", order=1, locale=english)
    staff = Audience.objects.create(slug="professionals", name="Professionals", order=2, locale=english)
    online = Topic.objects.create(slug="online", name="Online life", order=1, locale=english)
    GlossaryTerm.objects.create(
        term="Multi-agency public protection", abbreviation="MAPPA", meaning="Work with offenders", locale=english
    )
    for order, (key, name, phone, in_bar) in enumerate(
        [
            ("emergency", "Emergency services", "999", True),
            ("childline", "Childline", "0800 1111", True),
            ("samaritans", "Samaritans", "116 123", False),
            ("camden-contact", "Contact service", "020 7974 3317", True),
        ]
    ):
        Helpline.objects.create(
            key=key, name=name, phone=phone, in_bar=in_bar, is_emergency=key == "emergency", order=order, locale=english
        )

    def add(parent, page, audiences=(), topics=()):
        parent.add_child(instance=page)
        if audiences or topics:
            page.audiences.set(audiences)
            page.topics.set(topics)
            page.save()
        return page

    for_parents = add(home, AudiencePage(title="Parents", slug="parents", audience=parents, locale=english))
    topics = add(home, TopicIndexPage(title="Topics", slug="topics", locale=english))
    add(topics, TopicPage(title="Online life", slug="online", topic=online, locale=english))
    add(
        for_parents,
        ResourcePage(
            title="Grooming: what to look for",
            slug="grooming",
            summary="Safeguarding children from people who groom them.",
            body=[("text", "<h2>Gifts and secrets</h2><p>Someone may give a child a phone &amp; ask for silence.</p>")],
            locale=english,
        ),
        [parents],
        [online],
    )
    add(
        for_parents,
        ResourcePage(
            title="When staff do wrong",
            slug="lado",
            summary="Talk to the local authority designated officer.",
            locale=english,
        ),
        [parents],
    )
    documents = add(home, DocumentIndexPage(title="Documents", slug="documents", locale=english))
    for year in (2020, 2024):
        page = add(
            documents,
            DocumentPage(
                title=f"Annual report {year}",
                slug=f"annual-report-{year}",
                kind="report",
                summary="What we did for children.",
                published_on=date(year, 9, 1),
                locale=english,
            ),
            [staff],
        )
        page.files.add(
            DocumentFile(document=make_document(f"Report {year}", f"Zebra crossing figures of {year}"), locale=english)
        )
        page.save()
    news = add(home, NewsIndexPage(title="News", slug="news", locale=english))
    add(
        news,
        NewsPage(title="A walk in the park", slug="walk", date=date(2024, 5, 1), summary="Join us.", locale=english),
        [parents],
    )
    return home


@pytest.fixture
def ask(site, client):
    """Fetch the search page with these parameters; gives the response, whose text is what a person reads."""

    def fetch(query_string="", language="en", **parameters):
        url = f"/{language}/search/"
        response = client.get(f"{url}?{query_string}" if query_string else url, parameters)
        response.text_ = response.content.decode()
        return response

    return fetch
