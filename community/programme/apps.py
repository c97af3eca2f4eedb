"""Forums, training and briefings."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "community.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import wiring

        wiring.connect()
