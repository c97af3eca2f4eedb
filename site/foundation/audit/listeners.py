"""What happens to pages and settings, written to the trail."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from .services import record


def _subject(page: Page) -> str:
    return f"{page.cached_content_type.app_label}.{page.cached_content_type.model}:{page.pk}"


@receiver(page_published)
def published(sender: Any, instance: Page, **kwargs: Any) -> None:
    record(
        action="pages.published",
        actor=getattr(kwargs.get("revision"), "user", None),
        subject=_subject(instance),
        facts={"revision": instance.live_revision_id},
    )


@receiver(page_unpublished)
def unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    record(action="pages.unpublished", subject=_subject(instance))


@receiver(post_page_move)
def moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    record(action="pages.moved", subject=_subject(instance))


@receiver(post_save)
def settings_saved(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    # A row made empty by the first read is no decision of anybody's.
    if isinstance(instance, BaseSiteSetting | BaseGenericSetting) and not created and not raw:
        record(action="settings.changed", subject=instance)
