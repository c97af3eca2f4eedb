"""Figures of a release: tables of groups by answers, each number a sum of cells. Every view reads through here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Sum

from ..codes import Missing
from ..disclosure import MAIN
from ..release.models import Release
from .audiences import Audience

Item = dict[str, Any]
EVERYBODY = ""
"""`by` for one group with all pupils."""
YEAR = "year"
YEAR_LABEL = "year "
"""Before the number of a year group in the label of its row, which `presenting.text` puts into words."""
SCHOOL = "school"


@dataclass(frozen=True)
class Cell:
    """One number: pupils (a multiple of 5) and the share of the row's base in percent, None where it is not shown."""

    answer: int
    pupils: int
    percent: int | None


@dataclass(frozen=True)
class Row:
    """One group. `shown`: "percent", "words" or "" (too few). `base`: pupils who were asked, as published."""

    group: int | None
    label: dict[str, str] | str
    base: int
    shown: str
    cells: tuple[Cell, ...] = ()

    def cell(self, answer: int) -> Cell | None:
        """The number for an answer, None where the row does not show it."""
        return next((cell for cell in self.cells if cell.answer == answer), None)


@dataclass(frozen=True)
class Figure:
    """One question's table: `answers` name the columns [{"answer", "text", "kind"}], `rows` the groups."""

    item: Item
    by: str
    by_text: dict[str, str] | None
    answers: tuple[dict[str, Any], ...]
    rows: tuple[Row, ...]
    years: tuple[int, ...] = ()
    demographic: str = ""
    """Which of the approved characteristics it is split by, a value of `Demographic`."""

    @property
    def is_shown(self) -> bool:
        """Whether any group is large enough."""
        return any(row.shown for row in self.rows)


@dataclass(frozen=True)
class Slice:
    """Which cells to add up: of one school or all (None), of some year groups or all."""

    school: int | None = None
    years: tuple[int, ...] = ()
    groups: tuple[int, ...] = field(default=())
    """Of the crossed characteristic, main cube only."""


ALL = Slice()
"""Every school and year group."""


def figures(
    release: Release,
    keys: Sequence[str],
    *,
    audience: Audience,
    by: str = EVERYBODY,
    part: Slice = ALL,
) -> dict[str, Figure]:
    """The tables of some items in two queries. `by`: "" for all pupils together, "year", "school", the code of the crossed
    characteristic, or of a breakdown. Sums in a breakdown cover all year groups.

    Raises:
        KeyError: an item or characteristic that the release does not have.
    """
    items = {item["key"]: item for item in release.structure["items"] if item["key"] in set(keys)}
    cube = by if by in {one["code"] for one in release.structure["breakdowns"]} else MAIN
    sums, schools = _sums(release, list(items), cube=cube, by=by, part=part)
    groups = _groups(release, by)
    split = {} if by in {EVERYBODY, YEAR, SCHOOL} else _characteristic(release, by)
    made = {}
    for key in keys:
        answers = answers_of(release, items[key])
        rows = tuple(
            _row(group, label, sums[key].get(group, {}), schools[key].get(group, 0), answers, audience)
            for group, label in groups
            if by != YEAR or group in items[key]["years"] or group is None
        )
        years = tuple(items[key]["years"])
        made[key] = Figure(items[key], by, split.get("text"), answers, rows, years, split.get("demographic", ""))
    return made


def frame_of(release: Release, item: Item, by: str) -> tuple[Figure, dict[int | None, dict[str, str] | str]]:
    """A figure's words without its numbers, and the name of each of its groups.

    Raises:
        KeyError: a characteristic that the release does not have.
    """
    split = {} if by in {EVERYBODY, YEAR, SCHOOL} else _characteristic(release, by)
    answers, years = answers_of(release, item), tuple(item["years"])
    figure = Figure(item, by, split.get("text"), answers, (), years, split.get("demographic", ""))
    return figure, dict(_groups(release, by))


def answers_of(release: Release, item: Item) -> tuple[dict[str, Any], ...]:
    """The columns of an item's tables: its answers in their order, then "prefer not to say" and "no answer" where the
    release counts them; who was not asked stands in no base."""
    codes = set(release.structure["answers"][item["key"]].values())
    missing = [
        {"answer": int(code), "key": code.name.lower(), "text": {}, "kind": "missing"}
        for code in (Missing.PREFER_NOT_TO_SAY, Missing.NO_ANSWER)
        if int(code) in codes
    ]
    return (*item["answers"], *missing)


def took_part(release: Release, *, part: Slice = ALL) -> int:
    """How many took part, as the cells say."""
    cells = _cells(release, [release.structure["everybody"]], cube=MAIN, part=part)
    return cells.aggregate(pupils=Sum("value"))["pupils"] or 0


def items_of(release: Release, *, topic: str = "", subgroup: str = "", code: str = "") -> list[Item]:
    """The items of a topic, a subgroup or a question, in the order in which they were asked."""
    return [
        item
        for item in release.structure["items"]
        if (not topic or item["topic"] == topic)
        and (not subgroup or subgroup in item["subgroups"])
        and (not code or item["code"] == code)
    ]


def _cells(release: Release, keys: list[str], *, cube: str, part: Slice) -> Any:
    cells = release.cells.filter(item__in=keys, cube=cube)
    if part.school is not None:
        cells = cells.filter(school_id=part.school)
    if part.years and cube == MAIN:
        cells = cells.filter(year_group__in=part.years)
    if part.groups and cube == MAIN:
        cells = cells.filter(group__in=part.groups)
    return cells


Sums = dict[str, dict[int | None, dict[int, int]]]


def _sums(
    release: Release, keys: list[str], *, cube: str, by: str, part: Slice
) -> tuple[Sums, dict[str, dict[int | None, int]]]:
    """(item -> group -> answer -> pupils, item -> group -> schools with somebody in it)."""
    column = {EVERYBODY: None, YEAR: "year_group", SCHOOL: "school_id"}.get(by, "group")
    cells = _cells(release, keys, cube=cube, part=part).exclude(answer=int(Missing.NOT_ASKED))
    names = ["item", "answer", *([column] if column else [])]
    sums: Sums = defaultdict(lambda: defaultdict(dict))
    for row in cells.values(*names).order_by().annotate(pupils=Sum("value")):
        sums[row["item"]][row[column] if column else None][row["answer"]] = row["pupils"]
    schools: dict[str, dict[int | None, int]] = defaultdict(dict)
    names = ["item", *([column] if column else [])]
    for row in cells.values(*names).order_by().annotate(schools=Count(F("school_id"), distinct=True)):
        schools[row["item"]][row[column] if column else None] = row["schools"]
    return sums, schools


def _groups(release: Release, by: str) -> list[tuple[int | None, dict[str, str] | str]]:
    structure = release.structure
    if by == EVERYBODY:
        return [(None, "")]
    if by == YEAR:
        # Named when it is shown: figures are kept for readers of every language.
        return [(year, f"{YEAR_LABEL}{year}") for year in structure["years"]]
    if by == SCHOOL:
        return [(int(pk), name) for pk, name in sorted(structure["schools"].items(), key=lambda pair: str(pair[1]))]
    characteristic = _characteristic(release, by)
    return [(group["group"], group["text"] or missing_name(group["group"])) for group in characteristic["groups"]]


def _characteristic(release: Release, code: str) -> dict[str, Any]:
    crossed = release.structure["crossed"]
    for one in [*([crossed] if crossed else []), *release.structure["breakdowns"]]:
        if one["code"] == code:
            found: dict[str, Any] = one
            return found
    raise KeyError(code)


def missing_name(code: int) -> str:
    """The word for a missing answer, as a key for the templates: "prefer_not_to_say", "no_answer"."""
    return Missing(code).name.lower()


def _row(
    group: int | None,
    label: dict[str, str] | str,
    counted: dict[int, int],
    schools: int,
    answers: tuple[dict[str, Any], ...],
    audience: Audience,
) -> Row:
    base = sum(counted.values())
    shown = ""
    if schools >= audience.schools_from:
        if base >= audience.percent_from:
            shown = "percent"
        elif base >= audience.words_from:
            shown = "words"
    if not shown:
        return Row(group, label, base, "")
    cells = tuple(
        Cell(
            answer["answer"],
            counted.get(answer["answer"], 0),
            round(100 * counted.get(answer["answer"], 0) / base) if shown == "percent" else None,
        )
        for answer in answers
    )
    return Row(group, label, base, shown, cells)
