"""`manage.py verify_audit`: is the audit trail as it was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.audit.verification import TrailBroken, verify


class Command(BaseCommand):
    help = "Checks every entry of the audit trail; ends with 1 and names the first wrong entry if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", default="", help="NUMBER:HASH that this command printed on an earlier day")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = verify(anchor=options["anchor"])
        except TrailBroken as broken:
            raise CommandError(str(broken), returncode=1) from broken
        rate = f" ({found.entries / found.seconds:,.0f} a second)" if found.entries >= 100 else ""
        self.stdout.write(f"{found.entries:,} entries verified in {found.seconds:.2f} s{rate}.")
        self.stdout.write(f"Anchor, to be kept on another machine: {found.anchor}")
