"""Versions of pages in other languages, from the `translations` of a content file."""

from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from home.models import ClassifiedPage

from .bodies import BodyBuilder
from .errors import ContentError
from .pages import PageLoader, set_body
from .reading import PageFile

COPIED = ("owner_role", "reviewed_on", "review_due", "is_sensitive", "show_in_menus", "sources")


class TranslationLoader:
    """Makes the translations of one folder. A page above that is not translated becomes a draft: not public."""

    def __init__(self, pages: PageLoader, locales: dict[str, Locale]) -> None:
        self.pages, self.locales = pages, locales

    def load_all(self) -> None:
        for file in self.pages.files:
            for code, words in (file.values.get("translations") or {}).items():
                if code != "checked":
                    self._translate(file, code, words, checked=bool(file.values["translations"].get("checked")))

    def _translate(self, file: PageFile, code: str, words: dict[str, Any], *, checked: bool) -> None:
        locale = self.locales.get(code)
        if locale is None:
            raise ContentError(file.file, f"translations.{code}", "no language with `locale: true` in languages.yaml")
        if not isinstance(words, dict) or not words.get("title"):
            raise ContentError(file.file, f"translations.{code}", "needs a title")
        page = self._version(file.path, locale)
        if page.live and not self.pages.refresh:
            return
        original = self.pages.by_path[file.path].specific
        for name in COPIED:
            setattr(page, name, getattr(original, name))
        now = timezone.now()
        page.title = page.draft_title = words["title"]
        page.summary = words.get("summary", "")
        hero = words.get("hero") or {}
        if hasattr(page, "hero_heading"):
            page.hero_heading, page.hero_lead = hero.get("heading", ""), hero.get("lead", "")
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = page.translated_at = now
        page.translation_checked = checked
        page.save()
        set_body(page, BodyBuilder(file, self.pages.finders(), language=code).build(words.get("body")))
        if isinstance(page, ClassifiedPage):
            page.audiences.set(original.audiences.all())
            page.topics.set(original.topics.all())
            page.audiences.commit()
            page.topics.commit()

    def _version(self, path: str, locale: Locale) -> Any:
        """The page of this path in a language; made as an empty draft, with the pages above it, where it is missing."""
        original = self.pages.by_path[path].specific
        found = Page.objects.filter(translation_key=original.translation_key, locale=locale).first()
        if found is not None:
            return found.specific
        slug = original.slug
        if path:
            parent = self._version(path.rsplit("/", 1)[0] if "/" in path else "", locale)
        else:
            parent, slug = original.get_parent(), f"{original.slug}-{locale.language_code}"
        draft = type(original)(
            title=original.title,
            draft_title=original.title,
            slug=slug,
            locale=locale,
            translation_key=original.translation_key,
            live=False,
            has_unpublished_changes=True,
            **_own_fields(original),
        )
        parent.add_child(instance=draft)
        return draft


def _own_fields(original: Any) -> dict[str, Any]:
    """What a version shares with its original beside the words: which audience, which reader, which dates."""
    names = {
        "audience",
        "topic",
        "subgroup",
        "reader",
        "kind",
        "date",
        "starts_at",
        "ends_at",
        "published_on",
        "version",
    }
    fields = {field.name for field in original._meta.concrete_fields}
    return {name: getattr(original, name) for name in names & fields}
