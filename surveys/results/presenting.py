"""Figures as the templates draw them: sentences, tables with bars, and the words around numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..questionnaire.enums import Demographic, QuestionKind
from ..years import YearGroup
from .differences import Difference
from .figures import YEAR_LABEL, Cell, Figure, Item, Row
from .words import in_words

PICKED = 1
"""The answer of an option of a choose-all question that a chart shows; "not picked" only mirrors it."""


@dataclass(frozen=True)
class Bar:
    """One line of a chart."""

    label: str
    value: int
    display: str


@dataclass(frozen=True)
class Chart:
    """One table with bars, for `components/figure_table.html`."""

    title: str
    caption: str
    rows: tuple[Bar, ...]
    label_heading: str


def text(texts: dict[str, str] | str | None) -> str:
    """A text of the questionnaire in the language of the page, in English where it has none; a key of a missing answer or
    of a year group as words."""
    if not texts:
        return ""
    if isinstance(texts, str):
        if texts.startswith(YEAR_LABEL):
            return str(YearGroup(int(texts.removeprefix(YEAR_LABEL))).label)
        return MISSING.get(texts, lambda: texts)()
    return texts.get(get_language() or "en") or texts.get("en", "")


MISSING = {
    "prefer_not_to_say": lambda: _("Prefer not to say"),
    "no_answer": lambda: _("No answer"),
    "not_asked": lambda: _("Did not get this question"),
}


def answer_text(answer: dict[str, Any]) -> str:
    """An answer in words."""
    if answer["key"] in MISSING:
        return MISSING[answer["key"]]()
    if answer["key"] == "picked":
        return _("Picked")
    if answer["key"] == "not-picked":
        return _("Not picked")
    return text(answer["text"])


def question_text(item: dict[str, Any]) -> str:
    """The question; with its row where it is one of a grid."""
    if item["kind"] == QuestionKind.GRID and item["row"]:
        return f"{text(item['text'])} – {text(item['row'])}"
    return text(item["text"])


def charts_for_everybody(found: Sequence[Figure], *, wave: str = "") -> list[Chart]:
    """The charts of one question (its rows or options in one sequence) for all pupils together. `wave`: its name, for the
    line under each title."""
    if found and found[0].item["kind"] == QuestionKind.CHOOSE_ALL:
        bars = [_bar(text(figure.item["row"]), figure.rows[0], _cell(figure.rows[0], PICKED)) for figure in found]
        base = asked(found[0].rows[0].base)
        caption = _dated(wave, _("%(asked)s, and could choose several") % {"asked": base})
        return [Chart(text(found[0].item["text"]), caption, tuple(bars), _("Answer"))]
    return [
        Chart(
            question_text(figure.item),
            _dated(wave, asked(figure.rows[0].base)) if figure.is_shown else _dated(wave, _("too few to show")),
            tuple(
                _bar(answer_text(answer), figure.rows[0], _cell(figure.rows[0], answer["answer"]))
                for answer in figure.answers
            )
            if figure.is_shown
            else (),
            _("Answer"),
        )
        for figure in found
    ]


def charts_by_group(found: Sequence[Figure], *, wave: str = "") -> list[Chart]:
    """One chart for each answer, its lines the groups: so that groups can be compared down the page. Groups that are too
    small stand in no chart (`left_out` names them)."""
    charts = []
    for figure in found:
        rows = [row for row in figure.rows if row.shown]
        if not rows:
            continue
        if figure.item["kind"] == QuestionKind.CHOOSE_ALL:
            answers = [(PICKED, text(figure.item["row"]))]
        else:
            answers = [(answer["answer"], answer_text(answer)) for answer in figure.answers]
        bases = ", ".join(f"{row_name(figure, row)} ({number_format(row.base, force_grouping=True)})" for row in rows)
        caption = _dated(wave, _("pupils who were asked: %(bases)s") % {"bases": bases})
        of = text(figure.item["row"]) if figure.item["kind"] == QuestionKind.GRID else ""
        for code, words in answers:
            bars = tuple(_bar(row_name(figure, row), row, _cell(row, code)) for row in rows)
            charts.append(Chart(f"{of}: {words}" if of else words, caption, bars, _("Group")))
    return charts


def left_out(found: Iterable[Figure]) -> list[str]:
    """Names of the groups with pupils in them that are too small in every figure."""
    kept = list(found)
    shown = {row.group for figure in kept for row in figure.rows if row.shown}
    names = {
        row.group: row_name(figure, row)
        for figure in kept
        for row in figure.rows
        if row.base and row.group not in shown
    }
    return list(names.values())


def row_name(figure: Figure, row: Row) -> str:
    """A group's name in a chart. Who was not asked which group they are in was asked this question all the same."""
    if row.label == "not_asked":
        name = characteristic_name(demographic=figure.demographic, texts=figure.by_text)
        return _("%(characteristic)s: not asked") % {"characteristic": name}
    return text(row.label)


def characteristic_name(*, demographic: str, texts: dict[str, str] | None) -> str:
    """A characteristic in two or three words ("Free school meals"); one that is not on the approved list by its question."""
    if demographic in Demographic.values:
        return str(Demographic(demographic).label)
    return text(texts)


def group_name(figure: Figure, row: Row) -> str:
    """A group as it stands in a sentence: "Year 8", "Free school meals: Yes"."""
    name = characteristic_name(demographic=figure.demographic, texts=figure.by_text)
    if not name or figure.demographic == Demographic.SEX:
        return text(row.label)
    return f"{name}: {text(row.label)}"


def asked_whom(items: Iterable[Item], item: Item) -> str:
    """Who was asked a question that an earlier answer leads to; nothing where everybody was. `items`: all of the release."""
    if not item.get("is_routed"):
        return ""
    parent = next((one for one in items if one["key"] == item["parent"]), None)
    if parent is None:
        return _("Only some were asked this, by what they had answered before.")
    if parent["kind"] == QuestionKind.CHOOSE_ALL:
        leading = [text(parent["row"])]
    else:
        leading = [answer_text(answer) for answer in parent["answers"] if answer["key"] in item["route"]]
    words = {"answers": "”, “".join(leading), "question": question_text(parent)}
    return _("Only those who answered “%(answers)s” to “%(question)s” were asked this.") % words


def asked(base: int) -> str:
    """How many were asked, as a phrase."""
    return ngettext("%(number)s pupil was asked", "%(number)s pupils were asked", base) % {
        "number": number_format(base, force_grouping=True)
    }


def share(row: Row, answer: int) -> str:
    """A number of a table in words: "45 %", "about half", "too few to show"."""
    return _bar("", row, _cell(row, answer)).display


def sentence(difference: Difference, *, earlier: str = "") -> str:
    """A difference in one sentence. `earlier`: the name of the wave before, where it is a change over time."""
    return f"{question_text(difference.item)} {finding(difference, earlier=earlier)}"


def finding(difference: Difference, *, earlier: str = "") -> str:
    """The same without the question: “Never”: 50% (Girl), 16% (Boy)."""
    words = {
        "answer": answer_text(difference.answer)
        if difference.item["kind"] != QuestionKind.CHOOSE_ALL
        else text(difference.item["row"]),
        "first": group_name(difference.figure, difference.first),
        "second": group_name(difference.figure, difference.second),
        "one": share(difference.first, difference.answer["answer"]),
        "other": share(difference.second, difference.answer["answer"]),
        "earlier": earlier,
    }
    # "0%, 27%" of a question that few were asked says nothing of all pupils.
    if difference.item.get("is_routed"):
        if earlier:
            return _("Of those who were asked, “%(answer)s”: %(one)s, and %(other)s in %(earlier)s.") % words
        return _("Of those who were asked, “%(answer)s”: %(one)s (%(first)s), %(other)s (%(second)s).") % words
    if earlier:
        return _("“%(answer)s”: %(one)s, and %(other)s in %(earlier)s.") % words
    return _("“%(answer)s”: %(one)s (%(first)s), %(other)s (%(second)s).") % words


def by_question(found: Iterable[Figure]) -> list[list[Figure]]:
    """Figures in groups of the same question: the rows of a grid and the options of a choose-all stand together."""
    questions: dict[str, list[Figure]] = {}
    for figure in found:
        questions.setdefault(figure.item["code"], []).append(figure)
    return list(questions.values())


def _dated(wave: str, words: str) -> str:
    return f"{wave}: {words}." if wave else f"{words}."


def _cell(row: Row, answer: int) -> Cell | None:
    return row.cell(answer) if row.shown else None


def _bar(label: str, row: Row, cell: Cell | None) -> Bar:
    if cell is None:
        return Bar(label, 0, _("too few to show"))
    if cell.percent is not None:
        return Bar(label, cell.percent, _percent_words(get_language() or "en", cell.percent))
    # No length: it would say the number that the words hold back.
    return Bar(label, 0, in_words(cell.pupils, row.base))


@lru_cache(maxsize=1024)
def _percent_words(_language: str, percent: int) -> str:
    """A report says a thousand percentages, of which there are a hundred in a language."""
    return _("%(percent)s%%") % {"percent": percent}
