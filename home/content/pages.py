"""Pages from content files: first all pages, then their bodies, which may link to any of them."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale, Page

from foundation.media.models import SiteDocument
from foundation.partnership.models import Helpline
from home.models import Audience, BasePage, ClassifiedPage, DocumentFile, DocumentPage, FormPage, Topic

from .bodies import BodyBuilder, Finders
from .errors import ContentError
from .films import film_id
from .page_types import COMMON, EXTRA, MODELS, as_date, extra_fields
from .papers import write_paper
from .pictures import picture_id
from .questions import set_questions
from .reading import PageFile
from .records import Tally


class PageLoader:
    """Makes the pages of one folder below a home page that exists or is made here."""

    def __init__(self, files: list[PageFile], *, refresh: bool, tally: Tally, locale: Locale, note: str = "") -> None:
        self.files, self.refresh, self.tally, self.locale, self.note = files, refresh, tally, locale, note
        self.by_path: dict[str, Any] = {}
        self.fresh: list[PageFile] = []
        self.audiences = {a.slug: a for a in Audience.objects.filter(locale=locale)}
        self.topics = {t.slug: t for t in Topic.objects.filter(locale=locale)}
        self.helplines = dict(Helpline.objects.filter(locale=locale).values_list("key", "pk"))

    def load_all(self, home: BasePage | None) -> BasePage:
        """Make what is missing; answers the home page."""
        if home is not None:
            self._find_existing(home)
        for file in self.files:
            self._page(file)
        for file in self.fresh:
            self._fill(file)
        return self.by_path[""]

    def page_id(self, path: str) -> int | None:
        """The id of the page at a path; a path that leads nowhere is noted and answered with None."""
        page = self.by_path.get(path.strip("/"))
        if page is None:
            self.tally.missing_links.add(path.strip("/"))
            return None
        return int(page.pk)

    def finders(self, locale: Locale | None = None) -> Finders:
        return Finders(page=self.page_id, helpline=self.helplines.get, picture=picture_id, film=film_id)

    def _find_existing(self, home: BasePage) -> None:
        self.by_path[""] = home
        start = len(home.url_path)
        columns = ("url_path", "path", "depth", "numchild", "content_type", "title")
        for page in Page.objects.descendant_of(home).only(*columns):
            self.by_path[page.url_path[start:].strip("/")] = page

    def _page(self, file: PageFile) -> None:
        known = self.by_path.get(file.path)
        if known is not None and not self.refresh:
            self.tally.count(created=False, refreshed=False)
            return
        fields = self._fields(file)
        try:
            if known is None:
                page = MODELS[file.values["type"]](slug=file.slug or "home", locale=self.locale, **fields)
                self._parent(file).add_child(instance=page)
            else:
                page = known.specific
                for name, value in fields.items():
                    setattr(page, name, value)
                page.save()
        except ValidationError as error:
            key, message = next(iter(error.message_dict.items()))
            raise ContentError(file.file, key, " ".join(message)) from error
        self.by_path[file.path] = page
        self.fresh.append(file)
        self.tally.count(created=known is None, refreshed=True)

    def _parent(self, file: PageFile) -> Any:
        if file.path == "":
            return Page.get_first_root_node()
        parent = self.by_path.get(file.parent_path)
        if parent is None:
            raise ContentError(file.file, "", f"its folder has no page: {file.parent_path}/_index.yaml is missing")
        return parent

    def _fields(self, file: PageFile) -> dict[str, Any]:
        values, kind = file.values, file.values["type"]
        if kind not in MODELS:
            raise ContentError(file.file, "type", f"“{kind}” is none of {', '.join(MODELS)}")
        unknown = set(values) - COMMON - EXTRA.get(kind, set())
        if unknown:
            raise ContentError(file.file, ", ".join(sorted(unknown)), f"not a key of the type “{kind}”")
        now = timezone.now()
        fields: dict[str, Any] = {
            "title": str(values["title"]),
            "draft_title": str(values["title"]),
            "seo_title": values.get("seo_title", ""),
            "show_in_menus": bool(values.get("in_menu", False)),
            "summary": " ".join(str(values.get("summary") or "").split()),
            "owner_role": values.get("owner_role", ""),
            "sources": "\n".join(map(str, values.get("sources") or [])),
            "first_published_at": now,
            "last_published_at": now,
        }
        if "sensitive" in values:
            fields["is_sensitive"] = bool(values["sensitive"])
        try:
            fields["reviewed_on"] = as_date(values.get("reviewed_on"))
            fields["review_due"] = as_date(values.get("review_due"))
            return {**fields, **extra_fields(file)}
        except (KeyError, ValueError, TypeError) as error:
            raise ContentError(file.file, "", f"cannot be read: {error}") from error

    def _fill(self, file: PageFile) -> None:
        page = self.by_path[file.path]
        set_body(page, BodyBuilder(file, self.finders()).build(file.values.get("body")))
        if isinstance(page, ClassifiedPage):
            page.audiences.set(self._chosen(file, "audiences", self.audiences))
            page.topics.set(self._chosen(file, "topics", self.topics))
            page.audiences.commit()
            page.topics.commit()
        if isinstance(page, DocumentPage):
            self._document(file, page)
        if isinstance(page, FormPage):
            set_questions(page, file)

    def _chosen(self, file: PageFile, key: str, known: dict[str, Any]) -> list[Any]:
        slugs = file.values.get(key) or []
        wrong = [slug for slug in slugs if slug not in known]
        if wrong:
            raise ContentError(file.file, key, f"“{wrong[0]}” is not in {key}.yaml")
        return [known[slug] for slug in slugs]

    def _document(self, file: PageFile, page: DocumentPage) -> None:
        newer = file.values.get("superseded_by")
        if newer:
            path = newer if "/" in newer else f"{file.parent_path}/{newer}"
            if path not in self.by_path:
                raise ContentError(file.file, "superseded_by", f"there is no page at {path}")
            type(page).objects.filter(pk=page.pk).update(superseded_by=self.by_path[path].pk)
        if file.values.get("file") and not DocumentFile.objects.filter(page=page).exists():
            DocumentFile.objects.create(
                page=page, document=_paper_of(file, page, self.note), sort_order=0, locale=self.locale
            )


def set_body(page: BasePage, raw: list[dict[str, Any]]) -> None:
    """Put raw stream data on a saved page without saving the rest of it again."""
    field = type(page)._meta.get_field("body")
    page.body = field.to_python(raw)
    type(page)._default_manager.filter(pk=page.pk).update(body=page.body)


def _paper_of(file: PageFile, page: DocumentPage, note: str) -> SiteDocument:
    name = f"{page.slug}.docx"
    try:
        content = write_paper(title=page.title, summary=page.summary, blocks=file.values.get("body") or [], note=note)
    except (KeyError, TypeError, AttributeError) as error:
        raise ContentError(file.file, "body", f"cannot be written as a document: {error!r}") from error
    document = SiteDocument(title=page.title, summary=page.summary, file=ContentFile(content, name=Path(name).name))
    document.file_size = len(content)
    document.save()
    return document
