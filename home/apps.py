"""The public pages."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.registries.chores import Chore, chores
        from foundation.registries.review import ReviewProvider, review_providers
        from foundation.registries.roles import RoomPermissions, room_permissions

        from . import frame, newsletter, signals
        from .contact.built_forms import forget_old_answers
        from .permissions import BY_ROLE
        from .reports import due_until

        frame.register()
        newsletter.register()
        signals.connect()
        chores.register("home: forget answers to forms", Chore(forget_old_answers))
        review_providers.register("home", ReviewProvider(due_until))
        room_permissions.register("home", RoomPermissions(BY_ROLE))
