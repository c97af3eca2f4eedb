"""Addresses of the public pages that are not Wagtail pages."""

from django.urls import URLPattern, URLResolver, path, re_path
from wagtail import urls as wagtail_urls

from home import sitemap, views
from home.feedback.views import page_useful
from home.review import urls as review_urls
from home.search import urls as search_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("l/<int:page_id>/", views.short_link, name="short_link"),
    path("robots.txt", views.robots, name="robots_txt"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path(".well-known/security.txt", views.security_text, name="security_txt"),
    *review_urls.urlpatterns,
]
localized_urlpatterns: list[URLPattern | URLResolver] = [
    *search_urls.localized_urlpatterns,
    *review_urls.localized_urlpatterns,
    path("useful/", page_useful, name="page_useful"),
]

# Last of all: the pages. Ours finds a page in two queries; Wagtail's other addresses (a closed page's password) stay.
# Files that hang on a page (a calendar, a QR code) end without a slash, which Wagtail's pattern does not know.
page_urlpatterns: list[URLPattern | URLResolver] = [
    *[pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"],
    re_path(r"^((?:[\w\-]+/)+[\w\-]+\.(?:ics|svg))$", views.serve_page),
    re_path(wagtail_urls.serve_pattern, views.serve_page, name="wagtail_serve"),
]
