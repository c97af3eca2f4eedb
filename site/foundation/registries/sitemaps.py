"""Sitemap providers: a room whose public addresses are no Wagtail pages tells the sitemap which there are now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .base import Registry


@dataclass(frozen=True)
class SitemapEntry:
    """One public address, as a path from the root of the site."""

    path: str
    changed_at: datetime | None = None


sitemap_providers: Registry[Callable[[], list[SitemapEntry]]] = Registry("public addresses for the sitemap")
