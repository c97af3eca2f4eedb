"""The standard and the awards: loading them from their files, and making a new edition."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...errors import RegistryError
from ..models import Answer, AwardScheme, ChecklistItem, EvidenceCheck, EvidenceFile, StandardVersion

DATA = Path(__file__).parents[1] / "data"
_OF_EDITION = ("title", "introduction", "in_force_from")
_OF_ITEM = (
    "question", "what_good_looks_like", "how_to_start", "help_page", "help_name", "help_url", "basis", "applies_to", "public_statement",
    "parent_question", "good_answer", "red_flag", "reopened_by", "evidence_kind", "expires_after_months", "schemes",
)  # fmt: skip


@transaction.atomic
def load_standard(*, file: Path = DATA / "standard.yaml", refresh: bool = False) -> int:
    """Make the edition of this file if there is none; how many rows were made or put back.

    An edition that is there stays as staff have worded it, unless `refresh` asks for the file's words. Nothing is
    ever deleted. The first edition of all becomes the current one.
    """
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    edition = StandardVersion.objects.filter(code=content["code"]).first()
    if edition is not None and not refresh:
        return 0
    fields = {name: content[name] for name in _OF_EDITION}
    touched = 0
    if edition is None:
        is_first = not StandardVersion.objects.filter(is_current=True).exists()
        edition = StandardVersion.objects.create(code=content["code"], is_current=is_first, **fields)
        touched += 1
    else:
        StandardVersion.objects.filter(pk=edition.pk).update(**fields)
    for number, item in enumerate(content["items"], start=1):
        touched += _put_item(edition, number, item)
    if touched:
        audit.record(action="community.load_standard", subject=edition, facts={"rows": touched})
    return touched


def _put_item(edition: StandardVersion, number: int, item: dict[str, Any]) -> int:
    given = {name: item[name] for name in _OF_ITEM if item.get(name) is not None}
    wanted = {**given, "area": item["code"][0], "order": number}
    row, made = ChecklistItem.objects.get_or_create(standard=edition, code=item["code"], defaults=wanted)
    if made:
        return 1
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
    return int(bool(changed))


@transaction.atomic
def load_award_schemes(*, file: Path = DATA / "awards.yaml", refresh: bool = False) -> int:
    """Make the award schemes of this file that are missing; how many were made or put back."""
    touched = 0
    for scheme in yaml.safe_load(file.read_text(encoding="utf-8")):
        wanted = {name: value for name, value in scheme.items() if name != "code"}
        row, made = AwardScheme.objects.get_or_create(code=scheme["code"], defaults=wanted)
        changed = [name for name, value in wanted.items() if refresh and getattr(row, name) != value]
        for name in changed:
            setattr(row, name, wanted[name])
        if changed:
            row.save(update_fields=changed)
        touched += int(made or bool(changed))
    return touched


def load_all(refresh: bool) -> int:
    """The standard and the awards: what every partnership starts with."""
    return load_standard(refresh=refresh) + load_award_schemes(refresh=refresh)


@transaction.atomic
def copy_edition(*, edition: StandardVersion, code: str, title: str, in_force_from: date, by: Any) -> StandardVersion:
    """A new edition with the same items, to be worded anew before it becomes the current one.

    Raises:
        RegistryError: there is an edition of this code.
    """
    if StandardVersion.objects.filter(code=code).exists():
        raise RegistryError(_("There is an edition of this code already. Choose another."))
    copy = StandardVersion.objects.create(
        code=code, title=title, introduction=edition.introduction, in_force_from=in_force_from, is_current=False
    )
    items = []
    for item in edition.items.all():
        item.pk, item.standard = None, copy
        item._state.adding = True
        items.append(item)
    ChecklistItem.objects.bulk_create(items)
    audit.record(
        action="community.copy_standard", actor=by, subject=copy, facts={"from": edition.code, "items": len(items)}
    )
    return copy


@transaction.atomic
def make_current(*, edition: StandardVersion, by: Any) -> None:
    """Settings answer this edition from now on. What they told us under an earlier one holds until it runs out.

    Raises:
        RegistryError: the edition asks nothing, or is not in force yet.
    """
    if not edition.items.exists():
        raise RegistryError(_("This edition has no items yet."))
    if edition.in_force_from > timezone.localdate():
        raise RegistryError(_("This edition is not in force yet. Change its date first."))
    StandardVersion.objects.filter(is_current=True).update(is_current=False)
    StandardVersion.objects.filter(pk=edition.pk).update(is_current=True)
    audit.record(action="community.make_standard_current", actor=by, subject=edition, facts={"code": edition.code})


def is_in_use(edition: StandardVersion) -> bool:
    """Whether somebody has answered, or been checked against, this edition: then its codes must stay what they are."""
    about = Q(item__standard=edition)
    return any(model._default_manager.filter(about).exists() for model in (Answer, EvidenceCheck, EvidenceFile))
