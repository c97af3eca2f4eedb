"""An empty site for a partnership: its name, its area, its groups, and a tree of plain starter pages."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Site

from foundation.cache import generation
from foundation.partnership.models import PartnershipSettings, Subgroup, Ward
from home.models import HomePage, PartnershipPage, SubgroupPage

from .errors import ContentError
from .loader import build_indexes, load_content
from .reading import read_yaml
from .richtext import to_rich_text

STARTER = Path(__file__).parent / "starter"
KEYS = {
    "name", "short_name", "area", "strapline", "front_door_name", "front_door_phone", "front_door_hours",
    "out_of_hours_phone", "front_door_email", "contact_email", "address", "security_contact", "hostname",
}  # fmt: skip
LISTS = {"wards", "subgroups"}


@dataclass(frozen=True)
class PartnershipPlan:
    """What a new partnership says of itself. `subgroups`: names, or {name, key, purpose, chair_role, meets}."""

    settings: dict[str, str]
    wards: list[str] = field(default_factory=list)
    subgroups: list[dict[str, Any]] = field(default_factory=list)
    hostname: str = ""


def read_plan(file: Path) -> PartnershipPlan:
    """A plan from a YAML file. Raises ContentError for a key that means nothing, or no name."""
    values = read_yaml(file)
    if not isinstance(values, dict):
        raise ContentError(file, "", "keys with values are expected, such as `name: Our partnership`")
    unknown = set(values) - KEYS - LISTS
    if unknown:
        raise ContentError(file, ", ".join(sorted(unknown)), f"unknown; there are {', '.join(sorted(KEYS | LISTS))}")
    try:
        return make_plan(values)
    except ValueError as error:
        raise ContentError(file, "name", str(error)) from error


def make_plan(values: dict[str, Any]) -> PartnershipPlan:
    """A plan from plain values. Raises ValueError without a name."""
    if not str(values.get("name") or "").strip():
        raise ValueError("a partnership needs a name")
    subgroups = []
    for given in values.get("subgroups") or []:
        entry = {"name": given} if isinstance(given, str) else dict(given)
        entry.setdefault("key", slugify(entry["name"])[:50])
        subgroups.append(entry)
    settings = {key: str(values[key]).strip() for key in KEYS - {"hostname"} if values.get(key)}
    return PartnershipPlan(
        settings, [str(ward) for ward in values.get("wards") or []], subgroups, str(values.get("hostname") or "")
    )


def start_partnership(*, plan: PartnershipPlan) -> int:
    """Make what the plan says and the site lacks; answers how many things were made. Nothing is overwritten."""
    with transaction.atomic():
        report = load_content(folder=STARTER)
        made = report.created
        site = Site.objects.get(is_default_site=True)
        _fill_settings(site, plan)
        made += sum(Ward.objects.get_or_create(name=name)[1] for name in plan.wards)
        made += _subgroups(plan)
        _name_home(site, plan)
        if plan.hostname and site.hostname == "localhost":
            site.hostname, site.port = plan.hostname, 443
            site.site_name = plan.settings["name"]
            site.save()
    generation.bump_on_commit()
    if made:
        build_indexes()
    return made


def _fill_settings(site: Site, plan: PartnershipPlan) -> None:
    settings, blank = PartnershipSettings.for_site(site), PartnershipSettings()
    for name, value in plan.settings.items():
        if getattr(settings, name) in ("", getattr(blank, name)):
            setattr(settings, name, value)
    settings.save()


def _name_home(site: Site, plan: PartnershipPlan) -> None:
    home = HomePage.objects.get(pk=site.root_page_id)
    if home.title == "{name}":
        home.title = home.draft_title = plan.settings["name"]
        home.save()


def _subgroups(plan: PartnershipPlan) -> int:
    made = 0
    parent = PartnershipPage.objects.filter(live=True).order_by("path").first()
    for number, entry in enumerate(plan.subgroups, start=1):
        values = {key: entry[key] for key in ("name", "chair_role", "meets") if entry.get(key)}
        values["purpose"] = to_rich_text(entry.get("purpose", ""), lambda _path: None)
        group, created = Subgroup.objects.get_or_create(key=entry["key"], defaults={**values, "order": number * 10})
        made += created
        if parent is not None and not SubgroupPage.objects.filter(subgroup=group).exists():
            summary = f"What the group does: {group.name}."[:200]
            page = SubgroupPage(title=group.name, slug=group.key, subgroup=group, summary=summary)
            PartnershipPage.objects.get(pk=parent.pk).add_child(instance=page)
            made += 1
    return made


__all__ = ["PartnershipPlan", "make_plan", "read_plan", "start_partnership"]
