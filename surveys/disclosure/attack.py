"""The attack: how many values every sensitive count may have, given everything published and what an insider knows.

Three attackers, each knowing more than the one before: an *outsider* with every published number; an *insider* who also knows the
size of every group; a *participant*, an insider who also knows one respondent's own answers. All know the rounding rule.
Sensitive are true counts of 1 to 4 in every declared table, what is left beside a unanimous answer, and who was asked a routed
question. Bounds come first, then exchanges (`exchange`), which settle nearly everything; HiGHS does the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from .exchange import Exchanges, Slack, steps
from .ledger import Family, Layer, Sheet, close_to_truth
from .shapes import REACH, BoolArray, IntArray
from .solver import NOW, Own, School, truth_inside

VALUES = 3
"""A count with fewer possible values than this is given away, unless the attacker knew as much already (surveys
reference, 4.4)."""


@dataclass(frozen=True)
class Leak:
    """One sensitive count with too few possible values. `group`: a group of the crossing in the table's part; `when`: -1 for the
    wave as it is now, 0, 1, … for the difference to an earlier release."""

    key: str
    layer: str
    columns: tuple[str, ...]
    group: int
    answer: int
    kind: str
    attacker: str
    lowest: int
    highest: int
    when: int = NOW


@dataclass
class Tally:
    """How the attack settled its counts."""

    small: int = 0
    sensitive: int = 0
    by_exchange: int = 0
    by_wandering: int = 0
    by_solver: int = 0


@dataclass(frozen=True)
class _Item:
    """A sensitive sum of counts in one school that the exchanges did not settle."""

    layer: Layer
    key: str
    columns: tuple[str, ...]
    school: int
    groups: tuple[int, ...]
    answer: int
    kind: str
    need: int
    when: int = NOW
    earlier: bool = False
    """The count of the earlier release itself, not the difference to it."""
    elsewhere: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """The parts of a borough count in other schools, (school, groups) each."""

    @property
    def parts(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """(school, groups) of every school that the count is a sum of."""
        return ((self.school, self.groups), *self.elsewhere)


def attack(family: Family, tally: Tally, most: int = 50) -> list[Leak]:
    """Every leak of a family, at most `most` of them. Raises WrongAttack if the truth lies outside any bound."""
    truth_inside(family)
    leaks = _outside(family)
    strong, weak = (Exchanges(family, _slacks(family, owned=owned)) for owned in (True, False))
    # What a participant who knew of every answer that somebody gave it cannot narrow, nobody can.
    doubtful = list(_unsettled(family, strong, tally))
    if not doubtful:
        return leaks
    slacks = _slacks(family, owned=False)
    open_ = [item for item in _unsettled(family, weak, None) if not _walks(weak, slacks, item, None)]
    programmes = _Programmes(family)
    tally.by_exchange += len(doubtful) - len(open_)
    leaks += _solve(programmes, [(item, None) for item in open_], tally, most - len(leaks))
    if len(leaks) < most:
        suspects: list[tuple[_Item, Own | None]] = list(_participants(weak, slacks, doubtful))
        leaks += _solve(programmes, suspects, tally, most - len(leaks))
    return leaks


def _walks(exchanges: Exchanges, slacks: dict[str, dict[str, Slack]], item: _Item, own: Own | None) -> bool:
    """Whether exchanges one after another give an item the values that it needs."""
    if len(item.groups) > 1 or item.when != NOW or item.elsewhere:
        return False
    slack = slacks[item.layer.name][item.key]
    up, down = slack.up[item.school], slack.down[item.school]
    if own is not None and item.layer.sheets[item.key].lower[item.school, own.group, own.answer] == 0:
        down = down.copy()
        down[own.group, own.answer] = max(down[own.group, own.answer] - 1, 0)
    free = exchanges.free_pairs(item.key, up.shape[1])
    return 1 + steps(up, down, free, item.groups[0], item.answer, item.need - 1) >= item.need


def _slacks(family: Family, *, owned: bool) -> dict[str, dict[str, Slack]]:
    """How far counts can move from the truth. `owned`: every answer that somebody gave is somebody's own, and stays."""
    return {
        name: {key: _slack(sheet, owned) for key, sheet in layer.sheets.items()}
        for name, layer in family.layers.items()
    }


def _slack(sheet: Sheet, owned: bool) -> Slack:
    lower, upper = close_to_truth(sheet, REACH)
    if owned:
        lower = np.where(sheet.truth > 0, np.maximum(lower, 1), lower)
    up, down = upper - sheet.truth, sheet.truth - lower
    for change in sheet.changes:
        there = change.changed[:, :, None]
        up = np.where(there, np.minimum(up, change.upper - change.truth), up)
        down = np.where(
            there, np.minimum(down, change.truth - np.maximum(change.lower, int(owned) * (change.truth > 0))), down
        )
    return Slack(up, down)


def _unsettled(family: Family, exchanges: Exchanges, tally: Tally | None) -> Iterator[_Item]:
    for layer in family.layers.values():
        for key, sheet in layer.sheets.items():
            for columns, index in layer.margins.items():
                yield from _table(family, exchanges, tally, layer, key, sheet, columns, index)
            for when, change in enumerate(sheet.changes):
                if change.changed.any():
                    yield from _differences(layer, key, sheet, when)


def _table(
    family: Family,
    exchanges: Exchanges,
    tally: Tally | None,
    layer: Layer,
    key: str,
    sheet: Sheet,
    columns: tuple[str, ...],
    index: IntArray,
) -> Iterator[_Item]:
    """The sensitive counts of one declared table that the exchanges leave open."""
    area = layer.layout.crossing.columns[0]
    if area not in columns:
        yield from _borough_table(exchanges, tally, layer, key, sheet, columns, index)
        return
    counts, sizes = _sums(sheet.truth, index), _sums(layer.sizes[:, :, None], index)[:, :, 0]
    if layer.name != "main" and len(columns) == 1:
        return  # The school's totals are the main cube's.
    first = _first_of_table(index)
    need = np.minimum(VALUES, sizes + 1)[:, :, None]
    small = (counts > 0) & (counts < 5)
    alone = (counts == sizes[:, :, None]) & (counts > 0)
    up, down = exchanges.reach(layer, key, index)
    past = family.not_asked[key]
    based = np.zeros_like(small)
    if past is not None:
        rise, fall = exchanges.blocks_reach(layer, key, index)
        up[:, :, past], down[:, :, past] = np.maximum(up[:, :, past], rise), np.maximum(down[:, :, past], fall)
        based[:, :, past] = sizes > 0
    sensitive = (small | alone | based) & first[:, :, None]
    settled = 1 + np.where(alone & ~small, 0, up) + down >= need
    if tally:
        tally.small += (
            int((small & first[:, :, None]).sum()) if len(columns) == len(layer.layout.crossing.columns) else 0
        )
        tally.sensitive += int(sensitive.sum())
        tally.by_exchange += int((sensitive & settled).sum())
    for school, group, answer in np.argwhere(sensitive & ~settled):
        kind = "small" if small[school, group, answer] else "unanimous" if alone[school, group, answer] else "base"
        groups = tuple(np.flatnonzero(index[school] == index[school, group]).tolist())
        yield _Item(layer, key, columns, int(school), groups, int(answer), kind, int(need[school, group, 0]))


def _borough_table(
    exchanges: Exchanges,
    tally: Tally | None,
    layer: Layer,
    key: str,
    sheet: Sheet,
    columns: tuple[str, ...],
    index: IntArray,
) -> Iterator[_Item]:
    """A borough count moves as far as its parts in all schools together: the schools are independent of one another."""
    number = int(index.max()) + 1
    total = np.zeros((number, sheet.truth.shape[2]), dtype=np.int64)
    np.add.at(total, index[index >= 0], sheet.truth[index >= 0])
    sizes = total.sum(axis=1, keepdims=True)
    small, alone = (total > 0) & (total < 5), (total == sizes) & (total > 0)
    if tally:
        tally.sensitive += int((small | alone).sum())
    if not (small | alone).any():
        return
    up, down = exchanges.reach(layer, key, index)
    moves = np.zeros_like(total)
    first = _first_of_table(index)
    np.add.at(moves, index[first], (np.where(alone[index], 0, up) + down)[first])
    settled = 1 + moves >= np.minimum(VALUES, sizes + 1)
    if tally:
        tally.by_exchange += int(((small | alone) & settled).sum())
    for group, answer in np.argwhere((small | alone) & ~settled):
        there = ((index == group) * layer.sizes).sum(axis=1)
        schools = [int(school) for school in np.argsort(-there, kind="stable") if there[school] > 0]
        parts = [(school, tuple(np.flatnonzero(index[school] == group).tolist())) for school in schools]
        kind = "small" if small[group, answer] else "unanimous"
        need = int(min(VALUES, sizes[group, 0] + 1))
        yield _Item(layer, key, columns, *parts[0], int(answer), kind, need, elsewhere=tuple(parts[1:]))


def _differences(layer: Layer, key: str, sheet: Sheet, when: int) -> Iterator[_Item]:
    """Who was added or taken away between two releases is a group of its own: its small counts are all left to the solver."""
    change = sheet.changes[when]
    moved = np.abs(sheet.truth - change.truth)
    size = moved.sum(axis=2)
    first = tuple(layer.layout.crossing.columns)
    for school, group, answer in np.argwhere(change.changed[:, :, None] & (moved > 0)):
        count, all_ = int(moved[school, group, answer]), int(size[school, group])
        if count < 5 or count == all_:
            kind = "small" if count < 5 else "unanimous"
            yield _Item(layer, key, first, int(school), (int(group),), int(answer), kind, min(VALUES, all_ + 1), when)
    sizes = change.truth.sum(axis=2)
    before = (
        change.changed[:, :, None] & (change.truth > 0) & ((change.truth < 5) | (change.truth == sizes[:, :, None]))
    )
    for school, group, answer in np.argwhere(before):
        kind = "small" if change.truth[school, group, answer] < 5 else "unanimous"
        need = int(min(VALUES, sizes[school, group] + 1))
        yield _Item(layer, key, first, int(school), (int(group),), int(answer), kind, need, when, earlier=True)


def _sums(values: IntArray, index: IntArray) -> IntArray:
    """Each group's table sum, (schools, groups, …)."""
    out = np.zeros_like(values)
    for g in range(index.shape[1]):
        same = (index == index[:, g : g + 1]) & (index >= 0)
        out[:, g] = (values * same[:, :, None]).sum(axis=1)
    return out


def _first_of_table(index: IntArray) -> BoolArray:
    """The first group of each part of the table in each school: the others have the same sums."""
    first = index >= 0
    for g in range(1, index.shape[1]):
        first[:, g] &= (index[:, :g] != index[:, g : g + 1]).all(axis=1)
    return first


class _Programmes:
    """The linear programmes of a family's schools, each made when it is first needed."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self._made: dict[int, School] = {}

    def of(self, school: int) -> School:
        if school not in self._made:
            self._made[school] = School(self.family, school)
        return self._made[school]


def _solve(
    programmes: _Programmes,
    suspects: list[tuple[_Item, Own | None]],
    tally: Tally,
    most: int,
) -> list[Leak]:
    """Give each suspect its smallest and largest value: from the tables that the solver found for others, which show most of
    them wide, else by the solver. (Tables in random directions were tried: they cost more than the programmes they save.)"""
    leaks: list[Leak] = []
    by_school: dict[int, list[tuple[_Item, Own | None]]] = {}
    for item, own in suspects:
        by_school.setdefault(item.school, []).append((item, own))
    for open_ in by_school.values():
        for item, own in open_:
            low, high = _seen(programmes, item, own)
            if high - low + 1 >= item.need:
                tally.by_wandering += 1
                continue
            low, high = _bounds(programmes, item, own)
            tally.by_solver += 1
            if high - low + 1 < item.need:
                leaks.append(_leak(item, "participant" if own else "insider", low, high))
                if len(leaks) >= most:
                    return leaks
    return leaks


def _seen(programmes: _Programmes, item: _Item, own: Own | None) -> tuple[int, int]:
    """The values that the tables found so far give an item, added over its schools. `own` is an answer in its first school."""
    low = high = 0
    for school, groups in item.parts:
        programme = programmes.of(school)
        terms = _terms(programme, item, groups)
        smallest, largest = programme.seen(*terms, own if school == item.school else None)
        low, high = low + smallest, high + largest
    return low, high


def _bounds(programmes: _Programmes, item: _Item, own: Own | None) -> tuple[int, int]:
    """The smallest and largest value of an item: schools share no constraint, so their bounds add up. Schools that are not
    needed to give it enough values keep those found so far."""
    low = high = 0
    for school, groups in item.parts:
        programme = programmes.of(school)
        terms = _terms(programme, item, groups)
        mine = own if school == item.school else None
        if high - low + 1 >= item.need:
            smallest, largest = programme.seen(*terms, mine)
        else:
            with programme.knowing(mine):
                smallest, largest = programme.bounds(*terms, enough=item.need)
        low, high = low + smallest, high + largest
    return low, high


def _terms(programme: School, item: _Item, groups: tuple[int, ...]) -> tuple[IntArray, IntArray]:
    now = programme.cells[NOW, item.layer.name, item.key][list(groups), item.answer]
    now = now[now >= 0]
    if item.when == NOW:
        return now, now[:0]
    before = programme.cells[item.when, item.layer.name, item.key][list(groups), item.answer]
    return (before, now[:0]) if item.earlier else (now, before)


def _participants(
    exchanges: Exchanges, slacks: dict[str, dict[str, Slack]], items: list[_Item]
) -> Iterator[tuple[_Item, Own]]:
    """Every answer that somebody in a doubtful count's groups gave, as the attacker's own, where exchanges do not settle it."""
    for item in items:
        if item.when != NOW:
            continue
        truth = item.layer.sheets[item.key].truth
        size = sum(int(truth[school, list(groups)].sum()) for school, groups in item.parts)
        for school, groups in item.parts:
            others = tuple(part for part in item.parts if part[0] != school)
            mine = replace(item, school=school, groups=groups, elsewhere=others, need=min(VALUES, size))
            for group in groups:
                for answer in np.flatnonzero(truth[school, group] > 0):
                    own = Own(item.layer.name, item.key, int(group), int(answer))
                    if not _walks(exchanges, slacks, mine, own):
                        yield mine, own


def _leak(item: _Item, attacker: str, low: int, high: int) -> Leak:
    group = int(item.layer.layout.place[item.school, item.groups[0]])
    return Leak(item.key, item.layer.name, item.columns, group, item.answer, item.kind, attacker, low, high, item.when)


def _outside(family: Family) -> list[Leak]:
    """The outsider. The published numbers themselves are one possible truth, for all that is published is sums of them; any
    count may be up to 4 larger if one count in every linked table is, too. So every sum has five values, unless a bound is
    narrower than the rule makes it, as for a number that was not rounded. Earlier releases are left to the insider's attack,
    who knows more."""
    leaks = []
    for layer in family.layers.values():
        for key, sheet in layer.sheets.items():
            if sheet.changes:
                continue
            odd = (sheet.published % 5 != 0) & (sheet.truth < 5) & (sheet.truth > 0)
            for school, group, answer in np.argwhere(odd):
                item = _Item(
                    layer, key, layer.layout.crossing.columns, int(school), (int(group),), int(answer), "small", VALUES
                )
                value = int(sheet.truth[school, group, answer])
                leaks.append(_leak(item, "outsider", value, value))
    return leaks
