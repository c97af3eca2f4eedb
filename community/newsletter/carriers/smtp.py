"""SMTP, over the mail settings of the site. The steps of the protocol are taken one by one, so that it is always known
whether a mail can have left: before its last dot it cannot."""

import contextlib
import re
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from .base import Answer, CarrierAway, Mail, Outcome

TIMEOUT = 30
_DOTS = re.compile(rb"(?m)^\.")
# "No such mailbox", "not here, try …", "name not allowed": the address is at fault (RFC 5321, 4.2.3).
_NO_SUCH_ADDRESS = {550, 551, 553}


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The message with the headers that let a mail programme offer "unsubscribe" (RFC 2369, RFC 8058)."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "Message-ID": mail.message_id,
            "List-Id": mail.list_id,
            "List-Unsubscribe": f"<{mail.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(mail.html, "text/html")
    return message


class SmtpCarrier:
    """By the mail server of the settings; with another backend of Django's (tests, the console) by that."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._taken = 0

    def open(self) -> None:
        self.close()
        self._connection = get_connection(timeout=TIMEOUT)
        self._taken = 0
        try:
            self._connection.open()
        except (OSError, smtplib.SMTPException) as error:
            self._connection = None
            raise CarrierAway(type(error).__name__) from error

    def carry(self, mail: Mail) -> Answer:
        message = message_of(mail)
        if not isinstance(self._connection, EmailBackend):
            self._connection.send_messages([message])
            return Answer(Outcome.TAKEN)
        try:
            return self._hand_over(message)
        except CarrierAway:
            # Servers close a connection after so many mails. A new one is tried once; nothing has left yet.
            if not self._taken:
                raise
            self.open()
            return self._hand_over(message)

    def close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._connection.close()
            self._connection = None

    def _hand_over(self, message: EmailMultiAlternatives) -> Answer:
        smtp: smtplib.SMTP | None = self._connection.connection
        if smtp is None:
            raise CarrierAway("closed")
        charset = message.encoding or "utf-8"
        try:
            # What comes back goes to the address of the envelope, which need not be the one that readers see.
            sender = sanitize_address(settings.NEWSLETTER_BOUNCES_TO or message.from_email, charset)
            recipient = sanitize_address(message.to[0], charset)
            written: Any = message.message()  # Django's own, whose lines may end as SMTP wants them
            content = written.as_bytes(linesep="\r\n")
        except (ValueError, UnicodeError):
            return Answer(Outcome.REFUSED, "address", is_about_address=True)
        refused = _ask(smtp, sender, recipient)
        if refused is not None:
            return refused
        answer = _give(smtp, content)
        self._taken += answer.outcome is Outcome.TAKEN
        return answer


def _ask(smtp: smtplib.SMTP, sender: str, recipient: str) -> Answer | None:
    """Sender, recipient, and leave to send: None where the server says yes to all three. Nothing has left so far."""
    try:
        code, _words = smtp.mail(sender)
        if code != 250:
            raise CarrierAway(str(code))
        code, _words = smtp.rcpt(recipient)
        if code == 421:
            raise CarrierAway(str(code))
        if code not in (250, 251, 252):
            smtp.rset()
            return _refusal(code, is_about_address=code in _NO_SUCH_ADDRESS)
        code, _words = smtp.docmd("data")
        if code == 421:
            raise CarrierAway(str(code))
        if code != 354:
            smtp.rset()
            return _refusal(code)
    except (OSError, smtplib.SMTPException) as error:
        raise CarrierAway(type(error).__name__) from error
    return None


def _give(smtp: smtplib.SMTP, content: bytes) -> Answer:
    """The content and the last dot. From here on, no answer means that nobody knows."""
    body = _DOTS.sub(b"..", content)
    try:
        smtp.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        smtp.send(b".\r\n")
        code, _words = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Answer(Outcome.UNSURE, type(error).__name__)
    return Answer(Outcome.TAKEN, str(code)) if code == 250 else _refusal(code)


def _refusal(code: int, *, is_about_address: bool = False) -> Answer:
    if 400 <= code < 500:
        return Answer(Outcome.LATER, str(code))
    return Answer(Outcome.REFUSED, str(code), is_about_address)
