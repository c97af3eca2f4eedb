"""What the newsletter lets each role do."""

from foundation.registries.roles import RoomPermissions, room_permissions

SEND = "newsletter.send_issue"


def _all(*models: str) -> tuple[str, ...]:
    return tuple(f"newsletter.{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view"))


def register_permissions() -> None:
    """Outreach officers write and send; Administrators change the settings and read no contact."""
    room_permissions.register(
        "newsletter",
        RoomPermissions(
            by_role={
                "outreach-officer": (SEND, *_all("contact", "segment", "issue", "article")),
                "administrator": ("newsletter.change_newslettersettings",),
            }
        ),
    )
