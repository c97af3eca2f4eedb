"""Who may plan and publish releases. Nobody has a permission for cells, true counts or the ledger: no screen shows them."""

from foundation.registries.roles import RoomPermissions, room_permissions

SEE = "surveys.view_release"
EDIT = "surveys.change_release"


def register_permissions() -> None:
    """Survey managers plan and publish; administrators look."""
    managed = tuple(f"surveys.{verb}_release" for verb in ("add", "change", "view"))
    words = ("surveys.change_youngadvisorwords",)
    room_permissions.register(
        "surveys-release",
        RoomPermissions(by_role={"survey-manager": (*managed, *words), "administrator": (SEE,)}),
    )
