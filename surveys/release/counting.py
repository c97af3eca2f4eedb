"""From sealed rows to the true counts of a plan. What leaves this module is secret; only the release job calls it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..codes import Missing
from ..disclosure import Answer, Column, Plan, Question, Wave, tabulate
from ..disclosure.shapes import BoolArray, IntArray
from ..errors import SurveyError
from .items import MISSING_KEYS, NOT_ASKED_KEY, Item

AREA, YEAR = "school", "year"
NO_SCHOOL = "0"
"""The label of rows whose school was left out because too few of it took part."""


@dataclass(frozen=True, eq=False)
class SealedAnswers:
    """All sealed rows of a wave: (respondents, positions) answers, and (respondents,) schools and year groups."""

    answers: IntArray
    schools: IntArray
    years: IntArray


def read_sealed(rows: Iterator[tuple[int | None, int, list[int]]], *, positions: int) -> SealedAnswers:
    """Stack rows of (school or None, year group, answers). A row sealed before a correction is shorter: what it lacks was
    not asked. Reads the whole wave into memory, some 200 bytes a respondent for a hundred places."""
    schools: list[int] = []
    years: list[int] = []
    stacked: list[NDArray[np.int16]] = []
    for school, year, answers in rows:
        schools.append(school or 0)
        years.append(year)
        row = np.full(positions, int(Missing.NOT_ASKED), dtype=np.int16)
        row[: len(answers)] = answers[:positions]
        stacked.append(row)
    if not stacked:
        raise SurveyError("No answers of this wave are sealed, so there is nothing to release.")
    return SealedAnswers(np.stack(stacked).astype(np.int64), np.array(schools), np.array(years))


def count(
    sealed: SealedAnswers, items: Sequence[Item], *, crossed_by: str, breakdowns: Sequence[str]
) -> tuple[Wave, list[Item]]:
    """True counts, and the items that they are of: all but those that the plan crosses by.

    Raises:
        SurveyError: a characteristic that the wave did not ask.
        DisclosureError: see `tabulate`.
    """
    known = {item["key"]: item for item in items}
    for code in filter(None, (crossed_by, *breakdowns)):
        if code not in known or known[code]["kind"] != "choice":
            raise SurveyError(
                f"This wave has no “choose one” question with the code {code}, so nothing can be shown by it."
            )
    columns = {AREA: _area(sealed), YEAR: _years(sealed)}
    for code in filter(None, (crossed_by, *breakdowns)):
        columns[code] = _characteristic(sealed, known[code])
    counted = [item for item in items if item["key"] not in {crossed_by, *breakdowns}]
    plan = Plan(
        area=AREA,
        inner=(YEAR, crossed_by) if crossed_by else (YEAR,),
        breakdowns=tuple(breakdowns),
    )
    counted = [item for item in counted if _was_asked(sealed, item)]
    if not counted:
        raise SurveyError("Nobody answered any question of this wave, so there is nothing to release.")
    by_key = {item["key"]: item for item in counted}
    questions = [_question(sealed, item, by_key) for item in counted]
    return tabulate(sealed.answers, columns, plan, questions), counted


def _area(sealed: SealedAnswers) -> Column:
    labels = sorted({int(school) for school in sealed.schools})
    return Column(tuple(map(str, labels)), np.searchsorted(labels, sealed.schools).astype(np.int64))


def _years(sealed: SealedAnswers) -> Column:
    labels = sorted({int(year) for year in sealed.years})
    codes = np.searchsorted(labels, sealed.years).astype(np.int64)
    return Column(tuple(map(str, labels)), codes, structural=True)


def _characteristic(sealed: SealedAnswers, item: Item) -> Column:
    """Every option is a group, and each kind of missing answer that occurs too: never the difference of two numbers."""
    values = sealed.answers[:, item["position"]]
    labels = [answer["answer"] for answer in item["answers"]]
    labels += sorted({int(value) for value in np.unique(values)} - set(labels), reverse=True)
    place = {value: number for number, value in enumerate(labels)}
    return Column(tuple(map(str, labels)), np.array([place[int(value)] for value in values], dtype=np.int64))


def _was_asked(sealed: SealedAnswers, item: Item) -> bool:
    return bool((sealed.answers[:, item["position"]] != Missing.NOT_ASKED).any())


def _asked_years(sealed: SealedAnswers, item: Item) -> tuple[str, ...]:
    """The year groups that stand in the item's tables. Rows merged to their phase were asked too, though their year is lost."""
    asked = np.isin(sealed.years, item["years"]) | (sealed.answers[:, item["position"]] != Missing.NOT_ASKED)
    return tuple(str(int(year)) for year in np.unique(sealed.years[asked]))


def _question(sealed: SealedAnswers, item: Item, counted: dict[str, Item]) -> Question:
    years = _asked_years(sealed, item)
    inside = np.isin(sealed.years, [int(year) for year in years])
    occurring = {int(value) for value in np.unique(sealed.answers[inside, item["position"]])}
    missing = [code for code in MISSING_KEYS if code in occurring or code != Missing.NOT_ASKED or item["is_routed"]]
    answers = [Answer(answer["key"], tuple(answer["codes"])) for answer in item["answers"]]
    answers += [Answer(MISSING_KEYS[code], (int(code),)) for code in missing]
    parent, route = _parent(sealed, item, counted, inside)
    return Question(
        key=item["key"],
        position=item["position"],
        answers=tuple(answers),
        parent=parent,
        route=route,
        not_asked=NOT_ASKED_KEY if parent else None,
        together=item["code"] if item["kind"] == "choose-all" else None,
        missing=tuple(MISSING_KEYS[code] for code in missing),
        only={YEAR: years},
    )


def _parent(
    sealed: SealedAnswers, item: Item, counted: dict[str, Item], inside: BoolArray
) -> tuple[str | None, tuple[str, ...]]:
    """The parent, where it stands in the same tables and every row fits its routing (a correction can break that)."""
    parent = counted.get(item["parent"] or "")
    if parent is None or _asked_years(sealed, parent) != _asked_years(sealed, item):
        return None, ()
    codes = [code for answer in parent["answers"] if answer["key"] in item["route"] for code in answer["codes"]]
    asked = np.isin(sealed.answers[:, parent["position"]], codes)
    got = sealed.answers[:, item["position"]] != Missing.NOT_ASKED
    return (parent["key"], tuple(item["route"])) if (asked == got)[inside].all() else (None, ())
