"""Films of content files: a film in `films/` beside the pages goes into the library, once, with captions and words."""

from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile

from foundation.media.models import Captions, SiteMedia

from .errors import ContentError
from .reading import read_yaml


def film_id(file: Path) -> int | None:
    """The id of the film of this file, made where the library has none of its title; None if there is no such file.

    Beside `leave.mp4` stand `leave.yaml` (title, duration in seconds, width, height, transcript), `leave.en.vtt` for
    each language of captions, and `leave.png`, the picture before it starts.
    """
    facts_file = file.with_suffix(".yaml")
    if not file.is_file() or not facts_file.is_file():
        return None
    facts = read_yaml(facts_file)
    try:
        title = str(facts["title"])
        known = SiteMedia.objects.filter(title=title).order_by("pk").values_list("pk", flat=True).first()
        return known or _add(file, title, facts)
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(facts_file, "", f"not as expected ({error!r})") from error


def _add(file: Path, title: str, facts: dict[str, object]) -> int:
    film = SiteMedia(
        title=title,
        type="video",
        duration=float(str(facts["duration"])),
        width=int(str(facts["width"])),
        height=int(str(facts["height"])),
        transcript=str(facts["transcript"]).strip(),
        file=ContentFile(file.read_bytes(), name=file.name),
    )
    if (poster := file.with_suffix(".png")).is_file():
        film.thumbnail.save(poster.name, ContentFile(poster.read_bytes()), save=False)
    film.save()
    for captions in sorted(file.parent.glob(f"{file.stem}.*.vtt")):
        language = captions.suffixes[-2].lstrip(".")
        with captions.open("rb") as words:
            Captions.objects.create(media=film, language=language, file=File(words, name=captions.name))
    return int(film.pk)
