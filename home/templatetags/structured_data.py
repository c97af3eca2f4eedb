"""A page's schema.org data as a data block: the browser never runs it, so the content security policy lets it be."""

from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.template.context import Context
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from home.addresses import root_of
from home.selectors.schema import structured_data

register = template.Library()


@register.simple_tag(takes_context=True)
def page_data(context: Context) -> SafeString:
    """`<script type="application/ld+json">` about the page of this context; nothing where there is none."""
    page, request = context.get("page"), context.get("request")
    if page is None or not hasattr(page, "summary"):
        return SafeString("")
    chrome: Any = context.get("chrome")
    root = root_of(page.url_path, request)
    data = structured_data(
        page,
        partnership=chrome.partnership if chrome else None,
        url=context.get("canonical_url") or "",
        breadcrumbs=context.get("breadcrumbs") or [],
        root_url=root.root_url if root else "",
    )
    # json_script escapes <, > and &, so that no text of an editor can end the element.
    block = json_script(data, encoder=DjangoJSONEncoder)
    return mark_safe(block.replace('type="application/json"', 'type="application/ld+json"', 1))  # noqa: S308 - escaped above
