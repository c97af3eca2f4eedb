"""Images, documents and videos that editors upload."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "foundation.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.registries.chores import Chore, chores

        from . import signals
        from .held import release_what_was_left

        signals.connect()
        chores.register("media: open files whose page is public", Chore(release_what_was_left))
