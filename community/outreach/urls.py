"""What the codes on posters open: short, and without a language, which the page has."""

from django.urls import URLPattern, path

from .views.posters import open_poster

urlpatterns: list[URLPattern] = [path("poster/<slug:code>/", open_poster, name="outreach_poster")]
