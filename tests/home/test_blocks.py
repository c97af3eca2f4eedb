"""What blocks read and draw: chosen pages in the editor's order, numbers that keep theirs, and every edit at once."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from wagtail.models import Page

from foundation.partnership.models import Helpline
from home.blocks.choosers import CardPageBlock, HelplineBlock
from home.models import Audience, AudiencePage, InformationPage, ResourcePage, Topic
from tests.factories.pages import a_home_page, a_page, a_version, with_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return a_home_page()


@pytest.fixture
def edited(django_capture_on_commit_callbacks):
    """As an edit that is committed. What was put off before, which a test never commits, would stand in its way."""

    @contextmanager
    def commits():
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return commits


def test_chosen_pages_come_in_order_and_what_is_gone_is_none(home, django_assert_num_queries):
    one, two = a_page(InformationPage, under=home), a_page(InformationPage, under=home)
    block = CardPageBlock()
    block.bulk_to_python([one.pk])
    with django_assert_num_queries(1):
        found = block.bulk_to_python([two.pk, None, one.pk, 987_654, two.pk])
        assert [page and (page.pk, page.title, page.live) for page in found] == [
            (two.pk, two.title, True), None, (one.pk, one.title, True), None, (two.pk, two.title, True),
        ]  # fmt: skip
    assert found[0] is not found[4]
    assert block.bulk_to_python([None]) == [None]
    assert block.bulk_to_python([]) == []


def test_a_chosen_page_has_all_that_a_page_has(home):
    page = a_page(InformationPage, under=home, seo_title="For machines")
    (found,) = CardPageBlock().bulk_to_python([page.pk])
    assert found.seo_title == "For machines"
    assert found.specific == page


def test_chosen_helplines_are_helplines(home):
    line = Helpline.objects.create(key="line", name="A line", phone="0800 1111")
    assert HelplineBlock("partnership.Helpline").bulk_to_python([line.pk, None]) == [line, None]


def test_migrations_know_the_blocks_by_what_they_stand_for():
    assert CardPageBlock().deconstruct()[0] == "wagtail.blocks.PageChooserBlock"
    assert HelplineBlock("partnership.Helpline").deconstruct()[0] == "wagtail.snippets.blocks.SnippetChooserBlock"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", {"title": "", "items": [{"title": "One", "text": "<p>Call 0800 1111 now</p>"}]}),
        ("questions", {"title": "", "items": [{"question": "Who?", "answer": "<p>Call 0800 1111 now</p>"}]}),
    ],
)
def test_numbers_keep_their_order_from_right_to_left(home, name, value):
    arabic = a_version(home, "ar")
    page = with_body(a_page(InformationPage, under=arabic, locale=arabic.locale), (name, value))
    assert 'Call <bdi dir="ltr">0800 1111</bdi> now' in Client().get(page.url).text


def test_a_card_follows_its_page_at_once(home, edited):
    target = a_page(InformationPage, under=home, title="Target", slug="target")
    card = {"title": "A card", "text": "Words", "page": target.pk, "url": ""}
    page = with_body(a_page(InformationPage, under=home), ("cards", {"title": "", "items": [card]}))
    assert 'href="/en/target/"' in Client().get(page.url).text
    with edited():
        target.slug = "moved"
        target.save()
    assert 'href="/en/moved/"' in Client().get(page.url).text
    with edited():
        Page.objects.get(pk=target.pk).unpublish()
    assert "A card" not in Client().get(page.url).text


def test_a_new_colour_of_an_audience_shows_at_once(home, edited):
    audience = Audience.objects.create(slug="parents", name="Parents", colour="sky")
    door = a_page(AudiencePage, under=home, audience=audience)
    card = {"title": "Parents", "text": "", "page": door.pk, "url": ""}
    with_body(home, ("cards", {"title": "", "items": [card]}))
    assert "cs-card--sky" in Client().get("/en/").text
    with edited():
        audience.colour = "peach"
        audience.save()
    assert "cs-card--peach" in Client().get("/en/").text


def test_labels_follow_the_page_in_their_order(home, edited):
    topics = [Topic.objects.create(slug=slug, name=slug, order=order) for order, slug in ((2, "later"), (1, "first"))]
    audience = a_page(AudiencePage, under=home)
    page = a_page(ResourcePage, under=audience)
    page.topics.set(topics)
    page.save()
    text = Client().get(page.url).text
    assert 0 < text.index("?topic=first") < text.index("?topic=later")
    with edited():
        page.topics.set(topics[:1])
        page.save()
    text = Client().get(page.url).text
    assert "?topic=first" not in text
    assert "?topic=later" in text
