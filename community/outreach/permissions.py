"""What outreach lets each role do."""

from foundation.registries.roles import RoomPermissions, room_permissions

SEE = "outreach.view_note"
"""The cockpit, the lists behind it, and the figures: no child, no concern, no person who booked."""
WRITE = "outreach.add_note"
RUN_CAMPAIGNS = "outreach.change_campaign"


def register_permissions() -> None:
    """Outreach officers do the work; registry officers read what was agreed with a setting."""
    notes = tuple(f"outreach.{verb}_note" for verb in ("add", "change", "delete", "view"))
    campaigns = tuple(f"outreach.{verb}_campaign" for verb in ("add", "change", "delete", "view"))
    room_permissions.register(
        "outreach",
        RoomPermissions(by_role={"outreach-officer": (*notes, *campaigns), "registry-officer": (SEE,)}),
    )
