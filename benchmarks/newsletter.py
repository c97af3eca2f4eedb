"""`python -m benchmarks.newsletter`: sends an issue to ten thousand contacts, to a mail server that takes everything.

CPU of this process. The mail library's part (making the message and writing it out as bytes) is measured by itself and
taken off: what is left is ours, claiming and writing down each recipient included. Takes a minute or two.
"""

import os
import sys
import time
from typing import TYPE_CHECKING

from .throwaway import throwaway_site

if TYPE_CHECKING:
    from community.newsletter.models import Issue

NUMBER = int(os.environ.get("BENCH_CONTACTS", "10000"))
AIM_MS = 2.0


def main() -> None:
    """Build a database in a temporary folder, measure, print."""
    # The task is only put down: the legs are run here.
    with throwaway_site(BACKGROUND_WORKER="1"):
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        _measure()


def _measure() -> None:
    from community.newsletter.carriers import Answer, Mail, Outcome
    from community.newsletter.carriers.smtp import message_of
    from community.newsletter.models import Delivery, Issue
    from community.newsletter.services.dispatch import start_sending
    from community.newsletter.services.sending import send_leg

    class Taking:
        """Makes the message as SMTP would, and measures that alone."""

        library = 0.0
        carried = 0

        def open(self) -> None:
            pass

        def close(self) -> None:
            pass

        def carry(self, mail: Mail) -> Answer:
            began = time.process_time()
            message_of(mail).message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own message takes it
            self.library += time.process_time() - began
            self.carried += 1
            return Answer(Outcome.TAKEN)

    issue = _an_issue()
    began = time.process_time()
    start_sending(issue=issue, by=None)
    print(f"pressing “send”: {1_000 * (time.process_time() - began):.0f} ms CPU, {NUMBER:,} contacts")
    carrier = Taking()
    began, began_wall = time.process_time(), time.perf_counter()
    legs = 0
    while Issue.objects.get(pk=issue.pk).state == "sending":
        send_leg(issue_id=issue.pk, carrier=carrier)
        legs += 1
    spent, wall = time.process_time() - began, time.perf_counter() - began_wall
    assert Delivery.objects.filter(state="sent").count() == carrier.carried == NUMBER
    ours = 1_000 * (spent - carrier.library) / NUMBER
    print(f"{NUMBER:,} mails in {legs} legs: {wall:.0f} s, {spent:.1f} s CPU")
    print(f"  the mail library: {1_000 * carrier.library / NUMBER:.2f} ms a mail")
    print(f"  ours:             {ours:.2f} ms a mail (aim {AIM_MS}) {'ok' if ours <= AIM_MS else 'TOO SLOW'}")
    sys.exit(ours > AIM_MS)


def _an_issue() -> "Issue":
    """An issue of eight items, and the contacts who agreed to it."""
    from django.utils import timezone

    from community.newsletter.models import Consent, Contact
    from community.newsletter.services.issues import add_own, start_issue

    contacts = Contact.objects.bulk_create(
        [Contact(email=f"reader-{number}@example.org") for number in range(NUMBER)], batch_size=1_000
    )
    now = timezone.now()
    Consent.objects.bulk_create(
        [Consent(contact=contact, purpose="newsletter", given_at=now, how="link") for contact in contacts],
        batch_size=1_000,
    )
    issue = start_issue(kind="newsletter", title="Measured", subject="Measured", by=None, intro="Hello. " * 40)
    for number in range(8):
        add_own(issue=issue, title=f"Item {number}", text="Some words about it. " * 30, url="https://example.org/")
    return issue


if __name__ == "__main__":
    main()
