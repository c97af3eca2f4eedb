"""The address of search, under each language."""

from django.urls import path

from .views import search

localized_urlpatterns = [path("search/", search, name="search")]
