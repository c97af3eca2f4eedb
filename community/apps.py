"""The registry of out-of-school settings, and outreach."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "community"
    label = "community"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .directory import wiring as directory

        directory.connect()

        from .register import listeners as register_listeners

        register_listeners.connect()

        from .register import own_area

        own_area.connect()

        from .moderation.services import reshaping, returning

        reshaping.connect()
        returning.connect()

        from .clocks import wiring as clocks

        clocks.connect()

        from .quality import wiring as quality

        quality.connect()

        from .launch import wiring as launch

        launch.connect()

        from .demo import wiring as demo

        demo.connect()

        from . import personal

        personal.connect()

        from .moderation.permissions import register_permissions

        register_permissions()
