"""`manage.py read_bounces`: mails that came back, from a mailbox (IMAP), a Maildir, an mbox, files, or standard input ("-")."""

import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.newsletter.bounce_mailbox import MailboxAway, read_mailbox
from community.newsletter.bounces import MOST_BYTES, take_report


class Command(BaseCommand):
    help = (
        "Counts newsletter mails that came back. Reading a report twice counts once. See docs/features/newsletter.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", help="a Maildir, an mbox file, files of one mail each, or -")
        parser.add_argument(
            "--mailbox", action="store_true", help="read NEWSLETTER_BOUNCE_MAILBOX now; housekeeping does so by itself"
        )
        parser.add_argument(
            "--delete", action="store_true", help="delete from a Maildir what was read as a report of ours"
        )

    def handle(self, *, paths: list[str], delete: bool, mailbox: bool, **_options: Any) -> None:
        if not paths and not mailbox:
            raise CommandError("Say what to read: paths, - or --mailbox.")
        seen: Counter[str] = Counter()
        if mailbox:
            seen.update(_of_imap())
        for path in paths:
            if path == "-":
                seen[take_report(sys.stdin.buffer.read(MOST_BYTES))] += 1
            elif not Path(path).exists():
                raise CommandError(f"There is no {path}.")
            elif Path(path).is_dir():
                seen.update(_of_maildir(path, delete=delete))
            else:
                seen.update(take_report(content) for content in _of_file(Path(path)))
        for word in ("counted", "known", "for now", "not ours"):
            self.stdout.write(f"{word}: {seen[word]}")


def _of_imap() -> Counter[str]:
    if not settings.NEWSLETTER_BOUNCE_MAILBOX:
        raise CommandError("NEWSLETTER_BOUNCE_MAILBOX is not set.")
    try:
        return read_mailbox(settings.NEWSLETTER_BOUNCE_MAILBOX)
    except MailboxAway as error:
        raise CommandError(str(error)) from error


def _of_maildir(path: str, *, delete: bool) -> Iterator[str]:
    box = mailbox.Maildir(path, create=False)
    for key in list(box.keys()):
        said = take_report(box.get_bytes(key))
        if delete and said != "not ours":
            box.discard(key)
        yield said


def _of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        is_mbox = file.read(5) == b"From "
    if not is_mbox:
        yield path.read_bytes()[:MOST_BYTES]
        return
    box = mailbox.mbox(path, create=False)
    for key in box.iterkeys():
        yield box.get_bytes(key)
