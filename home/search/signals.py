"""What tells the index that something changed. All work waits for the commit, and reads what was committed."""

from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_slug_changed, post_page_move

from foundation.media.models import SiteDocument


def connect() -> None:
    """Listen; called once the apps are ready."""
    from home.models import Audience, GlossaryTerm, Topic

    from .models import Entry, Synonym

    post_migrate.connect(_migrated, sender=apps.get_app_config("search"), dispatch_uid="search-migrated")
    post_save.connect(_page_saved, dispatch_uid="search-page-saved")
    pre_delete.connect(_page_goes, dispatch_uid="search-page-goes")
    post_page_move.connect(_subtree_changed, dispatch_uid="search-page-moved")
    page_slug_changed.connect(_subtree_changed, dispatch_uid="search-slug-changed")
    post_save.connect(_document_saved, sender=SiteDocument, dispatch_uid="search-document-saved")
    post_delete.connect(_entry_gone, sender=Entry, dispatch_uid="search-entry-gone")
    for signal in (post_save, post_delete):
        signal.connect(_page_restricted, sender=PageViewRestriction, dispatch_uid=f"search-restricted-{id(signal)}")
        signal.connect(_files_restricted, sender=CollectionViewRestriction, dispatch_uid=f"search-files-{id(signal)}")
        signal.connect(_synonyms_changed, sender=Synonym, dispatch_uid=f"search-synonyms-{id(signal)}")
        signal.connect(_labels_changed, sender=Audience, dispatch_uid=f"search-audiences-{id(signal)}")
        signal.connect(_labels_changed, sender=Topic, dispatch_uid=f"search-topics-{id(signal)}")
        signal.connect(_synonyms_changed, sender=GlossaryTerm, dispatch_uid=f"search-glossary-{id(signal)}")


def _migrated(using: str, **_: Any) -> None:
    """A site without a page already understands "sucide"."""
    from .models import Word
    from .vocabulary import learn, standing_words

    if Word._meta.db_table in connections[using].introspection.table_names():
        learn(texts=standing_words())


def _later(task_name: str, pk: int) -> None:
    from . import tasks

    transaction.on_commit(partial(getattr(tasks, task_name).enqueue, pk))


def _page_saved(sender: type, instance: Any, raw: bool = False, **_: Any) -> None:
    if isinstance(instance, Page) and sender is not Page and not raw:
        _later("index_page", instance.pk)


def _page_goes(sender: type, instance: Any, **_: Any) -> None:
    """The entry goes with the page; files that only it offered have to be looked at again."""
    if sender is not Page:
        return
    references = ReferenceIndex.get_references_for_object(instance).filter(
        to_content_type=ContentType.objects.get_for_model(SiteDocument)
    )
    for pk in references.values_list("to_object_id", flat=True):
        _later("index_document", int(pk))


def _subtree_changed(instance: Page, **_: Any) -> None:
    _later("index_pages_below", instance.pk)


def _document_saved(instance: SiteDocument, raw: bool = False, **_: Any) -> None:
    if not raw:
        _later("index_document", instance.pk)


def _page_restricted(instance: PageViewRestriction, **_: Any) -> None:
    _later("index_pages_below", instance.page_id)


def _files_restricted(instance: CollectionViewRestriction, **_: Any) -> None:
    below = Collection.objects.descendant_of(instance.collection, inclusive=True)
    for pk in SiteDocument.objects.filter(collection__in=below).values_list("pk", flat=True):
        _later("index_document", pk)


def _entry_gone(instance: Any, **_: Any) -> None:
    from .engines import engine

    engine().forget([instance.pk])


def _synonyms_changed(**_: Any) -> None:
    from .synonyms import forget_synonyms

    forget_synonyms()


def _labels_changed(**_: Any) -> None:
    from .labels import forget_labels

    forget_labels()
