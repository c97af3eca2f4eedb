"""`manage.py export_person EMAIL FILE.zip`: all that is held about one person, to be given to them."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.accounts.models import User
from foundation.personal.export import export_person


class Command(BaseCommand):
    help = "Writes a file with everything that is held about the person with this e-mail address, with or without an account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("destination", type=Path, help="the name of a new .zip file")

    def handle(self, *, email: str, destination: Path, **_options: Any) -> None:
        if destination.exists():
            raise CommandError(f"{destination} is there already. Name another file.")
        person = User.objects.filter(email__iexact=email.strip()).first()
        whole = export_person(email=email.strip(), person=person)
        try:
            with os.fdopen(os.open(destination, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(whole)
        except OSError as error:
            raise CommandError(f"{destination}: {error.strerror}.") from error
        found = "with their account" if person else "no account has this address; rows that hold it are in the file"
        self.stdout.write(f"{destination}: {found}. Give it to nobody else, and delete it when they have it.")
