"""The newsletter: an app of its own inside the community room."""

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "community.newsletter"
    label = "newsletter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import wiring

        wiring.connect()
