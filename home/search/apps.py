"""Search over pages, documents and what other rooms offer."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "home.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import signals

        signals.connect()
