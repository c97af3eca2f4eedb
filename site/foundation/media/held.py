"""Files that wait for their page: in private storage until the page is public, where everything else is from then on.

What a young person made for a post must be open to everybody exactly from the moment at which the page is. The name of a file
says where it lies: `held/…` is private, and its address leads to a view that asks who wants it. Releasing it takes the
prefix away. A page that shows such a file by mistake shows nothing: it fails closed.
"""

from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.db import DatabaseError, models, transaction
from django.urls import reverse
from wagtail.models import ReferenceIndex

from foundation.cache.generation import bump_on_commit

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


def release_files_of(page: Any) -> int:
    """Make every held file that this page shows public; how many there are. Called at the moment of publishing.

    Nothing moves before the publication is in the database: what is undone has opened nothing.
    """
    from .models import Captions, SiteImage, SiteMedia

    pictures = SiteImage.objects.filter(file__startswith=HELD)
    films = SiteMedia.objects.filter(file__startswith=HELD)
    lines = Captions.objects.filter(file__startswith=HELD)
    if not (pictures.exists() or films.exists() or lines.exists()):
        return 0
    shown = _shown_on(page)
    rows: list[models.Model] = [
        *pictures.filter(pk__in=shown.get(SiteImage, ())),
        *films.filter(pk__in=shown.get(SiteMedia, ())),
        *lines.filter(media__in=shown.get(SiteMedia, ())),
    ]
    for row in rows:
        # One file that cannot be moved keeps no other back; the chore tries again.
        transaction.on_commit(partial(_release, type(row), row.pk), robust=True)
    return len(rows)


def release_what_was_left() -> int:
    """Files whose page is public and that are held still, because the storage failed when it was published; how many pages
    were looked after. A chore."""
    from wagtail.models import Page

    from .models import SiteImage, SiteMedia

    rows = [*SiteImage.objects.filter(file__startswith=HELD), *SiteMedia.objects.filter(file__startswith=HELD)]
    pages = {
        reference.object_id
        for row in rows
        for reference in ReferenceIndex.get_references_to(row).filter(base_content_type__app_label="wagtailcore")
    }
    live = Page.objects.live().filter(pk__in=[int(pk) for pk in pages if str(pk).isdigit()])
    return sum(bool(release_files_of(page.specific)) for page in live)


def _release(model: type[models.Model], pk: int) -> None:
    with transaction.atomic():
        row: Any = model._default_manager.select_for_update().filter(pk=pk, file__startswith=HELD).first()
        if row is None:
            return
        held, storage = row.file.name, row.file.storage
        if hasattr(row, "renditions"):
            # Their copies in other sizes are private too, and are made again when the page is drawn.
            for rendition in row.renditions.all():
                rendition.delete()
        with storage.open(held) as content:
            public = storage.save(held.removeprefix(HELD), content)
        try:
            model._default_manager.filter(pk=pk).update(file=public)
        except DatabaseError:
            storage.delete(public)
            raise
        bump_on_commit()
    storage.delete(held)


def _shown_on(page: Any) -> dict[type[models.Model], set[int]]:
    """What the page refers to, read from the page itself: the index of references may be behind."""
    from django.contrib.contenttypes.models import ContentType

    found: dict[type[models.Model], set[int]] = {}
    for kind, pk, _path, _place in ReferenceIndex._extract_references_from_object(page):
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None and str(pk).isdigit():
            found.setdefault(model, set()).add(int(pk))
    return found
