"""Who looks after a setting: invite, join, change a role, remove, leave. At least one owner stays."""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.links.services import may_be_mailed, tidy_email
from foundation.accounts.links.tokens import new_token, token_hash
from foundation.audit import services as audit

from ...errors import RegistryError
from ...moderation.services.steps import take_step
from ...moderation.states import Act, Who
from ..enums import MembershipRole, SettingState
from ..models import Invitation, Membership, Setting
from . import mails

LASTS = timedelta(days=14)
MOST_OPEN = 10
MOST_A_DAY = 30
MOST_A_DAY_SECONDS = 24 * 60 * 60
PURPOSE = "invitation to a setting"


class InvitationDoesNotWork(RegistryError):
    """It was never made, was used, was taken back, or is too old."""

    def __init__(self) -> None:
        super().__init__(_("This invitation does not work any more. Ask whoever sent it for a new one."))


class LastOwner(RegistryError):
    """A setting keeps at least one owner."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has to stay as an owner. Make a colleague an owner first, or close the setting."))


class TooManyInvitations(RegistryError):
    """Many invitations wait already."""


@transaction.atomic
def invite(*, setting: Setting, email: str, role: str, by: Any) -> Invitation:
    """Ask somebody to look after a setting, by mail; an earlier invitation to the same address stops working.

    An owner invites colleagues; an officer invites to a known record, whose acceptance is the claim.

    Raises:
        TooManyInvitations: many wait already.
    """
    address = tidy_email(email)
    waiting = open_invitations(setting)
    waiting.filter(email__iexact=address).delete()
    if not may_be_mailed(address, kind="invitation") or not _may_invite(by):
        raise TooManyInvitations(_("That were many invitations in a short time. Please try again tomorrow."))
    if waiting.count() >= MOST_OPEN:
        raise TooManyInvitations(_("Many invitations wait for an answer already. Take one back first."))
    token = new_token()
    invitation = Invitation.objects.create(
        setting=setting, email=address, role=role, token_hash=token_hash(token, purpose=PURPOSE), invited_by=by,
        expires_at=timezone.now() + LASTS,
    )  # fmt: skip
    audit.record(action="community.invite", actor=by, subject=setting, facts={"role": str(role)})
    mails.send_invitation(invitation=invitation, token=token)
    return invitation


def _may_invite(by: Any) -> bool:
    """Count an invitation of this person, so that nobody can use the register to write to strangers."""
    if by is None:
        return True
    key = f"invitations-{by.pk}"
    cache.add(key, 0, MOST_A_DAY_SECONDS)
    try:
        return cache.incr(key) <= MOST_A_DAY
    except ValueError:  # the cache is away; the limit of open invitations still holds
        return True


ENDED = {SettingState.ARCHIVED, SettingState.REMOVED}


def may_be_invited_to(setting: Setting) -> bool:
    """Whether an officer may ask somebody to take the record over: a known one, or one that nobody can sign in for any
    more. Where somebody looks after it, inviting is theirs to do."""
    if setting.state in ENDED:
        return False
    return not setting.memberships.filter(user__is_active=True).exists()


def invite_by_officer(*, setting: Setting, email: str, by: Any) -> Invitation:
    """An officer asks whoever runs a setting to take its record over; for a known one accepting is the claim.

    Raises:
        RegistryError: the address is none, the record has ended, or somebody looks after it.
    """
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise RegistryError(_("Type an e-mail address such as name@example.org.")) from error
    if not may_be_invited_to(setting):
        raise RegistryError(_("Somebody looks after this record already, or it is closed. They can invite colleagues."))
    return invite(setting=setting, email=email, role=MembershipRole.OWNER, by=by)


def open_invitations(setting: Setting) -> Any:
    """Those that still work."""
    return Invitation.objects.filter(setting=setting, used_at__isnull=True, expires_at__gt=timezone.now())


def look_at_invitation(token: str) -> Invitation:
    """The invitation, if it still works. Looking uses nothing up.

    Raises:
        InvitationDoesNotWork.
    """
    invitation = (
        Invitation.objects.select_related("setting")
        .filter(token_hash=token_hash(token, purpose=PURPOSE), used_at__isnull=True, expires_at__gt=timezone.now())
        .first()
    )
    if invitation is None or invitation.setting.state in ENDED:
        raise InvitationDoesNotWork
    return invitation


@transaction.atomic
def accept(*, token: str, by: Any) -> Setting:
    """Join the setting. For a known record this is the claim: it becomes a draft of the new owner's.

    Raises:
        InvitationDoesNotWork.
    """
    invitation = look_at_invitation(token)
    used = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=timezone.now())
    if not used:
        raise InvitationDoesNotWork
    setting = invitation.setting
    membership, made = Membership.objects.get_or_create(setting=setting, user=by, defaults={"role": invitation.role})
    if not made and invitation.role == MembershipRole.OWNER and membership.role != MembershipRole.OWNER:
        membership.role = MembershipRole.OWNER
        membership.save(update_fields=["role"])
    audit.record(action="community.join", actor=by, subject=setting, facts={"role": str(membership.role)})
    if setting.state == SettingState.KNOWN:
        take_step(setting=setting, act=Act.CLAIM, by=by, who=Who.OWNER)
    return setting


@transaction.atomic
def take_back(*, invitation: Invitation, by: Any) -> None:
    """Make an invitation stop working."""
    audit.record(action="community.take_back_invitation", actor=by, subject=invitation.setting)
    invitation.delete()


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Any) -> None:
    """Make a colleague an owner or an editor.

    Raises:
        LastOwner: nobody would be left as an owner.
    """
    membership = _locked(membership)
    if role != MembershipRole.OWNER:
        _keep_an_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    audit.record(action="community.change_role", actor=by, subject=membership.setting, facts={"role": str(role)})


@transaction.atomic
def remove(*, membership: Membership, by: Any) -> None:
    """End somebody's access, or one's own.

    Raises:
        LastOwner: nobody would be left as an owner.
    """
    membership = _locked(membership)
    _keep_an_owner(membership)
    is_own = membership.user_id == by.pk
    setting = membership.setting
    audit.record(action="community.leave" if is_own else "community.remove_member", actor=by, subject=setting)
    if not is_own:
        # Nobody who was removed comes back by a second address that they had invited before.
        open_invitations(setting).filter(invited_by=membership.user_id).delete()
    membership.delete()


def _locked(membership: Membership) -> Membership:
    """With its setting's row locked, so that two owners who leave at once do not both go."""
    Setting.objects.held(membership.setting_id)
    return Membership.objects.select_related("setting").get(pk=membership.pk)


def _keep_an_owner(membership: Membership) -> None:
    if membership.role != MembershipRole.OWNER:
        return
    others = Membership.objects.filter(setting=membership.setting_id, role=MembershipRole.OWNER)
    if not others.exclude(pk=membership.pk).exists():
        raise LastOwner
