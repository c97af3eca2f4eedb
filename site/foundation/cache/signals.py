"""What makes kept pages old: any change to a page, a snippet, a setting, a picture, a document, a redirect."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Page, PageViewRestriction, Site, TranslatableMixin
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail.snippets.models import get_snippet_models
from wagtailmedia.models import AbstractMedia

from .generation import bump_on_commit

_SHOWN = (
    Page,
    BaseSiteSetting,
    BaseGenericSetting,
    AbstractImage,
    AbstractDocument,
    AbstractMedia,
    Redirect,
    Site,
    Locale,
    PageViewRestriction,
    TranslatableMixin,
)
# Fields that a saved draft writes; what the public sees is as before.
_DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
}


def is_shown(model: type[Model]) -> bool:
    """Whether the public's pages show rows of this model.

    Rooms with models of their own say `shown_on_pages = True` on the class; everything of Wagtail's is known here.
    """
    if getattr(model, "shown_on_pages", False) or model._meta.app_label == "partnership":
        return True
    return issubclass(model, _SHOWN) or model in get_snippet_models()


def _changed(sender: type[Model], update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if kwargs.get("raw") or not is_shown(sender):
        return
    if update_fields is not None and issubclass(sender, Page) and set(update_fields) <= _DRAFT_FIELDS:
        return
    bump_on_commit()


def _page_changed(**_kwargs: Any) -> None:
    bump_on_commit()


def _links_changed(instance: Any, action: str, **_kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, Model) and is_shown(type(instance)):
        bump_on_commit()


def connect() -> None:
    """Listen, once."""
    post_save.connect(_changed, dispatch_uid="page-cache-save")
    post_delete.connect(_changed, dispatch_uid="page-cache-delete")
    m2m_changed.connect(_links_changed, dispatch_uid="page-cache-m2m")
    for name, signal in {
        "published": page_published,
        "unpublished": page_unpublished,
        "slug": page_slug_changed,
        "moved": post_page_move,
    }.items():
        signal.connect(_page_changed, dispatch_uid=f"page-cache-{name}")
