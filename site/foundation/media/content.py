"""What a file really is, whatever its name says. A check answers nothing, or raises `Refused` with words to act on."""

import io
import logging
import zipfile
from pathlib import PurePosixPath
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader

MAX_ENTRIES = 5_000
MAX_UNPACKED = 120 * 1024 * 1024
MAX_PART = 40 * 1024 * 1024
MAX_RATIO = 150
"""A part of a document larger than 1 MB that shrank more than this was made to burst, not to be read."""
MAX_PAGES = 3_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"application/vnd.oasis.opendocument.text"
_SCRIPTS = ("vbaproject", "vbadata", "activex", "macros/", "basic/", "scripts/")

# pypdf tells in its log what is odd about a file, pieces of the file included.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class Refused(ValidationError):
    """The file cannot be taken; the message says why and what to do."""


NOT_A_PDF = _(
    "This file is called a PDF but is none. Open it in the program it was made with and save it as PDF again."
)
NOT_A_DOCX = _(
    "This file is called DOCX but is no Word document. Open it in Word and save it as “Word document (.docx)”."
)
NOT_AN_ODT = _(
    "This file is called ODT but is no text document. Open it in LibreOffice and save it as “ODF text (.odt)”."
)
DAMAGED = _("This file is damaged and cannot be read. Save it again from the program it was made with.")
LOCKED = _("This file is locked with a password, so readers could not open it. Save it without a password.")
OLD_WORD = _(
    "This file is locked with a password or in the old Word format. Open it in Word, take the password off and save it "
    "as “Word document (.docx)”."
)
MACROS = _("This file holds macros (small programs). Save it as “Word document (.docx)” without macros.")
FETCHES = _(
    "This file fetches parts of itself, such as a template or a picture, from elsewhere when it is opened. Put them into "
    "the file, or save it as PDF."
)
PDF_SCRIPTS = _("This PDF holds small programs. Print it to a new PDF and upload that.")
TOO_MUCH = _("This file unpacks to far more than it should. Save it again, with smaller pictures.")
WRONG_KIND = _("We take PDF, DOCX and ODT. Save the file as one of these.")


def check_document(file: IO[bytes], name: str) -> None:
    """See that a document is of the kind its name says, can be read, and runs no programs."""
    extension = PurePosixPath(name.lower()).suffix.lstrip(".")
    check = {"pdf": _check_pdf, "docx": _check_docx, "odt": _check_odt}.get(extension)
    if check is None:
        raise Refused(WRONG_KIND, code="wrong_kind")
    file.seek(0)
    try:
        check(file)
    finally:
        file.seek(0)


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part of a packed document, never more than `MAX_PART` whatever its declared size."""
    with archive.open(name) as part:
        content = part.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise Refused(TOO_MUCH, code="too_much")
    return content


def _check_pdf(file: IO[bytes]) -> None:
    if b"%PDF-" not in file.read(16):
        raise Refused(NOT_A_PDF, code="not_a_pdf")
    file.seek(0)
    try:
        reader = PdfReader(file)
        locked = reader.is_encrypted
        pages = 0 if locked else len(reader.pages)
        scripts = not locked and _has_scripts(reader)
    except Exception as error:  # a hostile file can make the parser fail in any way
        raise Refused(DAMAGED, code="damaged") from error
    if locked:
        raise Refused(LOCKED, code="locked")
    if scripts:
        raise Refused(PDF_SCRIPTS, code="macros")
    if pages == 0:
        raise Refused(DAMAGED, code="damaged")
    if pages > MAX_PAGES:
        raise Refused(TOO_MUCH, code="too_much")


def _has_scripts(reader: PdfReader) -> bool:
    """Programs that run when the file is opened."""
    root: Any = reader.root_object
    names = root.get("/Names")
    if names is not None and "/JavaScript" in names.get_object():
        return True
    if _runs(root.get("/OpenAction")):
        return True
    # What happens when the file or a page of it is opened, closed or printed.
    for part in (root, *reader.pages):
        actions = part.get("/AA")
        if actions is not None and any(_runs(action) for action in actions.get_object().values()):
            return True
    return False


def _runs(action: Any) -> bool:
    action = action.get_object() if action is not None else None
    return isinstance(action, dict) and action.get("/S") in ("/JavaScript", "/Launch")


def _check_docx(file: IO[bytes]) -> None:
    with _opened(file, NOT_A_DOCX) as archive:
        names = _checked_names(archive)
        if "word/document.xml" not in names or "[Content_Types].xml" not in names:
            raise Refused(NOT_A_DOCX, code="not_a_docx")
        if b"macroenabled" in read_part(archive, "[Content_Types].xml").lower():
            raise Refused(MACROS, code="macros")
        _check_xml(read_part(archive, "word/document.xml"))
        for name in names:
            if name.lower().endswith(".rels"):
                _check_relations(read_part(archive, name))


def _check_relations(content: bytes) -> None:
    """A link may lead elsewhere, for a reader chooses to follow it. Anything else is fetched as soon as the file opens."""
    try:
        relations = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Refused(DAMAGED, code="damaged") from error
    for relation in relations:
        is_elsewhere = relation.get("TargetMode", "").lower() == "external"
        if is_elsewhere and not relation.get("Type", "").lower().endswith("/hyperlink"):
            raise Refused(FETCHES, code="fetches")


def _check_odt(file: IO[bytes]) -> None:
    with _opened(file, NOT_AN_ODT) as archive:
        names = _checked_names(archive)
        if "mimetype" not in names or read_part(archive, "mimetype").strip() != _ODT or "content.xml" not in names:
            raise Refused(NOT_AN_ODT, code="not_an_odt")
        if "META-INF/manifest.xml" in names and b"encryption-data" in read_part(archive, "META-INF/manifest.xml"):
            raise Refused(LOCKED, code="locked")
        _check_xml(read_part(archive, "content.xml"))


def _opened(file: IO[bytes], otherwise: Any) -> zipfile.ZipFile:
    start = file.read(8)
    file.seek(0)
    if start == _OLE:
        raise Refused(OLD_WORD, code="locked")
    if not start.startswith(b"PK\x03\x04"):
        raise Refused(otherwise, code="wrong_content")
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(DAMAGED, code="damaged") from error


def _checked_names(archive: zipfile.ZipFile) -> set[str]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused(TOO_MUCH, code="too_much")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused(LOCKED, code="locked")
        if entry.file_size > 1024 * 1024 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Refused(TOO_MUCH, code="too_much")
        if any(mark in entry.filename.lower() for mark in _SCRIPTS):
            raise Refused(MACROS, code="macros")
    return {entry.filename for entry in entries}


def _check_xml(content: bytes) -> None:
    try:
        fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Refused(DAMAGED, code="damaged") from error


_FTYP = 4
OF_AN_IPHONE = _(
    "This is a QuickTime film (.mov), as an iPhone makes it, and not every browser plays it. Make an MP4 of it, then choose that "
    "one here: in an app on the phone that edits films and saves them as MP4, or on a computer in iMovie (Mac: Share, Export "
    "File) or Clipchamp (Windows: Export). Not on a website: it would have your film."
)
_FILMS = {"mp4": _("an MP4 film"), "webm": _("a WebM film"), "mp3": _("an MP3 recording")}


def check_film(file: IO[bytes], name: str) -> None:
    """See that a film or recording is MP4, WebM or MP3, as its name says."""
    extension = PurePosixPath(name.lower()).suffix.lstrip(".")
    file.seek(0)
    if extension in ("mov", "qt") or file.read(12)[_FTYP:] == b"ftypqt  ":
        raise Refused(OF_AN_IPHONE, code="of_an_iphone")
    if extension not in _FILMS:
        raise Refused(
            _("We take films as MP4 or WebM and recordings as MP3. Save the file as one of these."), code="wrong_kind"
        )
    file.seek(0)
    start = file.read(64)
    file.seek(0)
    if _film_kind(start) != extension:
        raise Refused(
            _("This file is not what its name says, %(kind)s. Save it again from the program it was made with."),
            code="wrong_content",
            params={"kind": _FILMS[extension]},
        )


def _film_kind(start: bytes) -> str:
    if start[_FTYP : _FTYP + 4] == b"ftyp" and start[8:12] not in (b"heic", b"avif", b"mif1", b"qt  "):
        return "mp4"
    if start.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in start:
        return "webm"
    if start.startswith(b"ID3") or (len(start) > 1 and start[0] == 0xFF and start[1] & 0xE6 == 0xE2):
        return "mp3"
    return ""


def as_bytes(file: IO[bytes]) -> io.BytesIO:
    """The whole of an upload in memory; its size was checked before."""
    file.seek(0)
    content = io.BytesIO(file.read())
    file.seek(0)
    return content
