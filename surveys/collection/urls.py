"""The public address of this subject."""

from django.urls import URLPattern, URLResolver, path

from .views import what_is_stored

localized_urlpatterns: list[URLPattern | URLResolver] = [
    path("surveys/what-is-stored/", what_is_stored, name="survey_what_is_stored"),
]
