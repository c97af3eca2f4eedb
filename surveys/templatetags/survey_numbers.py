"""Numbers as readers write them, and the lines of tables that have a thousand of them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.templatetags.foundation_tags import svg_bar

register = template.Library()


@register.filter
def grouped(number: int | None) -> str:
    """1234 as 1,234 in the way of the page's language; nothing for nothing."""
    return "" if number is None else number_format(number, force_grouping=True)


@register.simple_tag
def beside_lines(lines: Iterable[dict[str, Any]]) -> SafeString:
    """The lines of a school's table: an answer, the school, the area. Here and not in the template, for a report has some
    four hundred of them and they were half of what it cost."""
    return format_html_join(
        "\n",
        '<tr><th scope="row">{}</th><td>{}</td><td class="cs-beside__area">{}</td></tr>',
        (
            (line["label"], _number(line["own"], line["own_value"]), _number(line["area"], line["area_value"]))
            for line in lines
        ),
    )


@lru_cache(maxsize=1024)
def _number(words: str, value: int | None) -> SafeString:
    """A share with its bar, of which a report says a hundred again and again; without a bar where words stand for it."""
    number = format_html('<span class="cs-beside__number">{}</span>', words)
    return number if value is None else number + format_html('<span class="cs-beside__bar">{}</span>', svg_bar(value))
