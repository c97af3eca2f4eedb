"""What follows when a page is published."""

from typing import Any

from django.utils import timezone
from wagtail.signals import page_published

from .models import BasePage


def _date_translation(instance: Any, **_kwargs: Any) -> None:
    """A translation that does not say which English text it follows follows that of this moment.

    wagtail-localize empties the field when it brings new English text into the translation, so it is set anew then.
    """
    if isinstance(instance, BasePage) and instance.is_translation and instance.translated_at is None:
        instance.translated_at = timezone.now()
        type(instance)._default_manager.filter(pk=instance.pk).update(translated_at=instance.translated_at)


def connect() -> None:
    """Called when the apps are ready."""
    page_published.connect(_date_translation, dispatch_uid="home-date-translation")
