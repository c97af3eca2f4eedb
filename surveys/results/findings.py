"""Headline findings of a release: the largest gaps and changes that are more than chance and rounding.

They follow from the frozen cells alone, so the release job works them out once and notes them with the release
(`findings_to_note`); pages put them into words. What was not noted, such as changes since a wave whose figures were corrected
afterwards, is worked out when it is asked for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ..release.models import Release
from .audiences import PUBLIC, SUBGROUP, Audience
from .differences import Comparison, Difference, changes_between, gaps_in, real_differences
from .figures import EVERYBODY, YEAR, Cell, Figure, Row, answers_of, frame_of, items_of
from .presenting import finding, question_text, sentence
from .selectors import characteristics_of, kept_figures, kept_for_good, release_before

MOST = 5
"""How many of each kind stand on a page."""

Noted = dict[str, Any]
"""A difference as JSON: {"item", "answer", "by", "first", "second": groups, "one", "other": [pupils, base], "points", "p"}."""


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
    known = _noted(release, audience, subgroup)
    found: list[Noted] = (
        known["gaps"]
        if known
        else kept_for_good(
            release,
            ("gaps", audience.key, subgroup),
            lambda: _gaps(release, _split(release, audience, subgroup), subgroup),
        )
    )
    return [_headline(_difference(release, one)) for one in found]


def largest_changes(
    release: Release, before: Release | None, *, audience: Audience, subgroup: str = ""
) -> list[Headline]:
    """Since the wave before, all pupils together."""
    if before is None:
        return []
    known = _noted(release, audience, subgroup)
    about = ("changes", before.pk, before.number, audience.key, subgroup)
    found: list[Noted] = (
        known["changes"]
        if known and known["before"] == before.pk
        else kept_for_good(
            release,
            about,
            lambda: _changes(
                release, before, _together(release, audience, subgroup), _together(before, audience), subgroup
            ),
        )
    )
    return [_headline(_difference(release, one), earlier=before.wave.name_here) for one in found]


def findings_to_note(release: Release) -> dict[str, dict[str, Any]]:
    """What pages of this release will ask for, by audience and subgroup: {"public": {"gaps": …}, "subgroup health": {…}}."""
    before = release_before(release)
    subgroups = sorted({key for item in release.structure["items"] for key in item["subgroups"]})
    noted = {}
    for audience, keys in ((PUBLIC, [""]), (SUBGROUP, subgroups)):
        split, now = _split(release, audience), _together(release, audience)
        then = _together(before, audience) if before else {}
        for key in keys:
            noted[_name(audience, key)] = {
                "gaps": _gaps(release, split, key),
                "changes": _changes(release, before, now, then, key) if before else [],
                "before": before.pk if before else None,
            }
    return noted


def linked(headlines: list[Headline], url_of: Callable[[str], str]) -> list[dict[str, str]]:
    """For the template: each with the address of its question."""
    return [{"question": one.question, "finding": one.finding, "url": url_of(one.code)} for one in headlines]


def _noted(release: Release, audience: Audience, subgroup: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = release.report.get("findings", {}).get(_name(audience, subgroup))
    return found


def _name(audience: Audience, subgroup: str) -> str:
    return f"{audience.key} {subgroup}".strip()


def _split(release: Release, audience: Audience, subgroup: str = "") -> list[Figure]:
    """Every figure (of a subgroup) in every way that it is split."""
    keys = [item["key"] for item in items_of(release, subgroup=subgroup)]
    ways = (YEAR, *(one["code"] for one in characteristics_of(release)))
    return [figure for by in ways for figure in kept_figures(release, keys, audience=audience, by=by).values()]


def _together(release: Release, audience: Audience, subgroup: str = "") -> dict[str, Figure]:
    keys = [item["key"] for item in items_of(release, subgroup=subgroup)]
    return kept_figures(release, keys, audience=audience, by=EVERYBODY)


def _gaps(release: Release, split: Iterable[Figure], subgroup: str) -> list[Noted]:
    mine = {item["key"] for item in items_of(release, subgroup=subgroup)}
    comparisons = gaps_in(figure for figure in split if figure.item["key"] in mine)
    return _largest(comparisons, release.report["errors"])


def _changes(
    release: Release, before: Release, now: dict[str, Figure], then: dict[str, Figure], subgroup: str
) -> list[Noted]:
    mine = {item["key"] for item in items_of(release, subgroup=subgroup)}
    comparisons = changes_between({key: figure for key, figure in now.items() if key in mine}, then)
    errors = max(
        release.report["errors"], before.report["errors"], key=lambda rows: sum(row["p95"] or 0 for row in rows)
    )
    return _largest(comparisons, errors)


def _largest(comparisons: list[Comparison], errors: list[dict[str, Any]]) -> list[Noted]:
    """One a question: the next question says more than another pair of groups of the same one."""
    kept: dict[str, Noted] = {}
    for one in real_differences(comparisons, errors):
        kept.setdefault(one.item["code"], _as_plain(one))
    return list(kept.values())[:MOST]


def _as_plain(one: Difference) -> Noted:
    cells = [row.cell(one.answer["answer"]) for row in (one.first, one.second)]
    return {
        "item": one.item["key"],
        "answer": one.answer["answer"],
        "by": one.figure.by,
        "first": one.first.group,
        "second": one.second.group,
        "one": [cells[0].pupils if cells[0] else 0, one.first.base],
        "other": [cells[1].pupils if cells[1] else 0, one.second.base],
        "points": one.points,
        "p": one.p,
    }


def _difference(release: Release, noted: Noted) -> Difference:
    """The inverse, with the words of the release."""
    item = next(item for item in release.structure["items"] if item["key"] == noted["item"])
    answers = answers_of(release, item)
    figure, labels = frame_of(release, item, noted["by"])
    rows = []
    for group, (pupils, base) in ((noted["first"], noted["one"]), (noted["second"], noted["other"])):
        cell = Cell(noted["answer"], pupils, round(100 * pupils / base))
        rows.append(Row(group, labels[group], base, "percent", (cell,)))
    answer = next(answer for answer in answers if answer["answer"] == noted["answer"])
    return Difference(figure, item, answer, rows[0], rows[1], noted["points"], noted["p"])


def _headline(one: Difference, *, earlier: str = "") -> Headline:
    return Headline(
        sentence(one, earlier=earlier),
        one.item["code"],
        one.points,
        question_text(one.item),
        finding(one, earlier=earlier),
    )
