"""Undoing a change of the working copy: the field goes back to what parents see.

Only what the snapshot holds can come back. The address behind a home, or how many people work there, was never in it;
such a change stays, and its owner changes it by hand.
"""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from foundation.audit import services as audit
from foundation.partnership.models import Ward

from ...errors import ChangedMeanwhile, RegistryError
from ..document import Change, build_document, changes_between, is_child
from ..enums import VenueKind
from ..merging import fingerprint
from ..models import Activity, Postcode, Session, Setting, Venue
from .records import StillInUse, lock

_OF_SETTING = {
    "name": "name", "types": "types", "summary": "summary", "description": "description", "established": "established",
    "faith_tradition": "faith_tradition", "languages": "languages", "legal.form": "legal_form",
    "legal.name": "legal_name", "legal.charity_number": "charity_number", "legal.company_number": "company_number",
    "ofsted.register": "ofsted_register", "ofsted.urn": "ofsted_urn", "send.tags": "send_tags", "send.text": "send_text",
    "contact.email": "public_email", "contact.phone": "public_phone", "contact.website": "website",
    "notice.text": "notice", "notice.temporarily_closed": "temporarily_closed", "notice.reopens_on": "reopens_on",
}  # fmt: skip
_VENUE_PLACE = {"kind", "name", "address", "postcode", "outward", "easting", "northing", "ward", "directions"}
_KINDS: dict[str, type[models.Model]] = {"activities": Activity, "venues": Venue, "sessions": Session}


class CannotBeUndone(RegistryError):
    """What parents see does not say enough to put the old value back."""

    def __init__(self) -> None:
        super().__init__(_("We cannot put this back for you. Please change it by hand."))


def can_be_undone(change: Change) -> bool:
    """Whether `undo_change` may put this back; a removal is not a change that officers refuse."""
    if change.is_removal:
        return False
    if is_child(change.path) or change.path in _OF_SETTING or change.path == "roles":
        return True
    return change.path.startswith(("activities.", "venues.", "sessions."))


def mark_of(change: Change) -> str:
    """A short mark of what the working copy says now, so that nothing is undone that a colleague wrote meanwhile."""
    return fingerprint(_plain(change.new))


@transaction.atomic
def undo_change(*, setting: Setting, path: str, seen: str, by: Any) -> None:
    """Put one changed field of the working copy back to what the published page says; an added part is removed.

    Args:
        seen: `mark_of` the change that the person saw.

    Raises:
        ChangedMeanwhile: there is no such change any more, or it says something else now.
        CannotBeUndone: the published page does not hold what it would take.
        StillInUse: sessions happen at the venue that would go.
        NotEditable: the record is with the partnership, or has ended.
    """
    locked = lock(setting)
    if locked.published is None:
        raise CannotBeUndone
    public = locked.published.document
    change = next((each for each in changes_between(public, build_document(locked)) if each.path == path), None)
    if change is None or mark_of(change) != seen:
        raise ChangedMeanwhile
    if not can_be_undone(change):
        raise CannotBeUndone
    try:
        with transaction.atomic():
            _put_back(locked, change, public)
    except ValidationError as error:
        raise CannotBeUndone from error
    if any(each.path == path for each in changes_between(public, build_document(locked))):
        raise CannotBeUndone
    locked.version += 1
    locked.save(update_fields=["version", "updated_at"])
    audit.record(action="community.undo", actor=by, subject=setting, facts={"path": path})


def _put_back(setting: Setting, change: Change, public: Mapping[str, Any]) -> None:
    if change.path == "roles":
        setting.safeguarding_contacts.update(show_role_publicly=False)
        setting.safeguarding_contacts.filter(role__in=change.old or []).update(show_role_publicly=True)
    elif change.path in _OF_SETTING:
        name = _OF_SETTING[change.path]
        setattr(setting, name, _value(setting, name, change.old))
        setting.save(update_fields=[name, "updated_at"])
    else:
        _put_back_part(setting, change, public)


def _put_back_part(setting: Setting, change: Change, public: Mapping[str, Any]) -> None:
    head, key, *rest = change.path.split(".")
    owner = {"activity__setting": setting} if head == "sessions" else {"setting": setting}
    part = _KINDS[head]._default_manager.filter(pk=key, **owner).first()
    if part is None:
        raise ChangedMeanwhile
    if not rest:
        if isinstance(part, Venue) and part.sessions.exists():
            raise StillInUse(_("Sessions happen here. Move or remove them first."))
        part.delete()
        return
    old = public[head][key]
    fields = {rest[0]}
    if isinstance(part, Venue) and rest[0] in _VENUE_PLACE:
        # A place comes back whole: the old street with the new postcode would be neither.
        fields = _VENUE_PLACE
    # The kind first: what may be written to the other fields depends on it.
    for field in sorted(fields, key=lambda name: (name != "kind", name)):
        _SETTERS.get((head, field), _set_plain)(setting, part, field, old.get(field))
    part.validate_constraints()
    part.save()


def _set_plain(_setting: Setting, part: models.Model, field: str, value: Any) -> None:
    setattr(part, field, _value(part, field, value))


def _set_nothing(_setting: Setting, part: models.Model, field: str, value: Any) -> None:
    """Follows from the postcode."""


def _set_address(_setting: Setting, part: Any, field: str, value: Any) -> None:
    # What is public of a home is empty; its real address stays as it is.
    if part.kind != VenueKind.HOME:
        part.address_lines = "\n".join(value or [])


def _set_name(_setting: Setting, part: Any, field: str, value: Any) -> None:
    if part.kind != VenueKind.HOME:
        setattr(part, field, value or "")


def _set_postcode(_setting: Setting, part: Any, field: str, value: Any) -> None:
    if part.kind == VenueKind.HOME:
        return
    row = Postcode.objects.filter(code=value).first() if value else None
    part.postcode = value or ""
    part.easting, part.northing = (row.easting, row.northing) if row else (None, None)


def _set_ward(_setting: Setting, part: Any, field: str, value: Any) -> None:
    if part.kind != VenueKind.HOME:
        part.ward = Ward.objects.filter(name=value).first() if value else None


def _set_access(_setting: Setting, part: Any, field: str, value: Any) -> None:
    part.access_tags = value or []


def _set_venue(setting: Setting, part: Any, field: str, value: Any) -> None:
    part.venue = _own(setting.venues, value)


def _set_activity(setting: Setting, part: Any, field: str, value: Any) -> None:
    part.activity = _own(setting.activities, value)


def _own(parts: Any, key: str) -> Any:
    found = parts.filter(pk=key).first()
    if found is None:
        raise CannotBeUndone
    return found


_SETTERS: dict[tuple[str, str], Callable[[Setting, Any, str, Any], None]] = {
    ("venues", "address"): _set_address,
    ("venues", "name"): _set_name,
    ("venues", "directions"): _set_name,
    ("venues", "postcode"): _set_postcode,
    ("venues", "ward"): _set_ward,
    ("venues", "access"): _set_access,
    ("venues", "outward"): _set_nothing,
    ("venues", "easting"): _set_nothing,
    ("venues", "northing"): _set_nothing,
    ("sessions", "venue"): _set_venue,
    ("sessions", "activity"): _set_activity,
}


def _value(row: models.Model, name: str, value: Any) -> Any:
    """A value of the document as its column holds it."""
    field = row._meta.get_field(name)
    if value is None:
        return None
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    if isinstance(field, models.TimeField):
        return time.fromisoformat(value)
    if isinstance(field, models.DecimalField):
        return Decimal(value)
    return value


def _plain(value: Any) -> Any:
    """A whole part is compared by its fields in order."""
    return sorted(f"{key}={each}" for key, each in value.items()) if isinstance(value, dict) else value
