"""Outreach: whom we reach, notes on settings, campaigns."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "community.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import wiring

        wiring.connect()
