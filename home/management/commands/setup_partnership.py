"""`manage.py setup_partnership`: an empty site for a partnership."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.registries.demo import demo_parts
from home.content.errors import ContentError
from home.content.starting import PartnershipPlan, make_plan, read_plan, start_partnership

QUESTIONS = (
    ("name", "Name of the partnership"),
    ("short_name", "Short name (initials), may be empty"),
    ("area", "Area, such as the name of the borough or county"),
    ("front_door_name", "Name of the team that takes calls about children"),
    ("front_door_phone", "Its number in office hours"),
    ("out_of_hours_phone", "Its number out of hours"),
    ("contact_email", "Where the contact form goes (never shown)"),
    ("security_contact", "Where security faults are reported (e-mail or https address)"),
    ("hostname", "Host name of the site, such as example.org; may be empty"),
    ("wards", "Wards, separated by commas; may be empty"),
    ("subgroups", "Subgroups, separated by commas; may be empty"),
)


class Command(BaseCommand):
    help = (
        "Starts a site for a partnership: settings, wards, subgroups and plain starter pages. What is there stays. "
        "Without --file or --name it asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, help="a YAML file with the answers")
        for name, question in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=question)

    def handle(self, *, file: Path | None, **options: Any) -> None:
        try:
            made = start_partnership(plan=self._plan(file, options))
        except (ContentError, ValueError) as error:
            raise CommandError(str(error)) from error
        made += sum(part.load(False) for part in demo_parts if part.is_for_everybody)
        self.stdout.write(f"{made} things made; what was there is as it was. Sign in at /admin/ to fill the pages.")

    def _plan(self, file: Path | None, options: dict[str, Any]) -> PartnershipPlan:
        if file is not None:
            if not file.exists():
                raise CommandError(f"There is no file {file}.")
            return read_plan(file)
        answers = {name: options[name] for name, _question in QUESTIONS}
        if not answers["name"]:
            if not sys.stdin.isatty():
                raise CommandError("Give --file or --name: there is nobody here to ask.")
            answers = {name: input(f"{question}: ").strip() for name, question in QUESTIONS}
        return make_plan({**answers, **{name: _list(answers[name]) for name in ("wards", "subgroups")}})


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
