"""Pictures of content files: a file in `pictures/` beside the pages becomes an image of the library, once."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from foundation.media.models import SiteImage


def picture_id(file: Path, value: dict[str, Any]) -> int | None:
    """The id of the image of this file, made where the library has none of this title; None if there is no file.

    `value` is the block: `alt` says what the picture shows, `title` names it in the library, `credit` says whose it is.
    """
    title = value.get("title") or file.stem.replace("-", " ").capitalize()
    known = SiteImage.objects.filter(title=title).order_by("pk").values_list("pk", flat=True).first()
    if known is not None or not file.is_file():
        return known
    image = SiteImage.objects.create(
        title=title,
        description=value.get("alt", "")[:255],
        credit=value.get("credit", ""),
        file=ContentFile(file.read_bytes(), name=file.name),
    )
    return int(image.pk)
