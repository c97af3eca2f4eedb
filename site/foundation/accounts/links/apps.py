"""Links that sign somebody in."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "foundation.accounts.links"
    label = "links"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.registries.backups import BackupExclusion, backup_exclusions
        from foundation.registries.chores import Chore, chores

        from .services import forget_old_links

        chores.register("links: forget old sign-in links", Chore(forget_old_links))
        backup_exclusions.register(
            "links", BackupExclusion("links_signinlink", "Who asked to sign in is forgotten after a day.")
        )
