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
            people = demo.load()
        except demo.OnlyInDemoMode as error:
            raise CommandError(str(error)) from error
        if not verbosity:
            return
        self.stdout.write("\nSign in at /admin/ as")
        for person in people:
            door = "" if person.is_staff else "   (no way into /admin/: signs in at /accounts/login/)"
            self.stdout.write(f"  {person.role:<18} {person.email}{door}")
        self.stdout.write(f"The password of all of them: {demo.PASSWORD}")
        for email in demo.people_without_role():
            self.stdout.write(
                f"  {'':<18} {email}   (signs in by a link: ask for it, the mail comes out where the site runs)"
            )
        self.stdout.write("The code: the sign-in page shows it in demo mode; so does `manage.py demo_code`.")
        self.stdout.write(f"For an authenticator app: {demo.SECRET}\n")
