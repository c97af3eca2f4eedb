"""Template tags for every room: numbers that never flip, our drawings, bars of figures, directions of languages."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext

from foundation.cache.drawn import drawn
from foundation.icons import ICONS, MARK, VOICES

register = template.Library()

_SITE = object()
_EXTENSION = re.compile(r"\s*(?:ext(?:ension)?\.?|x)\s*(\d+)\s*$", re.IGNORECASE)


@register.simple_tag
def tel(number: object) -> str:
    """The `tel:` address of a number as people write it: "020 7974 3317 ext 12" → "tel:02079743317;ext=12"."""
    text = str(number or "")
    extension = _EXTENSION.search(text)
    if extension:
        text = text[: extension.start()]
    text = text.replace("(0)", "") if text.strip().startswith("+") else text
    digits = re.sub(r"[^0-9]", "", text)
    plus = "+" if text.strip().startswith("+") else ""
    return f"tel:{plus}{digits}" + (f";ext={extension.group(1)}" if extension else "")


@register.simple_tag
def phone(number: object, css_class: str = "cs-phone") -> SafeString:
    """A number as a link. `<bdi dir="ltr">` keeps "0800 1111" from being shown as "1111 0800" in Arabic text."""
    text = str(number or "").strip()
    if not text:
        return SafeString("")
    return format_html('<a class="{}" href="{}"><bdi dir="ltr">{}</bdi></a>', css_class, tel(text), text)


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """One of our icons, for decoration beside words. Raises KeyError for a name that does not exist."""
    return format_html(
        '<svg class="cs-icon{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{}</svg>',
        f" {css_class}" if css_class else "",
        mark_safe(ICONS[name]),  # noqa: S308 - our own constant
    )


@register.simple_tag
def mark(css_class: str = "") -> SafeString:
    """The mark: two voices that overlap."""
    return format_html(
        '<svg class="cs-mark {}" viewBox="0 0 46 46" width="46" height="46" aria-hidden="true">{}</svg>',
        css_class,
        mark_safe(MARK),  # noqa: S308 - our own constant
    )


@register.simple_tag
def voices(css_class: str = "") -> SafeString:
    """The motif: speech shapes in the audiences' colours, overlapping."""
    return format_html(
        '<svg class="cs-shapes {}" viewBox="0 0 480 360" aria-hidden="true">{}</svg>',
        css_class,
        mark_safe(VOICES),  # noqa: S308 - our own constant
    )


@register.simple_tag
def bar_scale(rows: Iterable[Any], unit: str = "", given: object = None) -> float:
    """The value of a full bar: the one given, 100 for a percentage, else the largest of the rows."""
    if given:
        return _as_number(given)
    if unit == "%":
        return 100.0
    values = [_as_number(_of(row, "value")) for row in rows or []]
    return max(values, default=0.0) or 1.0


@register.simple_tag
def number_width(rows: Iterable[Any], unit: str = "") -> int:
    """How many characters the longest number takes (1 to 14): all bars of a figure get the same track beside it."""
    after = len(unit) if unit in ("", "%") else len(unit) + 1
    longest = max(
        (len(str(_of(row, "display") or "")) or len(str(_of(row, "value"))) + after for row in rows or []), default=1
    )
    return min(max(longest, 1), 14)


@register.simple_tag
def svg_bar(value: object, scale: object = 100) -> SafeString:
    """One horizontal bar, rounded at its end, on a track. SVG, because its fill is printed and needs no style."""
    full = _as_number(scale) or 1.0
    share = min(max(_as_number(value) / full, 0.0), 1.0)
    # A width of at least two units keeps a small figure visible; nothing at all is drawn for nought.
    return _bar_of(format(max(share * 100, 2.0), ".2f").rstrip("0").rstrip(".") if share else "0")


@lru_cache(maxsize=512)
def _bar_of(width: str) -> SafeString:
    """A school's report has a thousand bars of some hundred widths."""
    return format_html(
        '<svg class="cs-figure__bar" width="100%" height="20" aria-hidden="true">'
        '<rect class="cs-figure__track" width="100%" height="20" rx="7"/>'
        '<rect class="cs-figure__fill" width="{}%" height="20" rx="7"/></svg>',
        width,
    )


@register.simple_tag(takes_context=True)
def frame_part(context: Context, template_name: str, **values: object) -> SafeString:
    """A part of the frame that is the same on every page of a language: drawn once and kept with the frame.

    The template sees `chrome` and the values given here, which must come from `chrome`; nothing of the page or the
    request, so that nothing of them can be kept. A preview draws it anew.
    """
    chrome, request = context.get("chrome"), context.get("request")
    values["chrome"] = chrome
    drawn = getattr(chrome, "drawn", None)
    # The style guide has an invented frame, which keeps nothing.
    if drawn is None or getattr(request, "is_preview", False):
        return render_to_string(template_name, values)
    key = f"{get_language()} {template_name}"
    if key not in drawn:
        drawn[key] = render_to_string(template_name, values)
    return drawn[key]


@register.simple_tag
def component(template_name: str, **values: object) -> SafeString:
    """A component for these values and nothing else, as `{% include … with … only %}` draws it, and as quickly as possible
    when it was drawn for the same values before: see `foundation.cache.drawn`."""
    return drawn(template_name, values, render_to_string)


@register.simple_tag
def fallback_helplines() -> list[dict[str, object]]:
    """The numbers that stand in settings for pages that cannot ask the database, named in the page's language."""
    lines = getattr(settings, "FALLBACK_HELPLINES", [])
    return [{**line, "name": gettext(str(line["name"])) if line.get("name") else ""} for line in lines]


@register.simple_tag
def site_name() -> str:
    """The site's name from settings, for pages that cannot ask the database."""
    return gettext(settings.WAGTAIL_SITE_NAME)


@register.simple_tag(takes_context=True)
def absolute_url(context: Context, path: str) -> str:
    """A path with scheme and host, for machines that read the page elsewhere."""
    path = str(path)
    if path.startswith(("http://", "https://")):
        return path
    request = context.get("request")
    if request is not None:
        return str(request.build_absolute_uri(path))
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


@register.simple_tag
def lang_attributes(code: str) -> SafeString:
    """` lang="ar" dir="rtl"` for a passage in another language; nothing for an empty code."""
    if not code:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', code, lang_dir(code))


@register.simple_tag
def in_its_language(text: object, thing: object = _SITE) -> SafeString:
    """A text that may be in another language than its page: marked as such for those who listen, and isolated, so
    that English words do not carry Arabic punctuation off to their other end.

    `thing` is what the text belongs to: something with a locale or with `lang`; when it has none, nothing is known.
    Without `thing` the text is in the site's own language, as the headings of the footer are; where the catalogue
    knows it, its translation is shown.
    """
    if thing is _SITE and text and (translated := gettext(str(text))) != str(text):
        return conditional_escape(translated)
    language = _language_of(thing)
    shown = conditional_escape(str(text or ""))
    if not shown or not language or language == get_language():
        return mark_safe(shown)  # noqa: S308 - escaped above
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, lang_dir(language), shown)


def _language_of(thing: object) -> str:
    if thing is _SITE:
        return str(settings.LANGUAGE_CODE)
    locale = getattr(thing, "locale", None)
    if locale is not None:
        return str(locale.language_code)
    return str(_of(thing, "lang") or "") if thing else ""


@register.filter
def lang_dir(code: str) -> str:
    """The direction in which a language is written; "ltr" for one that Django does not know."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def _of(row: Any, name: str) -> Any:
    try:
        return row.get(name)
    except AttributeError:
        return getattr(row, name, None)


def _as_number(value: object) -> float:
    if isinstance(value, int | float | Decimal):
        return float(value)
    try:
        return float(str(value))
    except ValueError:
        return 0.0
