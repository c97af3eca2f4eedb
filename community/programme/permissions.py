"""What the programme lets each role do."""

from foundation.registries.roles import RoomPermissions, room_permissions

RUN = "programme.change_coursedate"
"""Put up dates, see who comes, mark who came."""
PEOPLE = "programme.view_booking"
RESULTS = "programme.view_round"


def _all(*models: str) -> tuple[str, ...]:
    return tuple(f"programme.{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view"))


_OFFICER = (
    *_all("course", "coursedate", "level"),
    "programme.add_booking", "programme.change_booking", PEOPLE, RESULTS, "programme.view_remark",
    "programme.delete_remark",
)  # fmt: skip


def register_permissions() -> None:
    """Outreach officers hold the programme; administrators keep the list of levels."""
    room_permissions.register(
        "programme",
        RoomPermissions(by_role={"outreach-officer": _OFFICER, "administrator": _all("level")}),
    )
