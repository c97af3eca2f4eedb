"""What is to be looked at by a person before the site goes live: gathered from where it is kept, with why and where.

Nothing here is code's to know: that a number rings, that an address opens, that a wording follows the guidance of today.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Site

from foundation.partnership.models import Helpline, PartnershipSettings

from ..places.models import SchoolTerm
from ..quality.models import AwardScheme, ChecklistItem, StandardVersion
from .models import Confirmation

STANDARD_FILE = Path(__file__).parents[1] / "quality" / "data" / "standard.yaml"
USUAL_LANGUAGE = "en"
_is_address = URLValidator(schemes=["https"])
KNOWN_BODIES = ("gov.uk", "nspcc.org.uk", "ico.org.uk", "anti-bullyingalliance.org.uk")
"""Who stands behind the addresses that are shipped. An address of somebody else is no fault, but worth a second look."""


@dataclass(frozen=True)
class Matter:
    """One thing to look at. `says`: what stands there now; `edit_url`: where to mend it; `fault`: what code can tell."""

    key: str
    title: str
    says: str
    edit_url: str = ""
    opens: str = ""
    fault: str = ""
    note: str = ""
    confirmed_on: date | None = None
    confirmed_by: Any = None

    @property
    def fingerprint(self) -> str:
        """Of all that a person reads of it."""
        return sha256(f"{self.title}\n{self.says}".encode()).hexdigest()

    @property
    def is_done(self) -> bool:
        return self.confirmed_on is not None


@dataclass(frozen=True)
class Chapter:
    """Matters of one kind, and what to do with them."""

    key: str
    title: str | Promise
    what_to_do: str | Promise
    matters: list[Matter] = field(default_factory=list)

    @property
    def left(self) -> int:
        return sum(not matter.is_done for matter in self.matters)


def chapters() -> list[Chapter]:
    """Everything, with whose word stands for what. A word about something that reads differently now counts no more."""
    words = {each.key: each for each in Confirmation.objects.select_related("confirmed_by")}
    return [
        Chapter(key, title, what_to_do, [_with_word(matter, words.get(matter.key)) for matter in found()])
        for key, title, what_to_do, found in _CHAPTERS
    ]


def find_matter(key: str) -> Matter | None:
    """The matter of this key, as it reads now."""
    return next((matter for *_rest, found in _CHAPTERS for matter in found() if matter.key == key), None)


def _with_word(matter: Matter, word: Confirmation | None) -> Matter:
    if word is None or word.fingerprint != matter.fingerprint:
        return matter
    return replace(matter, confirmed_on=word.confirmed_on, confirmed_by=word.confirmed_by)


def _phones() -> Iterator[Matter]:
    """The partnership's own numbers first, then every helpline with what it is reached by."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None:
        ours = PartnershipSettings.for_site(site)
        where = reverse("wagtailsettings:edit", args=["partnership", "partnershipsettings", site.pk])
        for name in ("front_door_phone", "out_of_hours_phone", "front_door_hours", "front_door_email"):
            said = str(getattr(ours, name) or "")
            title = str(PartnershipSettings._meta.get_field(name).verbose_name)
            yield Matter(f"partnership:{name}", f"{ours.front_door_name}: {title}", said or _("(nothing)"), where)
    locale = Locale.objects.filter(language_code=USUAL_LANGUAGE).first()
    for line in Helpline.objects.filter(locale=locale):
        ways = ", ".join(filter(None, (line.phone, line.sms, line.email, line.web, line.hours)))
        yield Matter(f"helpline:{line.key}", line.name, ways or _("(nothing)"))


def _wordings() -> Iterator[Matter]:
    """Items whose wording was written without the official text at hand."""
    for item in _current_items():
        if item.code in codes_to_compare():
            where = reverse("community_items:edit", args=[item.pk])
            says = f"{item.what_good_looks_like}\n{item.how_to_start}"
            yield Matter(f"wording:{item.code}", f"{item.code} {item.question}", says, where)


def codes_to_compare() -> set[str]:
    """Codes of the items that the shipped file marks `check: true`."""
    content = yaml.safe_load(STANDARD_FILE.read_text(encoding="utf-8"))
    return {item["code"] for item in content["items"] if item.get("check")}


def _addresses() -> Iterator[Matter]:
    """Each guide once, with all the items that lead there; then the pages of the awards."""
    by_address: dict[str, list[ChecklistItem]] = {}
    for item in _current_items():
        if item.help_url:
            by_address.setdefault(item.help_url, []).append(item)
    for address, items in by_address.items():
        codes = ", ".join(item.code for item in items)
        title = f"{items[0].help_name or _('A guide')} ({codes})"
        where = reverse("community_items:edit", args=[items[0].pk])
        yield _address(f"address:{items[0].code}", title, address, where)
    for scheme in AwardScheme.objects.exclude(url="").order_by("name"):
        where = reverse("community_award_schemes:edit", args=[scheme.pk])
        yield _address(f"award:{scheme.code}", scheme.name, scheme.url, where)


def _address(key: str, title: str, address: str, where: str) -> Matter:
    fault = fault_of(address)
    note = "" if fault or is_of_a_known_body(address) else _("Look twice who publishes it.")
    return Matter(key, title, address, where, opens="" if fault else address, fault=fault, note=note)


def fault_of(address: str) -> str:
    """What is wrong with an address as it is written, without asking anybody; empty where nothing is."""
    try:
        _is_address(address)
    except ValidationError:
        return _("not an address that begins with https://")
    return ""


def is_of_a_known_body(address: str) -> bool:
    """Whether a public body that the standard names stands behind it."""
    host = urlsplit(address).hostname or ""
    return any(host == known or host.endswith(f".{known}") for known in KNOWN_BODIES)


def links_that_cannot_work() -> Iterator[tuple[str, str, str]]:
    """(where it stands, what is wrong, the address) of every guide and award whose address is none."""
    for matter in _addresses():
        if matter.fault:
            yield matter.title, matter.fault, matter.says


def _terms() -> Iterator[Matter]:
    """Terms that are not over."""
    for term in SchoolTerm.objects.filter(last_day__gte=timezone.localdate()):
        days = f"{date_format(term.first_day, 'j F Y')} – {date_format(term.last_day, 'j F Y')}"
        yield Matter(f"term:{term.pk}", term.name, days, reverse("community_terms:edit", args=[term.pk]))


def _current_items() -> list[ChecklistItem]:
    edition = StandardVersion.objects.filter(is_current=True).first()
    return list(edition.items.all()) if edition else []


_CHAPTERS = (
    ("phones", gettext_lazy("Numbers to call"), gettext_lazy("Call each number, and read its hours."), _phones),
    (
        "wordings", gettext_lazy("Words of the standard"),
        gettext_lazy("Compare each with the guidance of today on GOV.UK, and mend what differs."), _wordings,
    ),
    (
        "addresses", gettext_lazy("Guides and awards elsewhere"),
        gettext_lazy("Open each, and see that it is what its name says."), _addresses,
    ),
    (
        "terms", gettext_lazy("School terms"),
        gettext_lazy("Compare with the dates that the council publishes. Term-time sessions follow them."), _terms,
    ),
)  # fmt: skip
