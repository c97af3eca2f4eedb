"""The text of a PDF, DOCX or ODT, for search."""

import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from defusedxml.ElementTree import fromstring
from pypdf import PdfReader

from .content import read_part

MAX_CHARACTERS = 400_000
MAX_SECONDS = 30

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]+")
_SPACE = re.compile(r"\s+")
_SPLIT_WORD = re.compile(r"(\w)-\s*\n\s*([a-z])")


class Unreadable(Exception):
    """The text of a file could not be read."""


def text_of(file: IO[bytes], name: str) -> str:
    """The text of a document, in reading order, at most `MAX_CHARACTERS`.

    Raises:
        Unreadable: the file cannot be parsed, or is of another kind.
    """
    read = {".pdf": _pdf, ".docx": _docx, ".odt": _odt}.get(PurePosixPath(name.lower()).suffix)
    if read is None:
        raise Unreadable("not a kind that we read")
    file.seek(0)
    try:
        return _tidy(_capped(read(file)))
    except Exception as error:  # parsers fail on damaged files in any way; what failed is told, not swallowed
        raise Unreadable(type(error).__name__) from error


def _capped(parts: Iterator[str]) -> str:
    taken: list[str] = []
    length = 0
    for part in parts:
        taken.append(part)
        length += len(part) + 1
        if length > MAX_CHARACTERS:
            break
    return "\n".join(taken)


def _tidy(text: str) -> str:
    joined = _SPLIT_WORD.sub(r"\1\2", text)
    return _SPACE.sub(" ", _UNREADABLE.sub(" ", joined)).strip()[:MAX_CHARACTERS]


def _pdf(file: IO[bytes]) -> Iterator[str]:
    until = time.monotonic() + MAX_SECONDS
    for page in PdfReader(file).pages:
        yield page.extract_text() or ""
        if time.monotonic() > until:
            return


def _docx(file: IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        for part in ("word/document.xml", "word/footnotes.xml"):
            if part in names:
                for paragraph in fromstring(read_part(archive, part)).iter(f"{_WORD}p"):
                    yield "".join(
                        (node.text or "") if node.tag == f"{_WORD}t" else " "
                        for node in paragraph.iter()
                        if node.tag in (f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br")
                    )


def _odt(file: IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        for node in fromstring(read_part(archive, "content.xml")).iter():
            if node.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                yield "".join(node.itertext())
