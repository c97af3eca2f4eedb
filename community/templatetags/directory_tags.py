"""Tags of the directory's templates."""

from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def structured_data_block(data: dict[str, Any]) -> SafeString:
    """schema.org data as a data block: the browser never runs it, so the content security policy lets it be."""
    # json_script escapes <, > and &, so that no text of a setting can end the element.
    block = json_script(data, encoder=DjangoJSONEncoder)
    return mark_safe(block.replace('type="application/json"', 'type="application/ld+json"', 1))  # noqa: S308
