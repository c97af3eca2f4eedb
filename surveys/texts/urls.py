"""The public address of texts."""

from django.urls import URLPattern, URLResolver, path

from .views.public import in_their_words

localized_urlpatterns: list[URLPattern | URLResolver] = [
    path("surveys/<slug:survey>/<slug:wave>/in-your-own-words/", in_their_words, name="in_their_words"),
]
