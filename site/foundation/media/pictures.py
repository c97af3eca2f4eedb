"""Pictures drawn anew: what was hidden in the file, such as the place where it was taken, stays behind."""

import io
import uuid
from typing import IO, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, ImageSequence

from .content import Refused

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
MAX_FRAMES = 300

_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
    "AVIF": {"quality": 80},
    "GIF": {},
}
NOT_READABLE = _("This picture cannot be read. Open it, save it again as JPEG or PNG, and upload that.")


def redrawn(file: IO[bytes]) -> SimpleUploadedFile:
    """The picture in its own format from its pixels alone: no EXIF, no place, no comment, no bytes after its end.

    It stands upright as its camera meant, its colours are sRGB, and its name says nothing about anybody.

    Raises:
        Refused: the picture cannot be read, or is of a kind that we do not take.
    """
    file.seek(0)
    try:
        with Image.open(file) as picture:
            kind = picture.format or ""
            if kind not in FORMATS:
                raise Refused(NOT_READABLE, code="wrong_kind")
            content = _moving(picture, kind) if getattr(picture, "is_animated", False) else _still(picture, kind)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, EOFError) as error:
        raise Refused(NOT_READABLE, code="damaged") from error
    extension = FORMATS[kind]
    mime = f"image/{kind.lower()}"
    return SimpleUploadedFile(f"{uuid.uuid4().hex[:16]}.{extension}", content, content_type=mime)


def _still(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    clean = _plain(_srgb(upright), kind)
    out = io.BytesIO()
    clean.save(out, kind, **_OPTIONS[kind])
    return out.getvalue()


def _moving(picture: Image.Image, kind: str) -> bytes:
    frames: list[Image.Image] = []
    durations: list[int] = []
    for frame in ImageSequence.Iterator(picture):
        if len(frames) >= MAX_FRAMES:
            raise Refused(_("This picture has too many frames. Shorten it, or upload it as a film."), code="too_much")
        durations.append(frame.info.get("duration", 100))
        frames.append(_plain(frame.convert("RGBA"), kind))
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=durations, loop=0, **_OPTIONS[kind])
    return out.getvalue()


def _srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB")) or picture
    except ImageCms.PyCMSError:
        return picture  # A broken profile changes colours a little; the picture is still right.


def _plain(picture: Image.Image, kind: str) -> Image.Image:
    """A new picture with the same pixels and nothing else."""
    if picture.mode in ("P", "PA", "LA", "I", "F", "I;16", "CMYK", "YCbCr", "LAB", "HSV"):
        picture = picture.convert("RGBA" if picture.mode in ("P", "PA", "LA") and kind != "JPEG" else "RGB")
    if kind == "JPEG" and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    return clean
