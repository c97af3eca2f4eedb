"""Names in sentences of another language."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def isolated(words: object) -> SafeString:
    """The words as an island: an English name with a question mark must not turn round an Arabic sentence."""
    return format_html("<bdi>{}</bdi>", words)
