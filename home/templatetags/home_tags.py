"""Tags of the public pages: the parts of a body, labels, dates, and what stands at a page's foot."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from foundation.registries.findings import Finding, findings_providers
from home import presentation
from home.feedback.tokens import token_for
from home.search.labels import audience_names, topic_names
from home.selectors.sorting import audiences_of, topics_of

register = template.Library()


@register.simple_tag
def home_parts(blocks: Iterable[Any]) -> presentation.HomeParts:
    """The home page's body, taken apart: see `presentation.split_home`."""
    return presentation.split_home(blocks)


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
def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]
