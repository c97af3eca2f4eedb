"""Joins the directory to the rest: what draws its index anew, and what it gives to other rooms."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from foundation.partnership.models import Ward
from foundation.registries.chores import Chore, chores
from foundation.registries.demo import DemoPart, demo_parts
from foundation.registries.frame import FrameProvider, frame_providers
from foundation.registries.search import SearchProvider, search_providers
from foundation.registries.sitemaps import sitemap_providers

from ..places.demo import load_places
from ..places.models import SchoolTerm
from ..places.terms import forget_terms
from ..quality.models import AwardScheme
from ..register.models import ListEntry
from ..signals import snapshot_published, state_changed
from .indexing import forget_unused_words, index_setting, is_waiting
from .options import forget_options
from .site_search import find_settings
from .sitemap import public_addresses
from .synonyms import forget_synonyms


def connect() -> None:
    """Listen, once."""
    snapshot_published.connect(_draw_anew, dispatch_uid="directory-snapshot")
    state_changed.connect(_draw_anew, dispatch_uid="directory-state")
    for model in (AwardScheme, ListEntry, SchoolTerm, Ward):
        for signal in (post_save, post_delete):
            signal.connect(_list_changed, sender=model, dispatch_uid=f"directory-list-{model.__name__}-{id(signal)}")
    search_providers.register("settings", SearchProvider(kind="setting", label="Clubs and classes", find=find_settings))
    frame_providers.register("community", FrameProvider(urls_for=_frame_urls))
    sitemap_providers.register("community", public_addresses)
    chores.register("directory words", Chore(forget_unused_words))
    # Of the demonstration alone: another partnership imports the postcodes of its own area.
    demo_parts.register("community 0: postcodes and school terms", DemoPart(load_places))


def _frame_urls(request: HttpRequest, language: str) -> dict[str, str]:
    """Where the menu and the home page lead to the clubs."""
    with translation.override(language):
        return {"clubs": reverse("community:directory")}


def _draw_anew(setting_id: Any, **_kwargs: Any) -> None:
    if not is_waiting():
        index_setting(setting_id=setting_id)


def _list_changed(**_kwargs: Any) -> None:
    transaction.on_commit(_forget_lists)


def _forget_lists() -> None:
    forget_options()
    forget_synonyms()
    forget_terms()
