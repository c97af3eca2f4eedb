"""What officers do to a record beside deciding: notes, watching, assigning, merging."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...errors import OwnSubmission, RegistryError
from ...register.enums import SettingState
from ...register.models import Invitation, Membership, Setting
from ...register.services.mails import send_joined, send_merged
from ..models import Note, Watch
from ..states import Act, Who
from .steps import take_step

_CLOSED = {SettingState.ARCHIVED, SettingState.REMOVED}


@transaction.atomic
def add_note(*, setting: Setting, text: str, by: Any) -> Note:
    """Leave a note for colleagues.

    Raises:
        RegistryError: the note is empty.
    """
    if not text.strip():
        raise RegistryError(_("Write something in the note."))
    note = Note.objects.create(setting=setting, text=text.strip(), by=by)
    audit.record(action="community.note", actor=by, subject=setting, facts={"note": note.pk})
    return note


@transaction.atomic
def set_watch(*, setting: Setting, by: Any, on: bool) -> None:
    """Start or stop the daily mail to this officer on what happened to the setting."""
    if on:
        Watch.objects.get_or_create(setting=setting, user=by)
    else:
        Watch.objects.filter(setting=setting, user=by).delete()


@transaction.atomic
def assign(*, setting: Setting, to: Any, by: Any) -> Setting:
    """Say which officer looks after a record; None for nobody."""
    setting.assigned_to = to
    setting.save(update_fields=["assigned_to", "updated_at"])
    audit.record(action="community.assign", actor=by, subject=setting, facts={"to": str(to.pk) if to else ""})
    return setting


@transaction.atomic
def merge(*, duplicate: Setting, into: Setting, by: Any, reason: str, who: Who = Who.OFFICER) -> Setting:
    """Close a duplicate in favour of another record: its people, notes, reports and training record move over, its history stays.

    Nothing of the duplicate's public words moves: what the public sees of `into` does not change. Whoever looked after
    the duplicate looks after `into` from now on, and is told so; whoever looked after `into` is told how many came.
    Invitations to the duplicate stop working.

    Raises:
        RegistryError: it is the same record, the duplicate is in public (hide or remove that first), or the other is
            closed, where its people would end up with nothing.
        OwnSubmission: the officer looks after one of the two, and would come to look after both.
        StepNotAllowed: the duplicate's state cannot be merged away.
    """
    # In the order of keys, so that two who merge the same pair at once take turns.
    both = {row.pk: row for row in Setting.objects.select_for_update(of=("self",)).filter(
        pk__in=[duplicate.pk, into.pk]
    ).order_by("pk")}  # fmt: skip
    duplicate, into = both[duplicate.pk], both[into.pk]
    if duplicate.pk == into.pk:
        raise RegistryError(_("This is one and the same record."))
    if duplicate.state in {SettingState.LISTED, SettingState.SUSPENDED}:
        raise RegistryError(_("This record is or was in public. Take it off the register first."))
    if into.state in _CLOSED:
        raise RegistryError(_("The other record is closed. Open it again first, or choose another."))
    if Membership.objects.filter(setting__in=[duplicate, into], user=by).exists():
        raise OwnSubmission
    there = [each.user for each in into.memberships.select_related("user")]
    known = {person.pk for person in there}
    people = [each.user for each in duplicate.memberships.select_related("user")]
    Membership.objects.filter(setting=duplicate).exclude(user_id__in=known).update(setting=into)
    Membership.objects.filter(setting=duplicate).delete()
    for related in (
        duplicate.notes, duplicate.reports, duplicate.leads, duplicate.concern_flags, duplicate.bookings,
        duplicate.outreach_notes, duplicate.newsletter_contacts,
    ):  # fmt: skip
        related.update(setting=into)
    Invitation.objects.filter(setting=duplicate, used_at__isnull=True).delete()
    duplicate = take_step(setting=duplicate, act=Act.MERGE, by=by, who=who, reason=reason)
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into", "updated_at"])
    audit.record(
        action="community.merge_into", actor=by, subject=into, facts={"duplicate": str(duplicate.pk)}, note=reason
    )
    for person in people:
        send_merged(person=person, closed=duplicate, into=into)
    came = {person.pk for person in people if person.is_active}
    for person in there:
        if came - known and person.pk not in came:
            send_joined(person=person, setting=into, came=len(came - known))
    return into
