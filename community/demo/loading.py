"""Loads the fifty settings of the demonstration. What is there already stays."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings as site
from django.db import transaction

from ..directory.indexing import drawn_later, rebuild
from ..places.table import ensure_postcodes
from ..register.models import Membership, Setting
from . import lives
from .people import Cast, cast
from .records import write_known, write_record

FILE = Path(__file__).with_name("settings.yaml")


def load_demo_settings(refresh: bool = False) -> int:
    """Add what is missing; how many settings were made. Nothing outside demo mode: a real register holds no inventions.

    People join their settings after all has happened, so that loading sends no mail.
    """
    if not site.DEMO_MODE:
        return 0
    ensure_postcodes()
    entries: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    there = set(Setting.objects.filter(name__in=[entry["name"] for entry in entries]).values_list("name", flat=True))
    missing = [(number, entry) for number, entry in enumerate(entries) if entry["name"] not in there]
    if not missing:
        return 0
    people = cast()
    with drawn_later(), transaction.atomic():
        made = {entry["name"]: _make(entry, number, people) for number, entry in missing}
        rebuild()
    if len(missing) == len(entries):
        lives.everyday_work(made, people)
    _let_in(missing, made, people)
    return len(made)


def _make(entry: dict[str, Any], number: int, people: Cast) -> Setting:
    if entry.get("state") == "known":
        return write_known(entry)
    owner = people.owner_of(number)
    setting = write_record(entry, number=number, by=owner)
    lives.live(setting, entry, number=number, cast=people, by=owner)
    setting.refresh_from_db()
    return setting


def _let_in(missing: list[tuple[int, dict[str, Any]]], made: dict[str, Setting], people: Cast) -> None:
    Membership.objects.bulk_create(
        Membership(setting=made[entry["name"]], user=people.owner_of(number))
        for number, entry in missing
        if entry.get("state") != "known"
    )
