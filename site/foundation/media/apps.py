"""Images, documents and videos that editors upload."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "foundation.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import signals

        signals.connect()
