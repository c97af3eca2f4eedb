"""Keeps the index true to what is public: a page goes in when it is live and open to all, and out when it is not."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Locale, Page, ReferenceIndex

from foundation.media.models import SiteDocument
from home.models import DocumentPage

from . import texts
from .engines import engine
from .kinds import WEIGHTS, Kind
from .models import Entry
from .vocabulary import learn


@transaction.atomic
def index_page(*, page_id: int) -> bool:
    """Bring the entry of a page up to date, and those of the files it offers. True if the page can be found now."""
    page = Page.objects.filter(pk=page_id).specific().first()
    files = set(Entry.objects.filter(page=page_id, document__isnull=False).values_list("document_id", flat=True))
    is_public = page is not None and _is_public(page)
    if page is not None:
        files |= _files_of(page)
    if is_public:
        _store_page(page)
    else:
        _forget(Entry.objects.filter(page=page_id))
    for document in SiteDocument.objects.filter(pk__in=files):
        _index_file(document)
    return is_public


def index_pages_below(*, page_id: int) -> None:
    """Bring a page and all below it up to date: after a move, a new slug, a new restriction."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        for pk in page.get_descendants(inclusive=True).values_list("pk", flat=True):
            index_page(page_id=pk)


@transaction.atomic
def index_document(*, document_id: int) -> None:
    """Bring up to date what search knows of a file: the document pages it is part of, and its own entry."""
    document = SiteDocument.objects.filter(pk=document_id).first()
    if document is None:
        return
    for page in DocumentPage.objects.filter(files__document=document).distinct():
        if _is_public(page):
            _store_page(page)
    _index_file(document)


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew; answers how many things can be found."""
    _forget(Entry.objects.all())
    locales = Locale.objects.in_bulk()
    for page in Page.objects.live().public().filter(depth__gt=1, alias_of__isnull=True).specific().iterator(100):
        page.locale = locales[page.locale_id]
        _store_page(page, is_new=True, learns=False)  # `learn` counts the words of all of them below
    for document in SiteDocument.objects.iterator(100):
        _index_file(document)
    learn(everything=True)
    return Entry.objects.count()


def _is_public(page: Page) -> bool:
    return bool(
        page.live
        and page.depth > 1
        and page.alias_of_id is None
        and page.url
        and not page.get_view_restrictions().exists()
    )


def _store_page(page: Page, *, is_new: bool = False, learns: bool = True) -> None:
    facts = texts.facts_of(page)
    words = {
        "title": page.title,
        "summary": getattr(page, "summary", "") or page.search_description,
        "headings": texts.headings_of(page),
        "text": texts.text_of(page),
    }
    first_file = page.files.select_related("document").first() if isinstance(page, DocumentPage) else None
    values = {
        **words,
        "kind": facts.kind,
        "language": page.locale.language_code,
        "translation_key": page.translation_key,
        "date": facts.date,
        "shows_date": facts.shows_date,
        "audiences": _joined(facts.audiences),
        "topics": _joined(facts.topics),
        "weight": facts.weight,
        "is_replaced": facts.is_replaced,
        "url": page.get_url(),
        "file_type": first_file.document.file_extension[:8].lower() if first_file else "",
        "file_size": first_file.document.file_size if first_file else None,
    }
    if is_new:
        entry = Entry.objects.create(page_id=page.pk, document=None, **values)
    else:
        entry, _made = Entry.objects.update_or_create(page_id=page.pk, document=None, defaults=values)
    engine().store(entry.pk, language=entry.language, **words)
    if learns:
        learn(texts=[words["title"], words["summary"], words["headings"]])


def _index_file(document: SiteDocument) -> None:
    """A file has an entry of its own when a public page offers it and no document page stands for it."""
    pages = [page for page in _pages_offering(document) if _is_public(page)]
    is_open = not document.collection.get_view_restrictions().exists()
    if not pages or not is_open or any(isinstance(page, DocumentPage) for page in pages):
        _forget(Entry.objects.filter(document=document))
        return
    page = pages[0]
    facts = texts.facts_of(page)
    words = {
        "title": document.title,
        "summary": document.summary,
        "headings": "",
        "text": document.extracted_text[: texts.MAX_TEXT],
    }
    entry, _made = Entry.objects.update_or_create(
        document=document,
        defaults={
            **words,
            "page_id": page.pk,
            "kind": Kind.FILE,
            "language": page.locale.language_code,
            "date": document.created_at.date(),
            "audiences": _joined(facts.audiences),
            "topics": _joined(facts.topics),
            "weight": WEIGHTS[Kind.FILE],
            "url": document.url,
            "file_type": document.file_extension[:8].lower(),
            "file_size": document.file_size,
        },
    )
    engine().store(entry.pk, language=entry.language, **words)
    learn(texts=[document.title, document.summary])


def _files_of(page: Page) -> set[int]:
    """Files that the published page links to or lists."""
    ReferenceIndex.create_or_update_for_object(page.specific)
    references = ReferenceIndex.get_references_for_object(page).filter(
        to_content_type=ContentType.objects.get_for_model(SiteDocument)
    )
    return {int(pk) for pk in references.values_list("to_object_id", flat=True)}


def _pages_offering(document: SiteDocument) -> list[Page]:
    references = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    ids = {int(pk) for pk in references.values_list("object_id", flat=True)}
    return list(Page.objects.filter(pk__in=ids).specific().order_by("path"))


def _forget(entries: QuerySet[Entry]) -> None:
    ids = list(entries.values_list("pk", flat=True))
    if ids:
        engine().forget(ids)
        Entry.objects.filter(pk__in=ids).delete()


def _joined(slugs: list[str]) -> str:
    return f"|{'|'.join(slugs)}|" if slugs else ""
