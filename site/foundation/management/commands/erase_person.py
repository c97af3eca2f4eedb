"""`manage.py erase_person EMAIL`: says what an erasure would do; with --yes it does it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.accounts.models import User
from foundation.personal.erasure import CannotErase, Erased, erase_address, erase_person, reasons_against, what_is_kept
from foundation.personal.holdings import holdings_of


class Command(BaseCommand):
    help = "Erases the person with this e-mail address: their account, and what is held under the address. Shows first, erases with --yes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="erase; this cannot be undone")

    def handle(self, *, email: str, yes: bool, **_options: Any) -> None:
        email = email.strip()
        person = User.objects.filter(email__iexact=email).first()
        if not yes:
            return self._show(email, person)
        try:
            done = erase_person(person=person) if person else erase_address(email=email)
        except CannotErase as error:
            raise CommandError(str(error)) from error
        return self._say(done)

    def _show(self, email: str, person: User | None) -> None:
        for holding in holdings_of(email=email, person=person):
            self.stdout.write(
                f"{len(holding.rows):>6} {holding.table} ({'about them' if holding.is_about else 'done by them'})"
            )
        for reason in reasons_against(person=person) if person else []:
            self.stdout.write(self.style.WARNING(f"Cannot be erased yet: {reason}"))
        self.stdout.write("What stays:")
        for line in what_is_kept():
            self.stdout.write(f"  - {line}")
        self.stdout.write("Nothing was changed. To erase, add --yes.")

    def _say(self, done: Erased) -> None:
        for words, tables in (("deleted", done.deleted), ("emptied", done.emptied)):
            for label, count in sorted(tables.items()):
                self.stdout.write(f"{label}: {count} {words}")
        self.stdout.write(
            "The account stays without a name, because decisions point to it."
            if done.account_stays
            else "No account is left."
        )
