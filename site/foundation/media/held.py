"""Files that wait for their page: in private storage until the page is public, where everything else is from then on.

What a young person made for a post must be open to everybody exactly from the moment at which the page is. The name of a file
says where it lies: `held/…` is private, and its address leads to a view that asks who wants it. Releasing it takes the
prefix away. A page that shows such a file by mistake shows nothing: it fails closed.
"""

from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models, transaction
from django.urls import reverse
from wagtail.models import ReferenceIndex

from .private import private_storage

HELD = "held/"


def is_held(name: str | None) -> bool:
    """Whether a file of this name waits for its page."""
    return (name or "").startswith(HELD)


class HoldsBack(Storage):
    """A storage that keeps what is held in the private one. To be put before any storage class (`UploadStorage`)."""

    def open(self, name: str, mode: str = "rb") -> File:
        return private_storage().open(name, mode) if is_held(name) else super().open(name, mode)

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        if is_held(name):
            return private_storage().save(name, content, max_length=max_length)
        return super().save(name, content, max_length=max_length)

    def delete(self, name: str) -> None:
        if is_held(name):
            private_storage().delete(name)
        else:
            super().delete(name)

    def exists(self, name: str) -> bool:
        return private_storage().exists(name) if is_held(name) else super().exists(name)

    def size(self, name: str) -> int:
        return private_storage().size(name) if is_held(name) else super().size(name)

    def path(self, name: str) -> str:
        return private_storage().path(name) if is_held(name) else super().path(name)

    def url(self, name: str | None) -> str:
        if name is not None and is_held(name):
            return reverse("held_file", args=[name.removeprefix(HELD)])
        return super().url(name)


class UploadStorage(HoldsBack, FileSystemStorage):
    """Uploads in MEDIA_ROOT, but for those that are held."""


def hold(storage: Storage, name: str, content: Any) -> str:
    """Keep a new file back; the name to give to the row."""
    return storage.save(f"{HELD}{name}", content)


@transaction.atomic
def release_files_of(page: Any) -> int:
    """Make every held file that this page shows public; how many there were. Called at the moment of publishing."""
    from .models import Captions, SiteImage, SiteMedia

    pictures = SiteImage.objects.filter(file__startswith=HELD)
    films = SiteMedia.objects.filter(file__startswith=HELD)
    if not (pictures.exists() or films.exists()):
        return 0
    shown = _shown_on(page)
    released = 0
    for picture in pictures.filter(pk__in=shown.get(SiteImage, ())):
        # Their copies in other sizes are private too, and are made again when the page is drawn.
        for rendition in picture.renditions.all():
            rendition.delete()
        released += _release(picture)
    for film in films.filter(pk__in=shown.get(SiteMedia, ())):
        released += _release(film)
        released += sum(_release(line) for line in Captions.objects.filter(media=film, file__startswith=HELD))
    return released


def _release(row: Any) -> int:
    held, storage = row.file.name, row.file.storage
    with storage.open(held) as content:
        public = storage.save(held.removeprefix(HELD), content)
    type(row)._default_manager.filter(pk=row.pk).update(file=public)
    # Should the publishing be undone, the file is still where it was.
    transaction.on_commit(partial(storage.delete, held))
    return 1


def _shown_on(page: Any) -> dict[type[models.Model], set[int]]:
    """What the page refers to, read from the page itself: the index of references may be behind."""
    from django.contrib.contenttypes.models import ContentType

    found: dict[type[models.Model], set[int]] = {}
    for kind, pk, _path, _place in ReferenceIndex._extract_references_from_object(page):
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None and str(pk).isdigit():
            found.setdefault(model, set()).add(int(pk))
    return found
