"""Young Advisors' review of drafts."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "home.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import signals, wiring

        signals.connect()
        wiring.connect()
