"""Addresses that go into mails. Each holds a contact's random key and our signature, and no address of anybody."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from .errors import LinkDoesNotWork
from .models import Contact

_STOP = "newsletter.stop"
_PREFERENCES = "newsletter.preferences"
_GO = "newsletter.go"
_MESSAGE = "newsletter.message"


def whole_address(name: str, *args: object, language: str = "") -> str:
    """The whole address of one of our views, in this language, else in the site's own."""
    with translation.override(language or settings.LANGUAGE_CODE):
        return base_address() + reverse(name, args=args)


def base_address() -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")


def stop_token(key: str, kind: str) -> str:
    """For the link, and the button of a mail programme, that ends mails of one kind. It never runs out."""
    return _signer(f"{_STOP}.{kind}").sign(key)


def preferences_token(key: str) -> str:
    """For the page on which somebody chooses what they get. It never runs out."""
    return _signer(_PREFERENCES).sign(key)


def contact_of_stop(token: str, kind: str) -> Contact:
    """
    Raises:
        LinkDoesNotWork.
    """
    return _contact(token, f"{_STOP}.{kind}")


def contact_of_preferences(token: str) -> Contact:
    """
    Raises:
        LinkDoesNotWork.
    """
    return _contact(token, _PREFERENCES)


def go_address(issue_id: int, number: int) -> str:
    """The redirect that counts a link of an issue. It is the same for every reader."""
    return base_address() + reverse("newsletter_go", args=[_signer(_GO).sign(f"{issue_id}-{number}")])


def link_of_go(token: str) -> tuple[int, int]:
    """The issue and the number of the link.

    Raises:
        LinkDoesNotWork.
    """
    issue, _dash, number = _unsigned(token, _GO).partition("-")
    return int(issue), int(number)


def message_id(delivery_id: int, domain: str) -> str:
    """The Message-ID of one delivery: a mail that is sent back quotes it, and nobody else can make one."""
    return f"<{_signer(_MESSAGE).sign(f'd{delivery_id}')}@{domain}>"


def delivery_of_message(identifier: str) -> int | None:
    """Which delivery a Message-ID of ours is about; None for anybody else's."""
    try:
        return int(_unsigned(identifier.strip().strip("<>").rpartition("@")[0], _MESSAGE).removeprefix("d"))
    except (LinkDoesNotWork, ValueError):
        return None


def _contact(token: str, salt: str) -> Contact:
    contact = Contact.objects.filter(key=_unsigned(token, salt)).first()
    if contact is None:
        raise LinkDoesNotWork
    return contact


def _unsigned(token: str, salt: str) -> str:
    try:
        return _signer(salt).unsign(token)
    except signing.BadSignature as error:
        raise LinkDoesNotWork from error


def _signer(salt: str) -> signing.Signer:
    return signing.Signer(salt=salt, sep=".")
