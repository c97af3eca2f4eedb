"""A document whose file is new is read once the save is committed."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save


def connect() -> None:
    """Listen; called once the apps are ready."""
    from .models import Captions, SiteDocument

    post_save.connect(_document_saved, sender=SiteDocument, dispatch_uid="media-read-document")
    post_delete.connect(_captions_deleted, sender=Captions, dispatch_uid="media-captions-deleted")


def _document_saved(instance: Any, raw: bool = False, **_: Any) -> None:
    from .tasks import read_document

    if not raw and instance.file and instance.read_from != instance.file.name:
        transaction.on_commit(partial(read_document.enqueue, instance.pk))


def _captions_deleted(instance: Any, **_: Any) -> None:
    if instance.file:
        transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))
