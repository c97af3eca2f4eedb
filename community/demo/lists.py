"""The pick-lists that every partnership starts with."""

from pathlib import Path

import yaml
from django.db import transaction

from ..register.models import ListEntry

FILE = Path(__file__).with_name("lists.yaml")


@transaction.atomic
def load_lists(refresh: bool = False) -> int:
    """Add the entries that are missing; what staff changed or switched off stays, unless `refresh` asks otherwise."""
    touched = 0
    for kind, entries in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        for order, (code, label, *same_as) in enumerate(entries, start=1):
            wanted = {"label": label, "same_as": same_as[0] if same_as else "", "order": order * 10}
            entry, is_new = ListEntry.objects.get_or_create(kind=kind, code=code, defaults=wanted)
            differs = any(getattr(entry, name) != value for name, value in wanted.items())
            if not is_new and refresh and differs:
                ListEntry.objects.filter(pk=entry.pk).update(**wanted)
            touched += int(is_new or (refresh and differs))
    return touched
