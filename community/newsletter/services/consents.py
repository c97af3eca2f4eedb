"""What somebody agrees to: given, taken back, written down by staff, and forgetting somebody altogether.

Whoever changes what somebody agrees to holds the contact's row until the transaction ends: of "subscribe" and "stop" at
the same moment the later one sees what the earlier one did.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ..enums import Purpose
from ..errors import Forgotten, NewsletterError, ReasonMissing
from ..models import Consent, Contact, Request
from ..states import How

EARLIEST = date(2018, 5, 25)
"""No consent is older than the law that asks for it to be shown."""


@transaction.atomic
def agree(
    *, contact: Contact, purposes: Iterable[str], how: str, words: str = "", at: datetime | None = None, by: Any = None
) -> list[str]:
    """Write down what they agree to; what they agreed to already stays as it was. Returns what is new.

    Raises:
        Forgotten: they had everything deleted a moment ago.
    """
    wanted = [purpose for purpose in Purpose.values if purpose in set(purposes)]
    if locked(contact) is None:
        raise Forgotten
    there = set(_active(contact).values_list("purpose", flat=True))
    fresh = [purpose for purpose in wanted if purpose not in there]
    moment = at or timezone.now()
    for purpose in fresh:
        Consent.objects.create(
            contact=contact, purpose=purpose, given_at=moment, how=how, words=words[:300], recorded_by=by
        )
    if fresh:
        _moved(contact)
        audit.record(action="newsletter.agreed", actor=by, subject=contact, facts={"purposes": fresh, "how": str(how)})
    return fresh


@transaction.atomic
def take_back(*, contact: Contact, purposes: Iterable[str] = Purpose.values, how: str, by: Any = None) -> list[str]:
    """End what they agreed to. Doing it twice changes nothing the second time. Returns what ended."""
    locked(contact)  # a consent of this very moment ends too
    active = _active(contact).filter(purpose__in=list(purposes))
    ended = list(active.values_list("purpose", flat=True))
    if ended:
        active.update(withdrawn_at=timezone.now(), withdrawn_how=how)
        _moved(contact)
        audit.record(
            action="newsletter.took_back", actor=by, subject=contact, facts={"purposes": ended, "how": str(how)}
        )
    return ended


@transaction.atomic
def choose(*, contact: Contact, wanted: list[str], words: str) -> None:
    """Their preferences page: this is what they want from now on, and nothing else. An address that sends our mail back
    agrees to nothing new here, for only its mailbox can show that it works again.

    Raises:
        Forgotten: they had everything deleted a moment ago.
    """
    now = locked(contact)
    if now is None:
        raise Forgotten
    there = list(_active(now).values_list("purpose", flat=True))
    take_back(contact=now, purposes=[each for each in there if each not in wanted], how=How.PREFERENCES)
    if now.suppressed_why == Contact.Suppressed.BOUNCED:
        return
    agree(contact=now, purposes=wanted, how=How.PREFERENCES, words=words)
    if wanted:
        Contact.objects.filter(pk=now.pk).update(suppressed_at=None, suppressed_why="")


@transaction.atomic
def never_write(*, contact: Contact, how: str, by: Any = None) -> None:
    """They asked us not to write at all: everything ends, and no service message goes to them either."""
    take_back(contact=contact, how=how, by=by)
    fresh = Contact.objects.filter(pk=contact.pk, suppressed_why="").update(
        suppressed_at=timezone.now(), suppressed_why=Contact.Suppressed.ASKED
    )
    if fresh:
        audit.record(action="newsletter.never_write", actor=by, subject=contact, facts={"how": str(how)})


@transaction.atomic
def write_down(*, contact: Contact, purposes: list[str], on: date, how: str, words: str, by: Any) -> list[str]:
    """Staff write down a consent that somebody gave on paper or in an e-mail, with its day and where it is kept.

    Raises:
        NewsletterError: the day cannot be right, or they asked us never to write.
        ReasonMissing: it does not say where the paper is.
        Forgotten: they had everything deleted a moment ago.
    """
    if how not in (How.PAPER, How.EVENT, How.EMAIL):
        raise NewsletterError(_("Choose how they agreed."))
    if not purposes:
        raise NewsletterError(_("Choose what they agreed to."))
    if not words.strip():
        raise ReasonMissing(_("Say where the paper or the e-mail is kept, so that it can be shown."))
    check_day(on)
    now = locked(contact)
    if now is None:
        raise Forgotten
    if now.suppressed_why == Contact.Suppressed.ASKED:
        raise NewsletterError(_("They asked us never to write. Only they can change that, with the form on the site."))
    if contact.consents.filter(purpose__in=purposes, withdrawn_at__gte=start_of(on)).exists():
        raise NewsletterError(_("They took this back after that day. Only a newer consent counts."))
    return agree(contact=contact, purposes=purposes, how=how, words=words, at=start_of(on), by=by)


def check_day(on: date) -> None:
    """
    Raises:
        NewsletterError: nobody can have agreed on this day.
    """
    if on > timezone.localdate():
        raise NewsletterError(_("This day is still to come."))
    if on < EARLIEST:
        raise NewsletterError(_("A consent from before 25 May 2018 does not count. Ask them again."))


def start_of(on: date) -> datetime:
    """Noon of a day in London, for what is only known by its day."""
    return timezone.make_aware(datetime.combine(on, time(12)))


@transaction.atomic
def forget(*, contact: Contact, by: Any = None, on_their_word: bool = True) -> None:
    """Delete somebody with all that hangs on them. What stays is a number in the trail, and totals of old issues."""
    audit.record(action="newsletter.forgotten", actor=by, subject=contact, facts={"asked": on_their_word})
    Request.objects.filter(email=contact.email).delete()
    contact.delete()


def locked(contact: Contact) -> Contact | None:
    """The contact as it is now, held until the transaction ends; None once it is deleted."""
    return Contact.objects.select_for_update(of=("self",)).filter(pk=contact.pk).first()


def _active(contact: Contact) -> Any:
    return Consent.objects.filter(contact=contact, withdrawn_at__isnull=True)


def _moved(contact: Contact) -> None:
    Contact.objects.filter(pk=contact.pk).update(idle_since=timezone.now())
