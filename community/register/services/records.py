"""Writing the working copy of a record: each save writes the fields of one page, and nothing else."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...errors import RegistryError
from ...moderation.models import Matter
from ...moderation.services.matters import bring_up
from ...moderation.services.rechecks import reopen_checks
from ..enums import MembershipRole, SettingState, VenueKind
from ..merging import merged
from ..models import Activity, Membership, Postcode, SafeguardingContact, Session, Setting, Venue
from ..selectors.standing import standing_of

MOST_DRAFTS = 10
MOST = {Activity: 60, Venue: 30, Session: 300, SafeguardingContact: 3}
_SLUG_LETTERS = "bcdfghjkmnpqrstvwxz23456789"


class TooMany(RegistryError):
    """A record has more parts, or a person more drafts, than anybody needs."""


class StillInUse(RegistryError):
    """A venue cannot go while sessions happen there."""


class NotEditable(RegistryError):
    """The record is with the partnership, or has ended."""

    def __init__(self) -> None:
        super().__init__(_("You cannot change this record just now."))


@transaction.atomic
def start(*, name: str, by: Any, types: Iterable[str] = (), summary: str = "") -> Setting:
    """Begin a registration. Whether the partnership knows the name already makes no difference, and does not show.

    Raises:
        TooMany: the person has many drafts already.
    """
    drafts = Setting.objects.filter(memberships__user=by, state=SettingState.DRAFT).count()
    if drafts >= MOST_DRAFTS:
        raise TooMany(
            _("You have %(count)d registrations that are not finished. Finish or close one first.") % {"count": drafts}
        )
    setting = Setting.objects.create(name=name, slug=new_slug(name), types=list(types), summary=summary)
    Membership.objects.create(setting=setting, user=by, role=MembershipRole.OWNER)
    audit.record(action="community.start", actor=by, subject=setting)
    return setting


def new_slug(name: str) -> str:
    """An address for a name. It always ends in letters drawn by lot: a number after it would tell that the name is known."""
    ending = "".join(secrets.choice(_SLUG_LETTERS) for _ in range(4))
    return f"{slugify(name)[:60].strip('-') or 'setting'}-{ending}"


@transaction.atomic
def save_fields(
    *,
    setting: Setting,
    page: str,
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    by: Any,
    part: models.Model | None = None,
    keep_theirs: Iterable[str] = (),
) -> set[str]:
    """Write what one page asked, to the setting or to one of its parts; the names of the fields that changed.

    Args:
        page: key of the page, for the trail.
        seen: field -> fingerprint of what the person saw (`merging.fingerprints`).
        keep_theirs: fields where the person chose what somebody else saved meanwhile.

    Raises:
        ChangedMeanwhile: somebody saved another value of the same field; nothing is written.
        NotEditable: the record is with the partnership, or has ended.
        ValidationError: the values do not fit together (with what somebody else saved, too).
        ObjectDoesNotExist: the part was removed meanwhile.
    """
    locked = lock(setting)
    target = locked if part is None else type(part)._default_manager.get(pk=part.pk)
    to_write = merged(current=target, mine=values, seen=seen, keep_theirs=keep_theirs)
    if not to_write:
        return set()
    for name, value in to_write.items():
        setattr(target, name, value)
    written = set(to_write) | _follow_on(target, set(to_write))
    target.validate_constraints()
    target.save(update_fields=[*written, *(["updated_at"] if part is None else [])])
    _touched(locked, by=by, page=page, fields=written)
    if isinstance(target, SafeguardingContact) and written & {"name", "role"}:
        _somebody_else(locked, by=by)
    return set(to_write)


@transaction.atomic
def add_part(*, setting: Setting, part: models.Model, page: str, by: Any) -> models.Model:
    """Add an activity, a venue, a session or a safeguarding contact.

    Raises:
        TooMany, NotEditable, ValidationError.
    """
    locked = lock(setting)
    kind = type(part)
    owner = {"activity__setting": setting} if kind is Session else {"setting": setting}
    present = kind._default_manager.filter(**owner).count()
    if present >= MOST[kind]:
        raise TooMany(_("That is as many as a record can hold. Remove one first."))
    if hasattr(part, "order"):
        part.order = present
    _follow_on(part, {"postcode"})
    part.validate_constraints()
    part.save(force_insert=True)
    if isinstance(part, Session) and locked.published_id is None:
        _take_season(part)
    _touched(locked, by=by, page=page, fields={"added"})
    if isinstance(part, SafeguardingContact):
        _somebody_else(locked, by=by)
    return part


@transaction.atomic
def remove_part(*, setting: Setting, part: models.Model, page: str, by: Any) -> None:
    """Remove an activity with its sessions, a venue without any, a session or a contact.

    Raises:
        StillInUse: sessions happen at this venue.
        NotEditable: the record is with the partnership, or has ended.
    """
    locked = lock(setting)
    if isinstance(part, Venue) and part.sessions.exists():
        raise StillInUse(_("Sessions happen here. Move or remove them first."))
    part.delete()
    _touched(locked, by=by, page=page, fields={"removed"})
    if isinstance(part, SafeguardingContact):
        _somebody_else(locked, by=by)


@transaction.atomic
def accept_terms(*, setting: Setting, version: str, by: Any) -> None:
    """Keep which version of the terms was accepted, when and by whom."""
    locked = lock(setting)
    locked.terms_version, locked.terms_accepted_at, locked.terms_accepted_by = version, timezone.now(), by
    locked.save(update_fields=["terms_version", "terms_accepted_at", "terms_accepted_by", "updated_at"])
    audit.record(action="community.accept_terms", actor=by, subject=setting, facts={"version": version})


def lock(setting: Setting) -> Setting:
    """The setting as it stands, locked until the end of the transaction, if its owners may change it now.

    Raises:
        NotEditable: they may not.
    """
    locked = Setting.objects.held(setting.pk)
    if not standing_of(locked).is_editable:
        raise NotEditable
    return locked


def _somebody_else(setting: Setting, *, by: Any) -> None:
    """Another person is to be called about a child: what was seen or said of the one before does not hold for them.

    Who it is was never public, so nothing waits to be decided; what depends on it leaves the page at once, and an officer
    finds it in the queue.
    """
    if setting.published_id is not None:
        reopen_checks(setting=setting, topics={"contact"}, by=by)
        bring_up(setting=setting, about=Matter.About.CONTACT, by=by)


def _take_season(session: Session) -> None:
    """An activity is on when its first session is; a page that can wait asks for it, and tells it from then on."""
    if session.activity.sessions.count() == 1:
        Activity.objects.filter(pk=session.activity_id).update(season=session.season)


def _touched(setting: Setting, *, by: Any, page: str, fields: set[str]) -> None:
    setting.version += 1
    setting.save(update_fields=["version", "updated_at"])
    audit.record(action="community.save", actor=by, subject=setting, facts={"page": page, "fields": sorted(fields)})


def _follow_on(target: models.Model, changed: set[str]) -> set[str]:
    """Fields that follow from others: where a postcode is, and the address of a record that was never public."""
    if isinstance(target, Venue) and changed & {"postcode", "kind"}:
        if target.kind == VenueKind.ONLINE:
            target.postcode = ""
        row = Postcode.objects.filter(code=target.postcode).first() if target.postcode else None
        target.easting, target.northing = (row.easting, row.northing) if row else (None, None)
        return {"postcode", "easting", "northing"}
    if isinstance(target, Setting) and "name" in changed and target.published_id is None:
        target.slug = new_slug(target.name)
        return {"slug"}
    return set()
