"""Language versions of pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from home.models import InformationPage
from tests.factories.pages import a_home_page, a_page, a_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    home = a_home_page()
    about = a_page(InformationPage, under=home, slug="about", last_published_at=timezone.now())
    bn_home = a_version(home, "bn")
    return about, a_version(about, "bn", parent=bn_home, translated_at=timezone.now())


def test_the_switcher_offers_only_versions_that_exist(client: Client, pages):
    codes = [version.code for version in client.get("/en/about/").context["alternates"]]
    assert codes == ["en", "bn"]
    Page.objects.filter(pk=pages[1].pk).update(live=False)
    client.get("/en/")
    from django.core.cache import caches

    caches["pages"].clear()
    codes = [version.code for version in client.get("/en/about/").context["alternates"]]
    assert codes == ["en"]


def test_every_version_names_the_others_for_search_engines(client: Client, pages):
    text = client.get("/bn/about/").text
    assert 'hreflang="en"' in text
    assert 'lang="bn"' in text


def test_a_reader_is_told_when_the_english_changed_after_the_translation(client: Client, pages):
    about, _translated = pages
    assert client.get("/bn/about/").context["english_changed_at"] is None
    later = timezone.now() + timedelta(days=1)
    Page.objects.filter(pk=about.pk).update(last_published_at=later)
    from django.core.cache import caches

    caches["pages"].clear()
    assert client.get("/bn/about/").context["english_changed_at"] == later


def test_a_translation_is_unchecked_until_somebody_says_so(client: Client, pages):
    assert pages[1].is_unchecked_translation
    assert not pages[0].is_unchecked_translation
    pages[1].translation_checked = True
    assert not pages[1].is_unchecked_translation


def test_publishing_a_translation_without_a_date_gives_it_today(pages):
    translated = pages[1]
    translated.translated_at = None
    translated.save_revision().publish()
    translated.refresh_from_db()
    assert translated.translated_at is not None
