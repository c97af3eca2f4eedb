"""What a listing says about keeping children safe, and how each thing is known. What has run out is left out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ..quality.holding import holds_on
from ..quality.models import ChecklistItem, EvidenceCheck

Document = dict[str, Any]


@dataclass(frozen=True)
class Statement:
    """One statement in its strongest form that still holds."""

    code: str
    text: str
    level: str
    checked_on: date
    expires_on: date | None

    @property
    def how_known(self) -> str:
        return str(EvidenceCheck.Level(self.level).label)

    @property
    def area(self) -> str:
        return self.code[:1]


@dataclass(frozen=True)
class HeldAward:
    """An award of somebody else's that still runs."""

    name: str
    issuer: str
    level: str
    issued_on: date | None
    expires_on: date | None
    url: str


def statements_on(document: Document, day: date) -> list[Statement]:
    """The statements that hold on this day in London, in the order of the standard."""
    found = []
    for code, versions in sorted(document.get("statements", {}).items(), key=lambda pair: _in_standard(pair[0])):
        # They stand in the document from the weakest to the strongest; the last that holds is shown.
        holding = [each for each in versions if holds_on(each, day)]
        if holding:
            each = holding[-1]
            found.append(
                Statement(
                    code=code,
                    text=each["text"],
                    level=each["level"],
                    checked_on=date.fromisoformat(each["checked_on"]),
                    expires_on=_day(each.get("expires_on")),
                )
            )
    return found


def by_area(statements: list[Statement]) -> list[tuple[str, list[Statement]]]:
    """(heading, its statements) for each area of the standard that has any."""
    headings = dict(ChecklistItem.Area.choices)
    areas = list(dict.fromkeys(each.area for each in statements))
    return [(str(headings.get(area, area)), [each for each in statements if each.area == area]) for area in areas]


def awards_on(document: Document, day: date) -> list[HeldAward]:
    """Awards that run on this day."""
    return [
        HeldAward(
            name=each.get("name", ""),
            issuer=each.get("issuer", ""),
            level=each.get("level", ""),
            issued_on=_day(each.get("issued_on")),
            expires_on=_day(each.get("expires_on")),
            url=each.get("url", ""),
        )
        for each in document.get("awards", [])
        if holds_on(each, day)
    ]


def checked_by_us(statements: list[Statement]) -> int:
    """How many of these the partnership has seen for itself, on paper or on a visit."""
    return sum(each.level in {EvidenceCheck.Level.SEEN, EvidenceCheck.Level.VISITED} for each in statements)


def in_short(statements: list[Statement]) -> str:
    """How things are known, for a card: "1 seen on a visit, 4 seen by us, 6 told us"; empty where nothing is said."""
    counts = {level: sum(each.level == level for each in statements) for level in EvidenceCheck.Level.values}
    parts = []
    if counts["visited"]:
        parts.append(_("%(count)d seen on a visit") % {"count": counts["visited"]})
    if counts["seen"]:
        parts.append(_("%(count)d seen by us") % {"count": counts["seen"]})
    if counts["told"]:
        parts.append(_("%(count)d told us") % {"count": counts["told"]})
    return ", ".join(parts)


def _in_standard(code: str) -> tuple[str, int, str]:
    number = "".join(char for char in code if char.isdigit())
    return code[:1], int(number or 0), code


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
