"""Headline findings of a release: the largest gaps and changes that are more than chance and rounding."""

from dataclasses import dataclass

from ..release.models import Release
from .audiences import Audience
from .differences import changes_between, gaps_in, real_differences
from .figures import EVERYBODY, YEAR, items_of
from .presenting import sentence
from .selectors import characteristics_of, kept_figures

MOST = 5
"""How many of each kind stand on a page."""


@dataclass(frozen=True)
class Headline:
    """One finding in a sentence, with the question it is about."""

    sentence: str
    code: str
    points: int


def largest_gaps(release: Release, *, audience: Audience, subgroup: str = "") -> list[Headline]:
    """Between year groups, and between the groups of each characteristic; the same page's comparisons are corrected together."""
    keys = [item["key"] for item in items_of(release, subgroup=subgroup)]
    if not keys:
        return []
    comparisons = []
    for by in (YEAR, *(one["code"] for one in characteristics_of(release))):
        comparisons += gaps_in(kept_figures(release, keys, audience=audience, by=by).values())
    found = real_differences(comparisons, release.report["errors"])
    kept: dict[str, Headline] = {}
    for one in found:
        # One sentence a question: the next question says more than another pair of groups of the same one.
        kept.setdefault(one.item["code"], Headline(sentence(one), one.item["code"], one.points))
    return list(kept.values())[:MOST]


def largest_changes(
    release: Release, before: Release | None, *, audience: Audience, subgroup: str = ""
) -> list[Headline]:
    """Since the wave before, all pupils together."""
    if before is None:
        return []
    known = {item["key"] for item in before.structure["items"]}
    keys = [item["key"] for item in items_of(release, subgroup=subgroup) if item["key"] in known]
    if not keys:
        return []
    now = kept_figures(release, keys, audience=audience, by=EVERYBODY)
    then = kept_figures(before, keys, audience=audience, by=EVERYBODY)
    errors = max(
        release.report["errors"], before.report["errors"], key=lambda rows: sum(row["p95"] or 0 for row in rows)
    )
    found = real_differences(changes_between(now, then), errors)
    kept: dict[str, Headline] = {}
    for one in found:
        kept.setdefault(
            one.item["code"], Headline(sentence(one, earlier=before.wave.name), one.item["code"], one.points)
        )
    return list(kept.values())[:MOST]
