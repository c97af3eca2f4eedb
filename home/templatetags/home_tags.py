"""Tags of the public pages: what a template needs of the frame, of a body, of a list."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_bidi, gettext
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from foundation.cache.kept import Kept
from foundation.registries.findings import Finding, findings_providers
from foundation.templatetags.foundation_tags import lang_dir, phone
from home import presentation
from home.addresses import address_of, language_of
from home.feedback.tokens import token_for
from home.models import AudiencePage, SubgroupPage
from home.search.labels import audience_names, topic_names
from home.selectors.closed import is_closed
from home.selectors.sorting import audiences_of, topics_of

register = template.Library()

MOST_TOPICS = 6
"""Topics on the page of an audience; the rest are one press away."""

# What a card or a link of a list may carry. All of it is named, because a template looks for a name that is not there
# in four ways, each with an exception, and a page has a hundred of them.
_LINK = dict.fromkeys(("title", "url", "text", "kicker", "meta", "icon", "tone", "lang", "dir"), "")


@register.simple_tag
def home_parts(blocks: Iterable[Any]) -> presentation.HomeParts:
    """The home page's body, taken apart: see `presentation.split_home`."""
    return presentation.split_home(blocks)


@register.simple_tag(takes_context=True)
def worried_parts(context: Context, blocks: Iterable[Any]) -> dict[str, Any]:
    """The worried page's body, taken apart, with the helplines of its panel in the reader's language."""
    parts = presentation.split_worried(blocks)
    known = {line.key: line for line in _helplines(context)}
    chosen = [known[key] for key in parts.helpline_keys if key in known]
    emergency = [line for line in known.values() if line.is_emergency and line not in chosen]
    children = [line for line in known.values() if line.audience == "child" and line.in_bar and line not in chosen]
    return {
        "warning": parts.warning,
        "routes": parts.routes,
        "rest": parts.rest,
        "lines": [*emergency, *chosen, *children] or presentation.first_helplines(list(known.values()), 4),
    }


@register.simple_tag
def first_helplines(helplines: Iterable[Any] | None, limit: int) -> list[Any]:
    """The few numbers for a box."""
    return presentation.first_helplines(list(helplines or []), limit)


@register.simple_tag
def helpline_groups(helplines: Iterable[Any] | None) -> list[presentation.Group]:
    """All helplines under the people they are for; the titles are said as a reader would say them."""
    titles = {
        "all": gettext("For everybody"),
        "child": gettext("I am under 19"),
        "adult": gettext("I am a parent, carer or other adult"),
        "professional": gettext("I work with children"),
    }
    return presentation.helplines_by_reader(helplines or [], titles)


@register.simple_tag(takes_context=True)
def helpline_in_language(context: Context, helpline: Any) -> Any:
    """The same helpline in the page's language, from the frame; the chosen one where the frame has none."""
    if helpline is None:
        return None
    return next((line for line in _helplines(context) if line.key == helpline.key), helpline)


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
def printable(blocks: Iterable[Any]) -> list[Any]:
    """The blocks of a body that mean something on paper."""
    return presentation.printable(blocks)


@register.simple_tag
def has_block(blocks: Iterable[Any], block_type: str) -> bool:
    """Whether a body holds a block of this type."""
    return presentation.has_block(blocks, block_type)


@register.simple_tag
def chart_rows(rows: Iterable[Any], unit: str = "") -> list[dict[str, Any]]:
    """Rows of a chart with figures as people write them, and their unit; what an editor typed is left as it is."""
    unit_text = "%" if unit == "%" else f" {unit}" if unit else ""
    return [
        {
            "label": row["label"],
            "value": row["value"],
            "display": row["display"] or presentation.written(row["value"]) + unit_text,
        }
        for row in rows
    ]


@register.simple_tag(takes_context=True)
def page_links(context: Context, pages: Iterable[Any] | None) -> list[dict[str, Any]]:
    """Pages, or rows of a list of pages, as links: title, url, text, kicker. Pages that are not public are left out."""
    return [
        {
            **_LINK,
            "title": page.title,
            "url": _url(context, page),
            "text": getattr(page, "summary", ""),
            "kicker": getattr(page, "kicker", ""),
            **_other_language(context, page),
        }
        for page in _in_language([page for page in pages or [] if page is not None])
        if _is_public(page)
    ]


@register.simple_tag(takes_context=True)
def card_items(context: Context, items: Iterable[Any]) -> list[dict[str, Any]]:
    """Cards of a block with their addresses; a card whose page is not public is left out."""
    return [card for card, _page in _cards(context, items)]


def _cards(context: Context, items: Iterable[Any]) -> list[tuple[dict[str, Any], Any]]:
    cards = []
    values = list(items)
    pages = [value["page"] for value in values if value["page"]]
    translated = {page.translation_key: page for page in _in_language(pages)}
    for value in values:
        page = value["page"]
        if page is not None:
            page = translated.get(page.translation_key, page)
            url = _url(context, page) if _is_public(page) else ""
        else:
            url = value["url"]
        if url:
            cards.append(({**_LINK, "title": value["title"], "text": value["text"], "url": url}, page))
    return cards


@register.simple_tag(takes_context=True)
def door_items(context: Context, items: Iterable[Any]) -> list[dict[str, Any]]:
    """Cards in the colours of the audiences they lead to."""
    cards = _cards(context, items)
    colours = _colours.of("all", _read_colours)
    return [{**card, "tone": colours.get(page.translation_key, "") if page else ""} for card, page in cards]


_colours: Kept[dict[Any, str]] = Kept(entries=1)


def _read_colours() -> dict[Any, str]:
    pages = AudiencePage.objects.filter(audience__isnull=False)
    return dict(pages.values_list("translation_key", "audience__colour"))


@register.simple_tag(takes_context=True)
def page_url(context: Context, page: Any) -> str:
    """The address of a page or of a row of a list of pages."""
    return _url(context, page)


@register.simple_tag
def audience_tone(page: Any) -> str:
    """The colour of a page's audience; empty where it has none or several, so that no colour says too much."""
    audience = getattr(page, "audience", None)
    if audience is not None:
        return str(audience.colour)
    colours = {one.colour for one in audiences_of(page)}
    return colours.pop() if len(colours) == 1 else ""


@register.simple_tag
def page_audiences(page: Any) -> list[Any]:
    """For whom a page is; nothing for a type that is not sorted."""
    return audiences_of(page)


@register.simple_tag
def page_labels(page: Any) -> list[dict[str, str]]:
    """What a page is about and for whom, as labels that lead to a search for more of the same."""
    topics = topics_of(page)
    search = reverse("search")
    is_translated = get_language() != settings.LANGUAGE_CODE
    topic_words, audience_words = (topic_names(), audience_names()) if is_translated else ({}, {})
    return [
        *(
            {"title": topic_words.get(topic.slug, topic.name), "url": f"{search}?topic={topic.slug}"}
            for topic in topics
        ),
        *(
            {
                "title": audience_words.get(one.slug, one.name),
                "url": f"{search}?audience={one.slug}",
                "tone": one.colour,
            }
            for one in audiences_of(page)
        ),
    ]


@register.simple_tag
def useful_token(page: Any) -> str:
    """What the two buttons "Was this page useful?" carry."""
    return token_for(page.pk)


@register.simple_tag
def findings_behind(page: Any) -> list[Finding]:
    """What children told us that led to this page."""
    givers = [giver.findings_behind for giver in findings_providers if giver.findings_behind]
    return [found for giver in givers for found in giver(page.translation_key)]


@register.simple_tag
def route_helplines(helplines: Iterable[Any] | None, reader: str) -> list[Any]:
    """The numbers for one way in from "Worried about a child?"."""
    return presentation.route_helplines(list(helplines or []), reader)


@register.simple_tag
def glossary_letters(terms: Iterable[Any] | None) -> list[presentation.Group]:
    """The glossary under its first letters, each word with the anchor it is linked by."""
    rows = [
        {
            "term": one.term,
            "abbreviation": one.abbreviation,
            "meaning": one.meaning,
            "anchor": f"term-{slugify(one.term)}",
        }
        for one in terms or []
    ]
    return presentation.by_letter(rows, lambda row: row["term"])


@register.simple_tag
def news_months(items: Iterable[Any] | None) -> list[tuple[Any, list[Any]]]:
    """News under the first day of its month."""
    return presentation.by_month(items or [], lambda item: item.date)


@register.simple_tag
def event_when(event: Any) -> presentation.When:
    """When an event is, in words and in London time."""
    return presentation.when_of(event.starts_at, event.ends_at)


@register.simple_tag
def event_where(event: Any) -> str:
    """Where an event is, in a few words."""
    if event.place:
        return str(event.place)
    return gettext("Online") if getattr(event, "online_link", "") else ""


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


@register.simple_tag
def qr_svg(url: str) -> SafeString:
    """A QR code as an inline drawing, without style attributes; empty for no address."""
    return _qr_drawing(url) if url else SafeString("")


@lru_cache(maxsize=256)
def _qr_drawing(url: str) -> SafeString:
    """Kept, because it depends on the address alone and takes as long as half a page."""
    import segno  # here, because one page type in twenty needs it

    code = segno.make(url, error="m", micro=False)
    drawing = code.svg_inline(scale=4, border=2, omitsize=True, svgclass="cs-qr__code", lineclass=None, dark="#1d1128")
    # The figure's caption says what it is; the drawing itself is skipped by a screen reader.
    return mark_safe(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308 - made here


@register.simple_tag(takes_context=True)
def staff_may_be_here(context: Context) -> bool:
    """Whether the visitor carries a session cookie. Looking at the user itself would make every page vary by cookie."""
    request = context.get("request")
    return request is not None and settings.SESSION_COOKIE_NAME in request.COOKIES


@register.filter
def steady(value: Any) -> SafeString:
    """Text or rich text whose numbers keep their order when the language runs from right to left."""
    # Without the template that Wagtail draws rich text with, which adds nothing to it.
    if isinstance(value, RichText):
        html = expand_db_html(value.source)
    else:
        html = value.__html__() if hasattr(value, "__html__") else conditional_escape(value)
    if not get_language_bidi():
        return mark_safe(html)  # noqa: S308 - escaped above
    return mark_safe(presentation.with_steady_numbers(str(html)))  # noqa: S308 - escaped above


@register.simple_tag
def steady_items(items: Iterable[Any], *names: str) -> list[dict[str, Any]]:
    """The parts of a list whose texts of these names have steady numbers; an empty text stays empty."""
    return [{**item, **{name: steady(item[name]) if item[name] else "" for name in names}} for item in items]


@register.simple_tag
def steady_rows(rows: Iterable[Iterable[Any]]) -> list[list[SafeString]]:
    """The cells of a table, with steady numbers; a cell that is a telephone number becomes a link to call it."""
    return [[_cell(cell) for cell in row] for row in rows]


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def _cell(cell: Any) -> SafeString:
    text = str(cell or "").strip()
    if presentation.is_phone(text):
        return phone(text)
    return steady(text)


def _helplines(context: Context) -> list[Any]:
    chrome = context.get("chrome")
    return list(chrome.helplines) if chrome else []


def _url(context: Context, page: Any) -> str:
    """From the path alone where that is enough; Wagtail answers for the rest."""
    if not isinstance(page, Page):
        return str(page.url)
    request = context.get("request")
    return address_of(page.url_path, request) or page.get_url(request) or ""


def _is_public(page: Any) -> bool:
    """Whether everybody may know of this page. Rows of lists were chosen so; a page at hand may be closed to some."""
    return bool(page.live) and not (isinstance(page, Page) and is_closed(page.path))


def _other_language(context: Context, page: Any) -> dict[str, str]:
    """`lang` and `dir` of a page that does not exist in the reader's language; rows of lists are in it anyway."""
    if not isinstance(page, Page):
        return {}
    code = language_of(page.url_path, context.get("request"))
    return {} if code == get_language() else {"lang": code, "dir": lang_dir(code)}


def _in_language(pages: list[Any]) -> list[Any]:
    """The pages in the active language where they exist in it. One query; none on English pages or for rows."""
    language = get_language()
    if not language or language == settings.LANGUAGE_CODE or not any(isinstance(page, Page) for page in pages):
        return pages
    keys = [page.translation_key for page in pages]
    found = Page.objects.live().filter(translation_key__in=keys, locale__language_code=language)
    translated = {page.translation_key: page for page in found}
    return [translated.get(page.translation_key, page) for page in pages]
