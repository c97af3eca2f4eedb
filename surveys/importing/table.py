"""A table of coded answers, read line by line: plain or gzip, however long, never whole in memory."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..errors import SurveyError

LONGEST_LINE = 100_000
"""Characters; a longer line is no line of a table."""


class FileWrong(SurveyError):
    """The file cannot be read as a table at all."""


def lines_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(row as a spreadsheet numbers it, cells) of every line that is not empty; the headings are the first.

    Raises:
        FileWrong: it is no readable CSV file in UTF-8.
    """
    number = 0
    try:
        with _opened(path) as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            lines = _bounded(text)
            first = next(lines, "")
            separator = ";" if first.count(";") > first.count(",") else ","
            for cells in csv.reader(_again(first, lines), delimiter=separator, strict=True):
                number += 1
                if any(cell.strip() for cell in cells):
                    yield number, cells
    except OSError as error:
        words = error.strerror or "it is no whole .gz file"
        raise FileWrong(f"{path} cannot be read: {words}.") from error
    except (EOFError, zlib.error) as error:
        raise FileWrong(f"{path} is no whole .gz file. Copy it again.") from error
    except UnicodeDecodeError as error:
        raise FileWrong(f"The file cannot be read as text after row {number}. Save it as “CSV UTF-8”.") from error
    except csv.Error as error:
        raise FileWrong(f"The file is no CSV file: look at row {number + 1}. Save the sheet as “CSV UTF-8”.") from error


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise csv.Error("a line is too long")
        yield line


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from lines
