"""Which site a request is for, without a query for each."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from wagtail.models import Site

from foundation.cache.kept import Kept

_sites: Kept[Site | None] = Kept()


def name_of_default_site() -> str:
    """What the site calls itself, for mail that belongs to no request."""
    site = Site.objects.filter(is_default_site=True).first()
    return (site and site.site_name) or str(settings.WAGTAIL_SITE_NAME)


def site_for(request: HttpRequest) -> Site | None:
    """As `Site.find_for_request`, which keeps its answer on the request alone; this one keeps it until an edit.

    The answer is put where Wagtail looks for it, so that its own tags and views ask nothing either.
    """
    if not hasattr(request, "_wagtail_site"):
        try:
            name = (request.get_host(), request.get_port())
        except DisallowedHost:
            return Site.find_for_request(request)
        site = _sites.of(name, lambda: Site.find_for_request(request))
        request._wagtail_site = site  # type: ignore[attr-defined]
    return Site.find_for_request(request)
