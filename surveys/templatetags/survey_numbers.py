"""Numbers as readers write them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def grouped(number: int | None) -> str:
    """1234 as 1,234 in the way of the page's language; nothing for nothing."""
    return "" if number is None else number_format(number, force_grouping=True)
