"""Tables that officers bring, as CSV or XLSX: reading them, and what is wrong where.

A cell is only ever text: formulas are neither run nor kept. Of a workbook's formula the value counts that it last showed;
one that no spreadsheet has worked out becomes a bare "=", which whoever checks the row refuses in words.
"""

import csv
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .errors import RegistryError

Rows = list[tuple[int, dict[str, str]]]
"""Each row with its number as the spreadsheet counts it: heading -> text."""

MOST_ROWS = 2_000
MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_COLUMNS = 60
_STARTS_A_FORMULA = ("=", "+", "-", "@")
_BROKEN_WORKBOOK = (
    BadZipFile, InvalidFileException, KeyError, IndexError, OSError, ValueError, TypeError, AttributeError, SyntaxError,
    NotImplementedError, zlib.error,
)  # fmt: skip
"""What a damaged or forged workbook makes its reader stumble over; a fault of XML is a SyntaxError."""


@dataclass(frozen=True)
class CellError:
    """What is wrong in one cell: the row as the spreadsheet counts it, the column's heading, and words to act on."""

    row: int
    column: str
    words: str


def read_table(
    *, name: str, content: bytes, columns: tuple[str, ...], needed: str = "name", most: int = MOST_ROWS
) -> Rows:
    """The rows of a file. A heading counts by its letters alone ("Agreed on" is "agreedon"); other columns are passed
    over.

    Raises:
        RegistryError: the file is too large, is not CSV or XLSX, or misses the column `needed`.
    """
    if len(content) > MOST_BYTES:
        raise RegistryError(_("This file is larger than 2 MB. Split it into smaller ones."))
    table = _xlsx_rows(content) if name.lower().endswith(".xlsx") else _csv_rows(content)
    try:
        heading = [_folded_heading(cell) for cell in next(table)]
    except StopIteration:
        raise RegistryError(_("This file is empty.")) from None
    if needed not in heading:
        raise RegistryError(
            _("The first row must hold the headings, and one of them must be “%(needed)s”.") % {"needed": needed}
        )
    rows = []
    for number, cells in enumerate(table, start=2):
        values = dict(zip(heading, cells, strict=False))
        if any(value.strip() for value in values.values()):
            rows.append((number, {key: value.strip() for key, value in values.items() if key in columns}))
        # Empty rows count too, though more of them may be there: a workbook can claim a million of them.
        if len(rows) > most or number > most * 5:
            raise RegistryError(_("This file has more than %(most)d rows. Split it.") % {"most": most})
    return rows


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet might run this cell."""
    return text.startswith(_STARTS_A_FORMULA)


def passes(validator: Callable[[str], None], text: str) -> bool:
    """Whether one of Django's validators has nothing against a text."""
    try:
        validator(text)
    except ValidationError:
        return False
    return True


def _folded_heading(cell: str) -> str:
    return re.sub(r"[^a-z]", "", cell.lower())


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    if b"\x00" in content:
        raise RegistryError(_("This is not a CSV file. Save it as CSV (UTF-8) or as an Excel workbook (.xlsx)."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    try:
        yield from csv.reader(io.StringIO(text))
    except csv.Error as error:
        raise RegistryError(
            _("This is not a CSV file. Save it as CSV (UTF-8) or as an Excel workbook (.xlsx).")
        ) from error


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    try:
        _refuse_what_unfolds(content)
        for row in zip(_first_sheet(content, data_only=True), _first_sheet(content, data_only=False), strict=True):
            yield [_text(*cell) for cell in zip(*row, strict=True)]
    except _BROKEN_WORKBOOK as error:
        raise RegistryError(_("This workbook cannot be opened. Save it again as .xlsx, or as CSV.")) from error


def _first_sheet(content: bytes, *, data_only: bool) -> Iterator[tuple[object, ...]]:
    """Its cells: with `data_only` the values that the spreadsheet last showed, else formulas as they are written."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    yield from book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)


def _text(shown: object, written: object) -> str:
    if shown is None and written is not None:
        return "="  # read as empty, it would be lost without a word
    return "" if shown is None else str(shown)


def _refuse_what_unfolds(content: bytes) -> None:
    """A workbook is a packed folder; two megabytes can hold gigabytes, all of which would be read."""
    with ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise RegistryError(_("This workbook is far larger inside than it looks. Save it as CSV instead."))
