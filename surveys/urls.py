"""The survey room's addresses, gathered from its subjects."""

from django.urls import URLPattern, URLResolver, include, path

from .answering import urls as answering_urls
from .collection import urls as collection_urls
from .fieldwork import urls as fieldwork_urls
from .questionnaire.views.advised import advised_questionnaire
from .response import urls as response_urls
from .results import urls as results_urls
from .texts import urls as texts_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("review/questionnaires/<int:pk>/", advised_questionnaire, name="advised_questionnaire"),
    *answering_urls.urlpatterns,
    *fieldwork_urls.urlpatterns,
    *response_urls.urlpatterns,
    *results_urls.urlpatterns,
]
"""Addresses without a language in them: pupils', teachers' and school leads'."""
_RESULTS = [
    *response_urls.localized_urlpatterns,
    *texts_urls.localized_urlpatterns,
    *results_urls.localized_urlpatterns,
]
localized_urlpatterns: list[URLPattern | URLResolver] = [
    *collection_urls.localized_urlpatterns,
    path("", include((_RESULTS, "surveys"))),
]
"""Public pages, under `/en/` and its like."""
