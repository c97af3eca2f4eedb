"""Inner cells as a CSV file: any number of group columns, then `answer` and `count`. For a statistician without the site."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .shapes import MAIN, Answer, Crossing, Cube, DisclosureError, IntArray, Plan, Question, QuestionCubes, Wave

LAST = ("answer", "count")
LARGEST = 10_000_000
"""A count above this is a slip of the keyboard."""


@dataclass(frozen=True, eq=False)
class CellFile:
    """What a file held. `rows`: (labels of the group columns, answer) in the file's order; `counts` beside them, (rows,)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], str], ...]
    counts: IntArray


def read_cells(path: Path) -> CellFile:
    """Read a file. Raises DisclosureError, naming the line, for anything that is not a table of cells."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DisclosureError(f"{path} is not a text file in UTF-8. Save it as “CSV UTF-8”.") from error
    except OSError as error:
        raise DisclosureError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        lines = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise DisclosureError(f"{path} is not a CSV file: {error}.") from error
    if not any(lines):
        raise DisclosureError(f"{path} is empty. It needs a line of column names, then one line for each cell.")
    columns = _columns(path, [name.strip() for name in lines[0]])
    rows: dict[tuple[tuple[str, ...], str], int] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        if len(line) != len(columns) + 2:
            raise DisclosureError(
                f"{path}, line {number}: {len(line)} values, but there are {len(columns) + 2} columns."
            )
        labels, answer = tuple(value.strip() for value in line[:-2]), line[-2].strip()
        if (labels, answer) in rows:
            raise DisclosureError(f"{path}, line {number}: the same group and answer stand in an earlier line.")
        rows[labels, answer] = _count(path, number, line[-1].strip())
    if not rows:
        raise DisclosureError(f"{path} has column names but no cells.")
    return CellFile(columns, tuple(rows), np.array(list(rows.values()), dtype=np.int64))


def _columns(path: Path, header: list[str]) -> tuple[str, ...]:
    missing = [name for name in LAST if name not in header]
    if missing:
        raise DisclosureError(f"{path} has no column “{missing[0]}”. The first line must end in: answer, count.")
    if tuple(header[-2:]) != LAST:
        raise DisclosureError(f"{path}: the columns “answer” and “count” must be the last two, in this order.")
    if len(set(header)) != len(header) or "" in header:
        raise DisclosureError(f"{path}: every column needs a name of its own.")
    return tuple(header[:-2])


def _count(path: Path, number: int, value: str) -> int:
    if not value.isascii() or not value.removeprefix("-").isdigit():
        raise DisclosureError(f"{path}, line {number}: the count “{value[:40]}” is not a whole number.")
    if value.startswith("-"):
        raise DisclosureError(f"{path}, line {number}: the count {value} is below 0.")
    if len(value) > 9 or int(value) > LARGEST:
        raise DisclosureError(f"{path}, line {number}: the count {value[:40]} is too large.")
    return int(value)


def as_wave(cells: CellFile, margins: str | None = None) -> Wave:
    """One question with one main cube. The first group column is the area (school); rows left out are known to be 0.

    margins: sets of group columns as "school,year; school"; None declares all. Raises DisclosureError for an unknown column.
    """
    columns = cells.columns or ("everybody",)
    groups = {labels or ("everybody",): 0 for labels, _ in cells.rows}
    answers = list(dict.fromkeys(answer for _, answer in cells.rows))
    labels = tuple(tuple(sorted({group[place] for group in groups})) for place in range(len(columns)))
    codes = np.array(
        [[labels[place].index(label) for place, label in enumerate(group)] for group in groups], dtype=np.int64
    )
    order = np.lexsort(codes.T[::-1])
    place_of = {list(groups)[group]: place for place, group in enumerate(order)}
    counts = np.zeros((len(groups), len(answers)), dtype=np.int64)
    absent = np.ones(counts.shape, dtype=bool)
    for (group, answer), count in zip(cells.rows, cells.counts, strict=True):
        cell = place_of[group or ("everybody",)], answers.index(answer)
        counts[cell], absent[cell] = count, False
    crossing = Crossing(columns, labels, codes[order])
    question = Question("cells", 0, tuple(Answer(key, (place,)) for place, key in enumerate(answers)))
    plan = Plan(columns[0], columns[1:], margins=_margins(columns, margins))
    cube = Cube(crossing, counts, absent=absent if absent.any() else None)
    return Wave(plan, (QuestionCubes(question, {MAIN: cube}),))


def _margins(columns: tuple[str, ...], text: str | None) -> tuple[tuple[str, ...], ...] | None:
    if text is None:
        return None
    chosen = [tuple(name.strip() for name in part.split(",") if name.strip()) for part in text.split(";")]
    for name in (name for part in chosen for name in part if name not in columns):
        raise DisclosureError(
            f"--margins names “{name}”, which is not a group column. The file has: {', '.join(columns)}."
        )
    return tuple(dict.fromkeys([columns, *chosen]))


def counts_in_order(cells: CellFile, cube: Cube, answers: tuple[str, ...]) -> IntArray:
    """A cube's counts in the order of the file's rows, (rows,)."""
    place_of = {tuple(cube.crossing.name_of(group).values()): group for group in range(len(cube.crossing))}
    return np.array(
        [cube.counts[place_of[group or ("everybody",)], answers.index(answer)] for group, answer in cells.rows]
    )


def write_cells(path: Path, cells: CellFile, counts: IntArray) -> None:
    """The same rows with other counts. Raises DisclosureError where the file cannot be written."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*cells.columns, *LAST])
            writer.writerows(
                [*group, answer, int(count)] for (group, answer), count in zip(cells.rows, counts, strict=True)
            )
    except OSError as error:
        raise DisclosureError(f"{path} cannot be written: {error.strerror}.") from error
