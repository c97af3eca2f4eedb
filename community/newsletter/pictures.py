"""Pictures of articles: drawn anew from their pixels, and no larger than a page shows."""

import io
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image

from foundation.media.content import Refused
from foundation.media.pictures import NOT_READABLE, redrawn

MOST_BYTES = 8 * 1024 * 1024
WIDEST = 1_600
_TAKEN = {"JPEG", "PNG", "WEBP"}
TOO_MANY_PIXELS = _("This picture has too many pixels. Make it smaller.")


def for_the_newsletter(file: IO[bytes]) -> SimpleUploadedFile:
    """The picture without anything hidden in it, at most 1,600 pixels wide or high.

    Raises:
        Refused: it is no picture of a kind that we take.
    """
    file.seek(0)
    try:
        with Image.open(file) as picture:
            kind, (width, height) = picture.format, picture.size
            moves = bool(getattr(picture, "is_animated", False))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(NOT_READABLE, code="damaged") from error
    if kind not in _TAKEN or moves:  # hundreds of frames of one small file would fill the memory
        raise Refused(NOT_READABLE, code="wrong_kind")
    if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise Refused(TOO_MANY_PIXELS, code="too_much")
    clean = redrawn(file)
    with Image.open(clean) as picture:
        if max(picture.size) <= WIDEST:
            clean.seek(0)
            return clean
        picture.thumbnail((WIDEST, WIDEST))
        out = io.BytesIO()
        picture.save(out, kind, **({"quality": 85} if kind != "PNG" else {}))
    return SimpleUploadedFile(str(clean.name), out.getvalue(), content_type=str(clean.content_type))
