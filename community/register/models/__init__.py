"""The record of a setting, and what hangs on it."""

from .activities import Activity, Session
from .contacts import Invitation, Membership, PeopleCheckSummary, SafeguardingContact
from .lists import ListEntry
from .settings import Setting
from .snapshots import Snapshot
from .venues import Postcode, Venue

__all__ = [
    "Activity",
    "Invitation",
    "ListEntry",
    "Membership",
    "PeopleCheckSummary",
    "Postcode",
    "SafeguardingContact",
    "Session",
    "Setting",
    "Snapshot",
    "Venue",
]
