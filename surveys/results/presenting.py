"""Figures as the templates draw them: sentences, tables with bars, and the words around numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..questionnaire.enums import QuestionKind
from .differences import Difference
from .figures import Cell, Figure, Row
from .words import in_words


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
    """A text of the questionnaire in the language of the page, in English where it has none; a key of a missing answer
    as words."""
    if not texts:
        return ""
    if isinstance(texts, str):
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


def charts_for_everybody(found: Sequence[Figure]) -> list[Chart]:
    """The charts of one question (its rows or options in one sequence) for all pupils together."""
    if found and found[0].item["kind"] == QuestionKind.CHOOSE_ALL:
        bars = [_bar(text(figure.item["row"]), figure.rows[0], _cell(figure.rows[0], 1)) for figure in found]
        return [Chart(text(found[0].item["text"]), asked(found[0].rows[0].base), tuple(bars), _("Answer"))]
    return [
        Chart(
            question_text(figure.item),
            asked(figure.rows[0].base),
            tuple(
                _bar(answer_text(answer), figure.rows[0], _cell(figure.rows[0], answer["answer"]))
                for answer in figure.answers
            ),
            _("Answer"),
        )
        for figure in found
    ]


def charts_by_group(found: Sequence[Figure]) -> list[Chart]:
    """One chart for each answer, its lines the groups: so that groups can be compared down the page."""
    charts = []
    for figure in found:
        if figure.item["kind"] == QuestionKind.CHOOSE_ALL:
            answers = [(1, text(figure.item["row"]))]
        else:
            answers = [(answer["answer"], answer_text(answer)) for answer in figure.answers]
        for code, words in answers:
            title = f"{text(figure.item['row'])}: {words}" if figure.item["kind"] == QuestionKind.GRID else words
            bars = tuple(_bar(text(row.label), row, _cell(row, code)) for row in figure.rows if row.base)
            if bars:
                charts.append(Chart(title, "", bars, _("Group")))
    return charts


def asked(base: int) -> str:
    """How many were asked, as a phrase."""
    return ngettext("%(number)s pupil was asked", "%(number)s pupils were asked", base) % {"number": f"{base:,}"}


def share(row: Row, answer: int) -> str:
    """A number of a table in words: "45 %", "about half", "too few to show"."""
    return _bar("", row, _cell(row, answer)).display


def sentence(difference: Difference, *, earlier: str = "") -> str:
    """A difference in one sentence. `earlier`: the name of the wave before, where it is a change over time."""
    words = {
        "question": question_text(difference.item),
        "answer": answer_text(difference.answer)
        if difference.item["kind"] != QuestionKind.CHOOSE_ALL
        else text(difference.item["row"]),
        "first": text(difference.first.label),
        "second": text(difference.second.label),
        "one": share(difference.first, difference.answer["answer"]),
        "other": share(difference.second, difference.answer["answer"]),
        "earlier": earlier,
    }
    if earlier:
        return _("%(question)s “%(answer)s”: %(one)s, and %(other)s in %(earlier)s.") % words
    return _("%(question)s “%(answer)s”: %(one)s of %(first)s, %(other)s of %(second)s.") % words


def by_question(found: Iterable[Figure]) -> list[list[Figure]]:
    """Figures in groups of the same question: the rows of a grid and the options of a choose-all stand together."""
    questions: dict[str, list[Figure]] = {}
    for figure in found:
        questions.setdefault(figure.item["code"], []).append(figure)
    return list(questions.values())


def _cell(row: Row, answer: int) -> Cell | None:
    return row.cell(answer) if row.shown else None


def _bar(label: str, row: Row, cell: Cell | None) -> Bar:
    if cell is None:
        return Bar(label, 0, _("too few to show"))
    if cell.percent is not None:
        return Bar(label, cell.percent, _("%(percent)s%%") % {"percent": cell.percent})
    return Bar(label, round(100 * cell.pupils / row.base), in_words(cell.pupils, row.base))
