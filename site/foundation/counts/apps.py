"""How often pages are read, without knowing by whom."""

from django.apps import AppConfig


class CountsConfig(AppConfig):
    name = "foundation.counts"
    label = "counts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.registries.chores import Chore, chores
        from foundation.registries.roles import RoomPermissions, room_permissions

        from .links import check_links
        from .services import forget_old_counts

        chores.register("counts: forget what is past its time", Chore(forget_old_counts))
        chores.register("counts: look for broken links", Chore(check_links))
        may_read = ("counts.view_pagecount",)
        room_permissions.register(
            "counts", RoomPermissions({"editor": may_read, "publisher": may_read, "administrator": may_read})
        )
