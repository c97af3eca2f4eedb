"""A prepared query answers as the query that it was made from, whatever the values."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from home.models import AudiencePage, EventPage, NewsPage
from home.selectors.prepared import Prepared
from tests.factories.pages import a_home_page, a_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return a_home_page()


def test_numbers_texts_and_groups_find_what_the_query_finds(home):
    pages = [a_page(NewsPage, under=home, slug=f"news-{number}") for number in range(3)]
    by_key = Prepared(lambda pk, slug: NewsPage.objects.filter(pk=pk, slug=slug).values_list("title", "date"))
    of_group = Prepared(lambda group: Page.objects.filter(translation_key=group).values_list("pk", "translation_key"))
    for page in pages:
        assert by_key.rows(pk=page.pk, slug=page.slug) == [(page.title, page.date)]
        assert of_group.rows(group=page.translation_key) == [(page.pk, page.translation_key)]
    assert by_key.rows(pk=pages[0].pk, slug="another") == []


def test_a_quotation_mark_in_a_value_is_a_letter_like_any_other(home):
    a_page(NewsPage, under=home, slug="news", title='It\'s 100% "safe"; --')
    titled = Prepared(lambda title: NewsPage.objects.filter(title=title).values_list("slug"))
    assert titled.rows(title='It\'s 100% "safe"; --') == [("news",)]
    assert titled.rows(title="' OR 1=1 --") == []


def test_moments_are_compared_as_moments(home):
    now = timezone.now()
    for name, days in (("past", -1), ("coming", 1)):
        a_page(EventPage, under=home, slug=name, starts_at=now + timedelta(days=days))
    after = Prepared(lambda moment: EventPage.objects.filter(starts_at__gte=moment).values_list("slug"))
    assert after.rows(moment=now) == [("coming",)]
    assert len(after.rows(moment=now - timedelta(days=2))) == 2


def test_lists_of_any_length_and_with_the_same_value_twice(home):
    keys = [a_page(NewsPage, under=home, slug=f"news-{number}").pk for number in range(4)]
    among = Prepared(lambda keys: NewsPage.objects.filter(pk__in=keys).order_by("pk").values_list("pk"))
    for wanted in (keys[:1], keys[:3], keys[1:], [keys[0], keys[0]]):
        assert among.rows(keys=wanted) == [(key,) for key in sorted(set(wanted))]


def test_objects_come_with_their_relations_and_leave_out_what_was_left_out(home, django_assert_num_queries):
    page = a_page(AudiencePage, under=home, slug="parents")
    query = Prepared(
        lambda pk: AudiencePage.objects.filter(pk=pk).select_related("locale").annotate(twice=F("depth") * 2)
    )
    with django_assert_num_queries(1):
        found = next(query.objects(pk=page.pk))
        assert (found, found.locale.language_code, found.twice) == (page, "en", page.depth * 2)
    light = Prepared(lambda pk: Page.objects.filter(pk=pk).only("title"))
    assert "slug" in next(light.objects(pk=page.pk)).get_deferred_fields()


def test_a_value_that_does_not_stand_in_the_sql_as_it_is_is_refused(home):
    below = Prepared(lambda word: Page.objects.filter(title__contains=word).values_list("pk"))
    with pytest.raises(ValueError, match="do not stand in the SQL"):
        below.rows(word="news")
