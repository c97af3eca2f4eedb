"""Fetches mails that came back from the mailbox to which they return (IMAP), with the standard library.

What was one of ours is deleted there, after it was counted; everything else is marked as read and stays for a person.
"""

import imaplib
import ssl
from collections import Counter
from urllib.parse import unquote, urlsplit

from .bounces import MOST_BYTES, take_report

TIMEOUT = 30
MOST_AT_ONCE = 500
"""Of one run; the next one goes on where this one stopped."""
_OWN_MACHINE = {"127.0.0.1", "::1", "localhost"}


class MailboxAway(Exception):
    """The mailbox cannot be read. The words hold no password and nothing that the server said."""


def read_mailbox(address: str) -> Counter[str]:
    """Read what is new in the mailbox; how many mails were "counted", "known", "for now" or "not ours".

    Args:
        address: `imaps://user:password@host[:port][/folder]`, name and password percent-encoded. `imap://` sends them in
            the clear and is for the same machine alone.

    Raises:
        MailboxAway.
    """
    try:
        box = _open(address)
        try:
            return _read(box)
        finally:
            box.logout()
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        # ValueError: a port that is none, or letters beyond ASCII in the password or the folder. Never "from error":
        # a log that writes the cause would hold the password, or what the server said.
        raise MailboxAway(f"The mailbox of bounces cannot be read: {type(error).__name__}.") from None


def _open(address: str) -> imaplib.IMAP4:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not host or parts.scheme not in {"imaps", "imap"}:
        raise MailboxAway("Write the mailbox of bounces as imaps://user:password@host/folder.")
    if parts.scheme == "imap" and host not in _OWN_MACHINE:
        raise MailboxAway("Use imaps:// : over imap:// everybody on the way reads the password.")
    box: imaplib.IMAP4
    if parts.scheme == "imaps":
        context = ssl.create_default_context()
        box = imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=TIMEOUT)
    else:
        box = imaplib.IMAP4(host, parts.port or 143, timeout=TIMEOUT)
    box.login(unquote(parts.username or ""), unquote(parts.password or ""))
    folder = unquote(parts.path.strip("/")) or "INBOX"
    _answer_of(box.select('"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'))
    return box


def _read(box: imaplib.IMAP4) -> Counter[str]:
    seen: Counter[str] = Counter()
    numbers = _answer_of(box.uid("SEARCH", "UNSEEN"))
    fresh = (numbers[0] or b"").split()[:MOST_AT_ONCE]
    done = []
    for number in fresh:
        uid = number.decode("ascii")
        content = _content(box, uid)
        if content is None:  # somebody deleted it meanwhile
            continue
        said = take_report(content)
        seen[said] += 1
        is_ours = said != "not ours"
        # Counted first: killed between the two, the next run reads it again and finds it known.
        _answer_of(box.uid("STORE", uid, "+FLAGS", r"(\Deleted)" if is_ours else r"(\Seen)"))
        if is_ours:
            done.append(uid)
    if done:
        # UIDPLUS (RFC 4315) takes out ours alone; without it everything that is marked as deleted goes.
        if "UIDPLUS" in box.capabilities:
            _answer_of(box.uid("EXPUNGE", ",".join(done)))
        else:
            _answer_of(box.expunge())
    return seen


def _content(box: imaplib.IMAP4, uid: str) -> bytes | None:
    """The mail, its first two megabytes at most; looking at it does not mark it as read."""
    for part in _answer_of(box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")):
        if isinstance(part, tuple):
            return bytes(part[1])
    return None


def _answer_of(said: tuple[str, list]) -> list:
    status, found = said
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return found
