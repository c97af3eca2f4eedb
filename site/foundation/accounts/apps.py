"""People who sign in: user, second factor, roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "foundation.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, page_trees, rekeying, staff_door, trail  # noqa: F401

        rekeying.connect()
