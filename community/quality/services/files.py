"""What a file of evidence may be, decided by its content: a PDF that anybody can open, or a picture drawn anew."""

import io
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from foundation.media.content import Refused, as_bytes, check_document
from foundation.media.pictures import NOT_READABLE, redrawn

MAX_SIZE = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
PDF = "application/pdf"
EXTENSIONS = {PDF: "pdf", "image/png": "png", "image/jpeg": "jpg"}
_PICTURES = {"png", "jpg", "jpeg"}

WRONG_KIND = _("We take PDF, PNG and JPEG. Save the file as one of these, or take a photo of it.")
TOO_BIG = _("This file is too big (%(size)s). The limit is %(limit)s. Make it smaller and try again.")
EMPTY = _("This file is empty. Choose it again.")
TOO_MANY_PIXELS = _("This picture is too large. Take it again with a smaller size.")


def checked(upload: UploadedFile) -> tuple[File, str]:
    """(what is to be kept, its content type).

    Raises:
        Refused: wrong kind, too big, damaged, locked, or not what its name says; with words to act on.
    """
    size = upload.size or 0
    if size == 0:
        raise Refused(EMPTY, code="empty")
    if size > MAX_SIZE:
        raise Refused(TOO_BIG, code="too_big", params={"size": filesizeformat(size), "limit": filesizeformat(MAX_SIZE)})
    name = upload.name or ""
    extension = PurePosixPath(name.lower()).suffix.lstrip(".")
    content: Any = as_bytes(upload)
    if extension == "pdf":
        check_document(content, name)
        return ContentFile(content.getvalue()), PDF
    if extension not in _PICTURES:
        raise Refused(WRONG_KIND, code="wrong_kind")
    _check_pixels(content)
    picture = redrawn(content)
    if picture.content_type not in EXTENSIONS:
        raise Refused(WRONG_KIND, code="wrong_kind")
    return picture, str(picture.content_type)


def _check_pixels(content: io.BytesIO) -> None:
    """Read the size alone, before anything is unpacked."""
    from PIL import Image

    try:
        with Image.open(content) as picture:
            width, height = picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(NOT_READABLE, code="damaged") from error
    finally:
        content.seek(0)
    if width * height > MAX_PIXELS:
        raise Refused(TOO_MANY_PIXELS, code="too_much")
