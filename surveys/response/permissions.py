"""Who looks after findings. Members of a subgroup need no permission: their seat says what they may write."""

from foundation.registries.roles import RoomPermissions, room_permissions

SEE = "surveys.view_finding"
EDIT = "surveys.change_finding"


def register_permissions() -> None:
    """Survey managers write and publish; administrators look."""
    managed = tuple(
        f"surveys.{verb}_{model}" for model in ("finding", "response") for verb in ("add", "change", "view")
    )
    room_permissions.register(
        "surveys-response", RoomPermissions(by_role={"survey-manager": managed, "administrator": (SEE,)})
    )
