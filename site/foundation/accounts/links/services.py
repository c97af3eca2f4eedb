"""Making and using links that sign somebody in."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from foundation.accounts.models import User
from foundation.accounts.roles import ADMIN_DOOR
from foundation.audit.services import record
from foundation.forms.tokens import keyed_hash

from .models import SignInLink
from .tokens import new_token, token_hash

LASTS = timedelta(minutes=15)
CLOCKS_DIFFER = timedelta(minutes=2)
KEPT = timedelta(days=1)
"""How long a link that no longer works is remembered, so that its page can say why."""
MOST_MAILS = 5
MOST_MAILS_SECONDS = 60 * 60
PURPOSE = "sign in"
BACKEND = "foundation.accounts.backends.AuthenticationBackend"


class LinkDoesNotWork(Exception):
    """The link was never made, was used, is too old, or its account may not come in this way."""


class LinkUsed(LinkDoesNotWork):
    """It signed somebody in before."""


class LinkTooOld(LinkDoesNotWork):
    """Its quarter of an hour is over."""


class StaffUsePassword(LinkDoesNotWork):
    """Whoever opens the staff door shows a password and a second factor; a link alone would be a way round both."""


@dataclass(frozen=True)
class NewLink:
    """A link just made. The token is known here and in the mail, and nowhere else."""

    token: str
    email: str


def tidy_email(typed: str) -> str:
    """An address as accounts keep it."""
    return User.objects.normalize_email(typed.strip()).lower()


def is_staff_address(email: str) -> bool:
    """Whether the account of this address opens the staff door, so that it does not sign in by a link.

    One query for every address, whether anybody knows it or not: how long the answer takes tells nothing.
    """
    app, codename = ADMIN_DOOR.split(".")
    door = Permission.objects.filter(content_type__app_label=app, codename=codename)
    may = Q(is_superuser=True) | Q(groups__permissions__in=door) | Q(user_permissions__in=door)
    return User.objects.filter(may, email__iexact=tidy_email(email), is_active=True).exists()


def opens_staff_door(person: User) -> bool:
    """Whether this account opens the admin."""
    return person.has_perm(ADMIN_DOOR)


def may_be_mailed(email: str, *, kind: str = "sign-in") -> bool:
    """Count a mail of this kind to this address, and say whether it is within what one mailbox should get in an hour.

    Each kind has a count of its own, so that nobody's invitations keep somebody from signing in.
    """
    name = keyed_hash(tidy_email(email), purpose=f"{kind} mails")
    key = f"{kind}-mails-{name}"
    cache.add(key, 0, MOST_MAILS_SECONDS)
    try:
        return cache.incr(key) <= MOST_MAILS
    except ValueError:  # the cache is away: mail rather than lock people out; the limit of the client still holds
        return True


def make_link(*, email: str, next_path: str = "") -> NewLink:
    """A fresh link for this mailbox. No account is made yet: that happens when the link is used."""
    token = new_token()
    now = timezone.now()
    address = tidy_email(email)
    safe = url_has_allowed_host_and_scheme(next_path, allowed_hosts=None) and len(next_path) <= 300
    SignInLink.objects.create(
        email=address,
        token_hash=token_hash(token, purpose=PURPOSE),
        next_path=next_path if safe else "",
        created_at=now,
        expires_at=now + LASTS,
    )
    return NewLink(token=token, email=address)


def look_at_link(token: str) -> SignInLink:
    """The link, if it still works. Looking uses nothing up: mail scanners open every link they see.

    Raises:
        LinkUsed, LinkTooOld, LinkDoesNotWork: why it does not.
    """
    link = SignInLink.objects.filter(token_hash=token_hash(token, purpose=PURPOSE)).first()
    if link is None:
        raise LinkDoesNotWork
    if link.used_at is not None:
        raise LinkUsed
    now = timezone.now()
    # Made in the future: the clock was set back since, and the link would live longer than was said.
    if link.expires_at <= now or link.created_at > now + CLOCKS_DIFFER:
        raise LinkTooOld
    return link


@transaction.atomic
def use_link(*, token: str) -> tuple[User, str]:
    """Use the link up: the person it is for, made now if they are new, and where they were going.

    Raises:
        LinkUsed, LinkTooOld, LinkDoesNotWork, StaffUsePassword: nobody comes in.
    """
    link = look_at_link(token)
    # One statement decides between two who press at the same moment.
    if not SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=timezone.now()):
        raise LinkUsed
    person = person_of_mailbox(email=link.email)
    # Whatever else waits in the mailbox is not needed any more.
    SignInLink.objects.filter(email=link.email, used_at__isnull=True).update(used_at=timezone.now())
    return person, link.next_path


def person_of_mailbox(*, email: str) -> User:
    """The account of a mailbox that somebody has just shown to be theirs, made now if there is none.

    Raises:
        StaffUsePassword: the account opens the staff door.
        LinkDoesNotWork: the account was closed.
    """
    address = tidy_email(email)
    person = User.objects.filter(email__iexact=address).first()
    if person is None:
        return User.objects.create_user(email=address)
    if not person.is_active:
        raise LinkDoesNotWork
    if opens_staff_door(person):
        raise StaffUsePassword
    return person


def sign_in(request: HttpRequest, person: User, *, may_keep_passkeys: bool = False) -> None:
    """Begin a session for the person. It has shown a mailbox, no second factor, and opens no staff door.

    `may_keep_passkeys`: in this room the mailbox is the strongest that people can show, so for some minutes they may add a
    passkey with it, or take a lost one away.
    """
    login(request, person, backend=BACKEND)
    if may_keep_passkeys:
        record_authentication(request, person, method="link", reauthenticated=True)
    record(action="accounts.signed_in_by_link", actor=person, subject=person)


def forget_old_links() -> int:
    """Delete links a day after their time."""
    count, _by_model = SignInLink.objects.filter(expires_at__lt=timezone.now() - KEPT).delete()
    return count
