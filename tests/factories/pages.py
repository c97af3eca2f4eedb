"""Pages for tests: a home page with the default site on it, and pages below it."""

from itertools import count
from typing import Any, TypeVar

from wagtail.models import Locale, Page, Site

from home.content.loader import make_way, ready_site
from home.models import BasePage, HomePage

AnyPage = TypeVar("AnyPage", bound=BasePage)
_numbers = count(1)


def a_home_page(**fields: Any) -> HomePage:
    """The English home page, with the default site standing on it."""
    make_way()
    home = HomePage(**{"title": "Home", "slug": "home", "summary": "A summary.", **fields})
    Page.get_first_root_node().add_child(instance=home)
    ready_site(home)
    Site.clear_site_root_paths_cache()
    return home


def a_page(model: type[AnyPage], *, under: Page, **fields: Any) -> AnyPage:
    """A live page below another."""
    number = next(_numbers)
    title = fields.pop("title", f"{model.__name__} {number}")
    page = model(**{"title": title, "slug": f"page-{number}", "summary": "A summary.", **fields})
    type(under).objects.get(pk=under.pk).add_child(instance=page)
    return page


def with_body(page: AnyPage, *blocks: tuple[str, Any]) -> AnyPage:
    """The page with these blocks, given as raw values."""
    page.body = type(page)._meta.get_field("body").to_python([{"type": name, "value": value} for name, value in blocks])
    page.save()
    return page


def a_version(page: AnyPage, code: str, *, parent: Page | None = None, **fields: Any) -> AnyPage:
    """The page in another language."""
    locale, _created = Locale.objects.get_or_create(language_code=code)
    version = type(page)(
        **{
            "title": f"{page.title} ({code})",
            "slug": page.slug if parent else f"{page.slug}-{code}",
            "locale": locale,
            "translation_key": page.translation_key,
            **fields,
        }
    )
    above = parent or page.get_parent()
    type(above).objects.get(pk=above.pk).add_child(instance=version)
    Site.clear_site_root_paths_cache()
    return version
