"""`manage.py load_demo_users`: one person for each role, and how to sign in as each."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.accounts import demo
from foundation.accounts.role_setup import set_up_roles


class Command(BaseCommand):
    help = "Makes one demo person for each role (demo mode only), and prints how to sign in."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        try:
            set_up_roles()
            demo.load()
        except demo.OnlyInDemoMode as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(demo.how_to_sign_in())
