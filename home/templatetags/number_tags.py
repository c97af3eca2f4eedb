"""Tags of telephone numbers: the helplines, and texts whose numbers keep their order."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext
from wagtail.rich_text import RichText, expand_db_html

from foundation.templatetags.foundation_tags import phone
from home import presentation

register = template.Library()


@register.simple_tag
def first_helplines(helplines: Iterable[Any] | None, limit: int) -> list[Any]:
    """The few numbers for a box."""
    return presentation.first_helplines(list(helplines or []), limit)


@register.simple_tag
def route_helplines(helplines: Iterable[Any] | None, reader: str) -> list[Any]:
    """The numbers for one way in from "Worried about a child?"."""
    return presentation.route_helplines(list(helplines or []), reader)


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


def _helplines(context: Context) -> list[Any]:
    chrome = context.get("chrome")
    return list(chrome.helplines) if chrome else []


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


def _cell(cell: Any) -> SafeString:
    text = str(cell or "").strip()
    if presentation.is_phone(text):
        return phone(text)
    return steady(text)
