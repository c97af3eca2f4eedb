"""Addresses of the newsletter. Those under a language are named `newsletter:…`; mails use the site's own language."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from .views import archive, subscribing

ROOT = "newsletter/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(ROOT, RedirectView.as_view(url=f"/{settings.LANGUAGE_CODE}/{ROOT}", query_string=False)),
    path(f"{ROOT}go/<str:token>/", archive.go, name="newsletter_go"),
    path(f"{ROOT}pictures/<int:pk>/", archive.picture, name="newsletter_picture"),
]
_localized: list[URLPattern | URLResolver] = [
    path(ROOT, archive.archive_page, name="archive"),
    path(f"{ROOT}feed/", archive.feed, name="feed"),
    path(f"{ROOT}issues/<slug:slug>/", archive.issue_page, name="issue"),
    path(f"{ROOT}subscribe/", subscribing.subscribe, name="subscribe"),
    path(f"{ROOT}subscribe/mailbox/", subscribing.asked, name="asked"),
    path(f"{ROOT}confirm/<str:token>/", subscribing.confirm_address, name="confirm"),
    path(f"{ROOT}stop/<slug:kind>/<str:token>/", subscribing.stop, name="stop"),
    path(f"{ROOT}preferences/<str:token>/", subscribing.preferences, name="preferences"),
    path(f"{ROOT}preferences/<str:token>/forget/", subscribing.forget_me, name="forget"),
    path(f"{ROOT}articles/", archive.send_article, name="send_article"),
    path(f"{ROOT}articles/thanks/", archive.article_thanks, name="article_thanks"),
]
localized_urlpatterns: list[URLPattern | URLResolver] = [path("", include((_localized, "newsletter")))]
