"""Addresses of the registry: each part brings its own.

Addresses under a language are named `community:…`. Those without one (files, open data, links in e-mails) have no
namespace, since one namespace cannot stand in two places.
"""

from django.urls import URLPattern, URLResolver, include, path

from .directory import urls as directory_urls
from .opendata import urls as opendata_urls
from .outreach import urls as outreach_urls
from .programme import urls as programme_urls
from .quality import urls as quality_urls
from .register import urls as register_urls

urlpatterns: list[URLPattern | URLResolver] = [
    *directory_urls.urlpatterns,
    *opendata_urls.urlpatterns,
    *outreach_urls.urlpatterns,
]
_localized: list[URLPattern | URLResolver] = [
    *directory_urls.localized_urlpatterns,
    *register_urls.localized_urlpatterns,
    *quality_urls.localized_urlpatterns,
    *programme_urls.localized_urlpatterns,
]
localized_urlpatterns: list[URLPattern | URLResolver] = [path("", include((_localized, "community")))]
