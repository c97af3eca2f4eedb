"""`manage.py remove_demo_users`: make a database that held the demonstration fit for a real site."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand

from foundation.accounts.models import User


class Command(BaseCommand):
    help = "Closes every demo account: it can no longer sign in. What it wrote stays."

    def handle(self, *args: Any, **options: Any) -> None:
        closed = 0
        for person in User.objects.filter(is_demo=True, is_active=True):
            person.is_active = False
            person.set_unusable_password()
            person.save(update_fields=["is_active", "password"])
            person.groups.clear()
            Authenticator.objects.filter(user_id=person.pk).delete()
            closed += 1
        self.stdout.write(f"{closed} demo accounts closed.")
