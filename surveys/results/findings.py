"""Headline findings of a release: the largest gaps and changes that are more than chance and rounding."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import get_language

from ..release.models import Release
from .audiences import Audience
from .differences import Difference, changes_between, gaps_in, real_differences
from .figures import EVERYBODY, YEAR, items_of
from .presenting import finding, question_text, sentence
from .selectors import characteristics_of, kept_figures, kept_for_good

MOST = 5
"""How many of each kind stand on a page."""


@dataclass(frozen=True)
class Headline:
    """One finding: in a sentence with its question, and the two apart for a page that sets them in two lines."""

    sentence: str
    code: str
    points: int
    question: str = ""
    finding: str = ""


def largest_gaps(release: Release, *, audience: Audience, subgroup: str = "") -> list[Headline]:
    """Between year groups, and between the groups of each characteristic; the same page's comparisons are corrected together."""
    about = ("gaps", audience.key, subgroup, get_language())
    return kept_for_good(release, about, lambda: _gaps(release, audience, subgroup))


def _gaps(release: Release, audience: Audience, subgroup: str) -> list[Headline]:
    keys = [item["key"] for item in items_of(release, subgroup=subgroup)]
    comparisons = []
    for by in (YEAR, *(one["code"] for one in characteristics_of(release))):
        comparisons += gaps_in(kept_figures(release, keys, audience=audience, by=by).values())
    found = real_differences(comparisons, release.report["errors"])
    kept: dict[str, Headline] = {}
    for one in found:
        # One sentence a question: the next question says more than another pair of groups of the same one.
        kept.setdefault(one.item["code"], _headline(one))
    return list(kept.values())[:MOST]


def largest_changes(
    release: Release, before: Release | None, *, audience: Audience, subgroup: str = ""
) -> list[Headline]:
    """Since the wave before, all pupils together."""
    if before is None:
        return []
    about = ("changes", before.pk, before.number, audience.key, subgroup, get_language())
    return kept_for_good(release, about, lambda: _changes(release, before, audience, subgroup))


def _changes(release: Release, before: Release, audience: Audience, subgroup: str) -> list[Headline]:
    known = {item["key"] for item in before.structure["items"]}
    keys = [item["key"] for item in items_of(release, subgroup=subgroup) if item["key"] in known]
    now = kept_figures(release, keys, audience=audience, by=EVERYBODY)
    then = kept_figures(before, keys, audience=audience, by=EVERYBODY)
    errors = max(
        release.report["errors"], before.report["errors"], key=lambda rows: sum(row["p95"] or 0 for row in rows)
    )
    found = real_differences(changes_between(now, then), errors)
    kept: dict[str, Headline] = {}
    for one in found:
        kept.setdefault(one.item["code"], _headline(one, earlier=before.wave.name))
    return list(kept.values())[:MOST]


def linked(headlines: list[Headline], url_of: Callable[[str], str]) -> list[dict[str, str]]:
    """For the template: each with the address of its question."""
    return [{"question": one.question, "finding": one.finding, "url": url_of(one.code)} for one in headlines]


def _headline(one: Difference, *, earlier: str = "") -> Headline:
    return Headline(
        sentence(one, earlier=earlier),
        one.item["code"],
        one.points,
        question_text(one.item),
        finding(one, earlier=earlier),
    )
