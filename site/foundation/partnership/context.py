"""Gives every template its frame."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .selectors import chrome_for


def chrome(request: HttpRequest) -> dict[str, object]:
    """`chrome` for templates: see `selectors.Chrome`. Lazy, so that a page without a frame reads nothing."""
    return {"chrome": SimpleLazyObject(lambda: chrome_for(request))}
