"""Comma-separated files that a spreadsheet opens as text: no cell can become a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet runs: an apostrophe goes before what could start a formula.

    Numbers stay as they are, negative ones too; only text can hold a formula. NUL characters are dropped.
    """
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = str(value).replace("\x00", "")
    # Spreadsheets trim blanks, so what counts is the first character after them.
    if text.startswith(_STARTS_A_FORMULA) or text.lstrip().startswith(_STARTS_A_FORMULA):
        return "'" + text
    return text


def write_csv(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """The whole file, with the mark that tells a spreadsheet that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def csv_response(*, name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The file as a download, kept by nobody on the way."""
    response = HttpResponse(write_csv(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
