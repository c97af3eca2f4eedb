"""Pages for tests: a home page with the default site on it, and pages below it."""

from itertools import count
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from wagtail.models import GroupPagePermission, Locale, Page, Site

from home.content.loader import ready_site
from home.models import BasePage, HomePage

AnyPage = TypeVar("AnyPage", bound=BasePage)
_numbers = count(1)


def a_home_page(**fields: Any) -> HomePage:
    """The English home page, with the default site standing on it."""
    home = HomePage(**{"title": "Home", "slug": "home", "summary": "A summary.", **fields})
    with transaction.atomic():
        _without_welcome()
        Page.get_first_root_node().add_child(instance=home)
        Site.objects.filter(is_default_site=True).update(root_page=home)
        ready_site(home)
    Site.clear_site_root_paths_cache()
    return home


def _without_welcome() -> None:
    """Wagtail's welcome page goes as `make_way` and `ready_site` have it go, but without a look into every table that
    could refer to a page: that took longer than the home page itself, and a thousand tests have one."""
    bare = ContentType.objects.get_for_model(Page)
    for welcome in Page.objects.filter(depth=2, slug="home", numchild=0, content_type=bare):
        GroupPagePermission.objects.filter(page=welcome)._raw_delete(using="default")
        Page.objects.filter(pk=welcome.pk)._raw_delete(using="default")
        Page.objects.filter(depth=1).update(numchild=F("numchild") - 1)


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
