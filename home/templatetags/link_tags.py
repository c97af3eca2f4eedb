"""Tags of links: the addresses of pages, rows of links, and cards."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language
from wagtail.models import Page

from foundation.cache.kept import Kept
from foundation.templatetags.foundation_tags import lang_dir
from home import presentation
from home.addresses import address_of_page, language_of
from home.models import AudiencePage, SubgroupPage
from home.selectors.closed import is_public
from home.selectors.languages import in_language

register = template.Library()

MOST_TOPICS = 6
"""Topics on the page of an audience; the rest are one press away."""

# What a card or a link of a list may carry. All of it is named, because a template looks for a name that is not there
# in four ways, each with an exception, and a page has a hundred of them.
_LINK = dict.fromkeys(("title", "url", "text", "kicker", "meta", "icon", "tone", "lang", "dir"), "")


@register.simple_tag(takes_context=True)
def page_url(context: Context, page: Any) -> str:
    """The address of a page or of a row of a list of pages."""
    return address_of_page(page, context.get("request"))


@register.simple_tag(takes_context=True)
def page_links(context: Context, pages: Iterable[Any] | None) -> list[dict[str, Any]]:
    """Pages, or rows of a list of pages, as links: title, url, text, kicker. Pages that are not public are left out."""
    return [
        {
            **_LINK,
            "title": page.title,
            "url": address_of_page(page, context.get("request")),
            "text": getattr(page, "summary", ""),
            "kicker": getattr(page, "kicker", ""),
            **_other_language(context, page),
        }
        for page in in_language([page for page in pages or [] if page is not None])
        if is_public(page)
    ]


@register.simple_tag
def unlinked(rows: Iterable[Any] | None, blocks: Iterable[Any]) -> list[Any]:
    """Rows of a list that the page's own body does not lead to already."""
    linked = presentation.linked_pages(blocks)
    return [row for row in rows or [] if row.pk not in linked]


@register.simple_tag
def new_topics(rows: Iterable[Any] | None, blocks: Iterable[Any]) -> list[Any]:
    """Topics that the page's cards do not name already, by link or by title, and no more than a glance takes in."""
    linked, named = presentation.linked_pages(blocks), presentation.card_titles(blocks)
    rows = [row for row in rows or [] if row.pk not in linked and row.title.casefold() not in named]
    return rows[:MOST_TOPICS]


@register.simple_tag
def letters(links: Iterable[dict[str, Any]]) -> list[presentation.Group]:
    """Links under their first letters."""
    return presentation.by_letter(links, lambda link: link["title"])


@register.simple_tag
def subgroup_rows(pages: Iterable[Any] | None) -> list[dict[str, str]]:
    """The subgroups of the partnership's diagram, with chair and rhythm from their records. One query."""
    rows = list(pages or [])
    found = SubgroupPage.objects.filter(pk__in=[row.pk for row in rows], subgroup__isnull=False)
    facts = {
        pk: (chair, meets) for pk, chair, meets in found.values_list("pk", "subgroup__chair_role", "subgroup__meets")
    }
    return [
        {
            "title": row.title,
            "url": row.url,
            "text": row.text,
            "chair": facts.get(row.pk, ("", ""))[0],
            "meets": facts.get(row.pk, ("", ""))[1],
        }
        for row in rows
    ]


@register.simple_tag(takes_context=True)
def card_items(context: Context, items: Iterable[Any]) -> list[dict[str, Any]]:
    """Cards of a block with their addresses; a card whose page is not public is left out."""
    return [card for card, _page in _cards(context, items)]


@register.simple_tag(takes_context=True)
def door_items(context: Context, items: Iterable[Any]) -> list[dict[str, Any]]:
    """Cards in the colours of the audiences they lead to."""
    cards = _cards(context, items)
    colours = _colours.of("all", _read_colours)
    return [{**card, "tone": colours.get(page.translation_key, "") if page else ""} for card, page in cards]


def _cards(context: Context, items: Iterable[Any]) -> list[tuple[dict[str, Any], Any]]:
    cards = []
    values = list(items)
    pages = [value["page"] for value in values if value["page"]]
    translated = {page.translation_key: page for page in in_language(pages)}
    for value in values:
        page = value["page"]
        if page is not None:
            page = translated.get(page.translation_key, page)
            url = address_of_page(page, context.get("request")) if is_public(page) else ""
        else:
            url = value["url"]
        if url:
            cards.append(({**_LINK, "title": value["title"], "text": value["text"], "url": url}, page))
    return cards


_colours: Kept[dict[Any, str]] = Kept(entries=1)


def _read_colours() -> dict[Any, str]:
    pages = AudiencePage.objects.filter(audience__isnull=False)
    return dict(pages.values_list("translation_key", "audience__colour"))


def _other_language(context: Context, page: Any) -> dict[str, str]:
    """`lang` and `dir` of a page that does not exist in the reader's language; rows of lists are in it anyway."""
    if not isinstance(page, Page):
        return {}
    code = language_of(page.url_path, context.get("request"))
    return {} if code == get_language() else {"lang": code, "dir": lang_dir(code)}
