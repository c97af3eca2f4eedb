"""Addresses of the directory. A setting's address ends in letters drawn by lot, so it is never one of these words."""

from django.urls import URLPattern, URLResolver, path

from .views import listings, search, shortlist, telling

ROOT = "clubs-near-you/"
RESERVED_SLUGS = ("shortlist", "questions", "missing", "thanks", "what-listing-means")
"""What stands in the place of a setting's address."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("export/sessions.ics", listings.sessions_calendar, name="sessions_calendar"),
]
localized_urlpatterns: list[URLPattern | URLResolver] = [
    path(ROOT, search.directory, name="directory"),
    path(f"{ROOT}shortlist/", shortlist.compare, name="shortlist"),
    path(f"{ROOT}questions/", shortlist.shortlist_questions, name="shortlist_questions"),
    path(f"{ROOT}missing/", telling.missing, name="missing"),
    path(f"{ROOT}missing/thanks/", telling.missing_thanks, name="missing_thanks"),
    path(f"{ROOT}what-listing-means/", telling.meaning, name="meaning"),
    path(f"{ROOT}<str:slug>/", listings.listing, name="listing"),
    path(f"{ROOT}<str:slug>/questions/", listings.questions, name="questions"),
    path(f"{ROOT}<str:slug>/qr.svg", listings.qr_code, name="qr_code"),
    path(f"{ROOT}<str:slug>/wrong/", telling.wrong, name="wrong"),
    path(f"{ROOT}<str:slug>/wrong/thanks/", telling.wrong_thanks, name="wrong_thanks"),
]
