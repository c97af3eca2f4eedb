"""Translating is an editor's work; putting a translation in front of the public is a publisher's."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from home.models import InformationPage
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page, a_page, a_version, with_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> InformationPage:
    home = a_home_page()
    a_version(home, "bn")
    page = a_page(InformationPage, under=home, slug="about", title="About us")
    return with_body(page, ("text", "<p>Hello</p>"))


def translated(page: Page) -> Page | None:
    return Page.objects.filter(translation_key=page.translation_key, locale__language_code="bn").first()


@pytest.fixture
def submit(django_capture_on_commit_callbacks):
    """Asks for a translation, as the admin's form does. wagtail-localize publishes after the commit."""

    def post(client: Client, page: Page) -> None:
        locale = Locale.objects.get(language_code="bn")
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(f"/admin/localize/submit/page/{page.pk}/", {"locales": [locale.pk]})
        assert response.status_code == 302

    return post


@pytest.fixture
def update(django_capture_on_commit_callbacks):
    def post(client: Client, page: Page, **fields: str) -> str:
        source = TranslationSource.objects.get_for_instance(page)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/admin/localize/update/{source.pk}/", fields).url

    return post


@pytest.mark.parametrize("role", ["Editor", "Publisher"])
def test_a_translation_begins_as_a_draft(client: Client, about, submit, role):
    sign_in(client, holder_of(role))
    submit(client, about)
    version = translated(about)
    assert version is not None
    assert not version.live


@pytest.mark.parametrize(("role", "is_published"), [("Editor", False), ("Publisher", True)])
def test_only_who_may_publish_publishes_by_way_of_an_update(client: Client, about, submit, update, role, is_published):
    sign_in(client, holder_of(role))
    submit(client, about)
    led_to = update(client, about, publish_translations="on")
    assert translated(about).live is is_published
    # Wagtail's answer to somebody who may not is its first page, with a message.
    assert (led_to == reverse("wagtailadmin_home")) is not is_published


def test_an_editor_may_bring_translations_up_to_date_without_publishing(client: Client, about, submit, update):
    sign_in(client, holder_of("Editor"))
    submit(client, about)
    source = TranslationSource.objects.get_for_instance(about)
    assert client.get(f"/admin/localize/update/{source.pk}/").status_code == 200
    assert update(client, about) != reverse("wagtailadmin_home")
    assert not translated(about).live
    assert Translation.objects.count() == 1
    assert StringSegment.objects.exists()
