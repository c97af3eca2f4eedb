"""Double opt-in: an address typed into the form, a link to its mailbox, a press on a button there."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from foundation.accounts.links.services import may_be_mailed, tidy_email
from foundation.accounts.links.tokens import new_token, token_hash
from foundation.partnership.models import Ward

from ..errors import LinkDoesNotWork
from ..links import whole_address
from ..models import Contact, Request
from ..states import How
from . import mails
from .consents import agree

LASTS = timedelta(hours=48)
PURPOSE = "newsletter request"
FACTS = ("name", "organisation", "kind", "agency", "language")


@transaction.atomic
def ask(*, email: str, purposes: list[str], facts: dict[str, Any], words: str, language: str = "") -> None:
    """Write the request down and send the link, in the language of the page that was used. The same happens whether or not
    the address is known.

    An address that has had its share of mails this hour gets none; the answer and its cost are the same.
    """
    address = tidy_email(email)
    token = new_token()
    Request.objects.create(
        email=address,
        token_hash=token_hash(token, purpose=PURPOSE),
        purposes=list(purposes),
        facts={**facts, "language": language},
        words=words[:300],
        expires_at=timezone.now() + LASTS,
    )
    to = address if may_be_mailed(address, kind="newsletter") else ""
    mails.send(
        to=to, subject=gettext_noop("Please confirm your address"), template="confirm", language=language,
        link=whole_address("newsletter:confirm", token, language=language), hours=int(LASTS.total_seconds() // 3600),
    )  # fmt: skip


def look_at(token: str) -> Request:
    """The request, if its link still works. Looking uses nothing up: mail scanners open every link.

    Raises:
        LinkDoesNotWork.
    """
    found = Request.objects.filter(token_hash=token_hash(token, purpose=PURPOSE)).first()
    if found is None or found.expires_at <= timezone.now():
        raise LinkDoesNotWork
    return found


@transaction.atomic
def confirm(*, token: str) -> Contact:
    """They pressed the button: the contact and the consents are written down. Pressing twice does no more.

    Raises:
        LinkDoesNotWork.
    """
    request = look_at(token)
    fresh = Request.objects.filter(pk=request.pk, used_at__isnull=True).update(used_at=timezone.now())
    if not fresh:
        known = Contact.objects.filter(email=request.email).first()
        if known is None:  # deleted since: a used link does not bring anybody back
            raise LinkDoesNotWork
        return known
    contact, is_new = Contact.objects.select_for_update().get_or_create(
        email=request.email, defaults={"source": _("Form on the site")}
    )
    _take_facts(contact, request.facts, is_new=is_new)
    # Whoever clicks in the mailbox shows that it works, and that they want our mail again.
    contact.suppressed_at, contact.suppressed_why, contact.hard_bounces = None, "", 0
    contact.save()
    agree(contact=contact, purposes=request.purposes, how=How.LINK, words=request.words)
    return contact


def forget_old_requests() -> int:
    """Delete requests whose link has run out; the chores do it each day."""
    return Request.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def _take_facts(contact: Contact, facts: dict[str, Any], *, is_new: bool) -> None:
    """What they told us this time stands; what they left empty does not wipe out what was known."""
    for name in FACTS:
        if facts.get(name):
            setattr(contact, name, facts[name])
    if facts.get("ward"):
        contact.ward = Ward.objects.filter(pk=facts["ward"]).first() or contact.ward
    if facts.get("setting_types"):
        contact.setting_types = facts["setting_types"]
