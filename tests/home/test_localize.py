"""Translations made in the admin, by wagtail-localize."""

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from home.models import InformationPage
from tests.factories.pages import a_home_page, a_page, a_version, with_body

pytestmark = pytest.mark.django_db


def test_new_english_text_makes_a_translation_unchecked_and_dates_it_anew(django_capture_on_commit_callbacks):
    home = a_home_page()
    a_version(home, "bn")
    about = a_page(InformationPage, under=home, slug="about", title="About us")
    with_body(about, ("text", "<p>Hello</p>"))
    locale = Locale.objects.get(language_code="bn")
    source, _created = TranslationSource.get_or_create_from_instance(about)
    translation = Translation.objects.create(source=source, target_locale=locale)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    version = InformationPage.objects.get(locale=locale)
    assert version.translated_at is not None
    InformationPage.objects.filter(pk=version.pk).update(translation_checked=True)
    first = version.translated_at

    with_body(about, ("text", "<p>Hello again</p>"))
    source.update_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    version.refresh_from_db()
    assert not version.translation_checked
    assert version.translated_at > first
    assert version.translated_at <= timezone.now()
    assert Page.objects.get(pk=version.pk).live
