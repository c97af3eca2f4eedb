"""The survey room's addresses, gathered from its subjects."""

from django.urls import URLPattern, URLResolver

from .answering import urls as answering_urls
from .fieldwork import urls as fieldwork_urls

urlpatterns: list[URLPattern | URLResolver] = [*answering_urls.urlpatterns, *fieldwork_urls.urlpatterns]
"""Addresses without a language in them: pupils', teachers' and school leads'."""
localized_urlpatterns: list[URLPattern | URLResolver] = []
"""Public pages, under `/en/` and its like."""
