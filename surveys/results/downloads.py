"""Every view as a file of exactly what it shows, and a release as open data (CSVW)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..questionnaire.enums import QuestionKind
from ..release.models import Release
from .audiences import PUBLIC
from .figures import EVERYBODY, YEAR, Figure
from .presenting import PICKED, answer_text, characteristic_name, question_text, row_name, share, text
from .selectors import characteristics_of, kept_figures

COLUMNS = ("question", "question_text", "part", "split_by", "group", "answer", "pupils", "percent", "base")
NOTE = gettext_noop(
    "Figures are rounded in fives so that no child can be picked out. All tables add up. Groups that are too small are left out."
)


def rows_of(found: Iterable[Figure], *, group: str = "", has_all: bool = False) -> list[list[Any]]:
    """One row for each number that the charts show, in the order of `COLUMNS`; what is not shown is not in the file. Where
    a chart has words instead of a percentage, so has the file, and no count.

    group: the name of the one group that figures without a split are of. has_all: with the answers of choose-all questions
    that charts leave out ("not picked", no answer), for the open data.
    """
    return [
        [
            figure.item["code"],
            question_text(figure.item),
            text(figure.item["row"]) if figure.item["kind"] in {QuestionKind.CHOOSE_ALL, QuestionKind.GRID} else "",
            _split_by(figure),
            row_name(figure, row) or group,
            answer_text(answer),
            cell.pupils if row.shown == "percent" else "",
            cell.percent if row.shown == "percent" else share(row, answer["answer"]),
            row.base,
        ]
        for figure in found
        for row in figure.rows
        for answer in figure.answers
        if has_all or figure.item["kind"] != QuestionKind.CHOOSE_ALL or answer["answer"] == PICKED
        for cell in [row.cell(answer["answer"])]
        if row.shown and cell is not None
    ]


def with_note(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows with the rounding note under them."""
    return [*rows, [_(NOTE)] + [""] * (len(COLUMNS) - 1)]


def open_data_rows(release: Release) -> list[list[Any]]:
    """Every public number of a release: all pupils, by year group, and by each characteristic."""
    keys = [item["key"] for item in release.structure["items"]]
    rows = []
    for by in (EVERYBODY, YEAR, *(one["code"] for one in characteristics_of(release))):
        rows += rows_of(kept_figures(release, keys, audience=PUBLIC, by=by).values(), has_all=True)
    return rows


def csvw_metadata(release: Release, *, url: str, publisher: str, page: str) -> dict[str, Any]:
    """The W3C's "CSV on the Web" description of `cells.csv`. Source: Metadata Vocabulary for Tabular Data, 17 December 2015."""
    described = {
        "question": ("string", "The question's code; the same in every wave."),
        "question_text": ("string", "The question as pupils read it."),
        "part": ("string", "The row of a grid, or the option of a question where several can be chosen."),
        "split_by": ("string", "What the pupils are grouped by; empty for all together."),
        "group": ("string", "The group of pupils."),
        "answer": ("string", "The answer."),
        "pupils": ("integer", "How many pupils gave it: a multiple of 5 by the method of disclosure control."),
        "percent": ("integer", "Of the group's base, as a whole number."),
        "base": ("integer", "How many pupils of the group were asked, a multiple of 5."),
    }
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": str(release),
        "dc:publisher": publisher,
        "dc:license": {"@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"},
        "dc:issued": {"@value": release.released_on.isoformat() if release.released_on else "", "@type": "xsd:date"},
        "dc:description": NOTE,
        "dc:relation": {"@id": page},
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {
            "columns": [
                {"name": name, "titles": name, "datatype": kind, "dc:description": meaning}
                for name, (kind, meaning) in described.items()
            ],
            "aboutUrl": f"{url}#{{question}}",
        },
    }


def _split_by(figure: Figure) -> str:
    if figure.by == EVERYBODY:
        return ""
    if figure.by == YEAR:
        return _("Year group")
    return characteristic_name(demographic=figure.demographic, texts=figure.by_text) or figure.by
