"""Sends what came in through the contact form. It is kept until it is sent, and no longer."""

from django.utils import translation
from django.utils.translation import gettext as _

from foundation.mail.models import OutgoingMessage
from foundation.mail.services import queue_mail


class NobodyToWriteTo(Exception):
    """The partnership has not said where messages go."""


def send_contact_message(
    *, to: str, site_name: str, about: str, name: str, email: str, message: str
) -> OutgoingMessage:
    """Put a message from the public into the outbox.

    Raises:
        NobodyToWriteTo: `to` is empty.
    """
    if not to:
        raise NobodyToWriteTo
    with translation.override("en"):
        text = "\n".join(
            [
                _("Somebody wrote to you through the contact form of %(site)s.") % {"site": site_name},
                "",
                f"{_('About')}: {about}",
                f"{_('Name')}: {name}",
                f"{_('Email')}: {email}",
                "",
                message,
                "",
                _("Answer this email to write back. The website keeps no copy of it."),
            ]
        )
        subject = _("Website: %(about)s") % {"about": about}
    return queue_mail(to=to, reply_to=email, subject=subject, text=text)
