"""What the registry lets each role do, and in which capacity a person acts in the state table."""

from typing import Any

from django.core.exceptions import PermissionDenied

from foundation.registries.roles import RoomPermissions, room_permissions
from foundation.registries.trail import PrivateEntries, private_entries

from .states import Who

REVIEW = "community.review_setting"
SUSPEND = "community.suspend_setting"
RESTRICTED = "community.view_restricted"
CONCERNS = "community.view_concernflag"
STANDARD = "community.change_checklistitem"


def _all(*models: str) -> tuple[str, ...]:
    return tuple(f"community.{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view"))


_OFFICER = (
    REVIEW, SUSPEND, RESTRICTED, "community.view_setting", "community.view_changerequest",
    "community.view_listingreport", "community.change_listingreport", "community.view_lead", "community.change_lead",
    "community.view_evidencefile", "community.change_evidencefile", "community.view_evidencecheck",
    "community.add_evidencecheck", "community.change_evidencecheck", "community.view_award", "community.add_award",
    "community.change_award", "community.view_listentry", "community.add_listentry", "community.change_listentry",
    "community.view_schoolterm", "community.add_schoolterm", "community.change_schoolterm",
    "community.delete_schoolterm",
)  # fmt: skip
_LEAD = (*_OFFICER, "community.add_concernflag", "community.change_concernflag", CONCERNS)
_ADMINISTRATOR = _all("standardversion", "checklistitem", "awardscheme", "listentry", "schoolterm")


def register_permissions() -> None:
    """Tell the roles what the registry gives them. Administrators change the standard, and see no concern: neither on a
    screen nor in the audit trail, where each step about one is written."""
    for actions in ("community.concern", "community.view_concern", "community.told_of_suspension"):
        private_entries.register(actions, PrivateEntries(actions, CONCERNS))
    # Their reasons may be about a concern: whoever reads them on the record's own page reads them here.
    for actions in ("community.suspend", "community.lift", "community.propose_"):
        private_entries.register(actions, PrivateEntries(actions, REVIEW))
    room_permissions.register(
        "community",
        RoomPermissions(
            by_role={
                "registry-officer": _OFFICER,
                "safeguarding-lead": _LEAD,
                "administrator": _ADMINISTRATOR,
            }
        ),
    )


def acts_as(user: Any) -> Who:
    """In which capacity this person of the partnership takes a step.

    Raises:
        PermissionDenied: in none.
    """
    if user.has_perm(CONCERNS):
        return Who.LEAD
    if user.has_perm(REVIEW):
        return Who.OFFICER
    raise PermissionDenied
