"""The page cache."""

from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "foundation.cache"
    label = "page_cache"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .signals import connect

        connect()
