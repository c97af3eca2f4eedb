"""`manage.py renew_encryption`: encrypts with today's keys what was encrypted with those in SECRET_KEY_FALLBACKS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.audit.services import record
from foundation.registries.encrypted import encrypted


class Command(BaseCommand):
    help = (
        "After a change of SECRET_KEY or SECOND_FACTOR_KEY, with the old key in SECRET_KEY_FALLBACKS: encrypts what lies "
        "encrypted in the database anew, so that the old key is not needed for it any more. Run it with the sealer's settings."
    )

    def handle(self, **_options: Any) -> None:
        lost = 0
        facts: dict[str, int] = {}
        for each in encrypted:
            found = each.renew()
            facts[each.what], lost = found.done, lost + found.unreadable
            self.stdout.write(f"{each.what}: {found.done} encrypted anew")
            if found.unreadable:
                self.stdout.write(self.style.WARNING(f"  {found.unreadable} that no key opens were left as they are"))
        # The entry also signs the end of the audit trail with today's key.
        record(action="security.encryption_renewed", facts={**facts, "unreadable": lost})
        if lost:
            raise CommandError(
                "Some rows are not readable with the keys that are set. Add the key that they were made with to "
                "SECRET_KEY_FALLBACKS and run this again."
            )
