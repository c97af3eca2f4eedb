"""How much care a changed field needs before the public sees it.

Only values from a closed list (times, price, places, shut for now) publish unreviewed, and removing anything is always
at once; free text never publishes unreviewed. What safety depends on also reopens the checks that it touches.
"""

import re
from enum import StrEnum
from typing import Any

from .document import Change
from .enums import Mode, VenueKind
from .places import KILOMETRE


class EditClass(StrEnum):
    """In rising order of care."""

    INSTANT = "instant"
    MODERATED = "moderated"
    RECHECK = "recheck"


_ID = r"[0-9a-f-]{36}"
_INSTANT = re.compile(
    rf"^(notice\.(temporarily_closed|reopens_on)"
    rf"|activities\.{_ID}\.(places|cost_type|cost_amount|cost_unit|tax_free_childcare|order)"
    rf"|sessions\.{_ID}\.(weekday|starts|ends|season|valid_from|valid_to|dates)"
    rf"|sessions\.{_ID})$"
)
_RECHECK_VENUE = re.compile(rf"^venues\.{_ID}\.(kind|address|postcode|outward|easting|northing)$")
UNDER_EIGHT = 8


def topics_to_recheck(change: Change) -> set[str]:
    """Which safety topics a change touches: venue, owner, u8, 1to1, online, home. Empty for most changes."""
    topics: set[str] = set()
    if change.is_removal:
        return topics
    if change.path.startswith("legal."):
        topics.add("owner")
    if change.path.startswith("venues."):
        topics |= _venue_topics(change)
    if change.path.startswith("activities."):
        topics |= _activity_topics(change)
    return topics


def _venue_topics(change: Change) -> set[str]:
    kind = change.new.get("kind") if change.is_addition else change.new if change.path.endswith(".kind") else None
    topics = {"venue"} if change.is_addition or _RECHECK_VENUE.match(change.path) else set()
    if kind == VenueKind.HOME:
        topics.add("home")
    if kind == VenueKind.ONLINE:
        topics.add("online")
    return topics


def _activity_topics(change: Change) -> set[str]:
    fields: dict[str, Any] = change.new if change.is_addition else {change.path.rsplit(".", 1)[-1]: change.new}
    topics = set()
    if fields.get("mode") == Mode.ONE_TO_ONE:
        topics.add("1to1")
    if fields.get("mode") == Mode.ONLINE:
        topics.add("online")
    old_youngest = UNDER_EIGHT if change.is_addition else change.old
    if "age_min" in fields and fields["age_min"] < UNDER_EIGHT <= (old_youngest or 0):
        topics.add("u8")
    return topics


def edit_class(change: Change) -> EditClass:
    """The care that this change needs."""
    if change.is_removal or _hides_the_place(change):
        return EditClass.INSTANT
    if topics_to_recheck(change):
        return EditClass.RECHECK
    return EditClass.INSTANT if _INSTANT.match(change.path) or _only_takes_away(change) else EditClass.MODERATED


def _hides_the_place(change: Change) -> bool:
    """Whether a place tells less of where it is: a hall whose owner says that it is a home must not stand before the public
    with its address until somebody has read that. Nobody types a position; one on whole kilometres is a district's middle."""
    if not _RECHECK_VENUE.match(change.path):
        return False
    name = change.path.rpartition(".")[2]
    if name in {"easting", "northing"}:
        return change.new is None or change.new % KILOMETRE == 0
    return name in {"address", "postcode", "outward"} and not change.new


def _only_takes_away(change: Change) -> bool:
    """Whether the public reads less than before and nothing new: a phone number taken off, a kind that is not done any
    more. What a record cannot be without is never empty here, for its form asks for it."""
    if change.old in ("", None, []):
        return False
    if change.new in ("", None, []):
        return True
    return isinstance(change.old, list) and isinstance(change.new, list) and set(change.new) < set(change.old)
