"""Addresses that are not in the tree of pages, and the door to those that are."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import views as wagtail_views
from wagtail.models import Page

from foundation.partnership.models import PartnershipSettings
from foundation.partnership.sites import site_for

from .routing import find_route
from .selectors.listings import open_to_all

SECURITY_TEXT_DAYS = 180


@csrf_exempt  # forms on pages are anonymous and carry a signed token: there is no session to ride on
@require_http_methods(["GET", "HEAD", "POST", "OPTIONS"])  # else a DELETE would be answered like a GET
def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, with the page found our way: see `home.routing`."""
    route = find_route(request, path)
    if route is None:
        raise Http404
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    request.served_page_id = route.page.pk  # type: ignore[attr-defined]
    return wagtail_views.serve(request, path)


@require_safe
def short_link(request: HttpRequest, page_id: int) -> HttpResponse:
    """From the permanent short address, as QR codes carry it, to where the page stands now."""
    page = get_object_or_404(open_to_all(Page.objects.all()), pk=page_id)
    url = page.get_url(request)
    if not url:
        raise Http404
    return HttpResponseRedirect(url)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all that the public may, except lists that never end."""
    closed = [reverse("wagtailadmin_home"), "/accounts/", "/review/", "/exit/", "/l/", "/health/"]
    closed += [f"/{code}/{part}/" for code, _name in settings.LANGUAGES for part in ("search", "useful")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {_root_url(request)}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_text(request: HttpRequest) -> HttpResponse:
    """Where to report a security fault (RFC 9116). Without a contact there is no file: an empty one would mislead."""
    contact = PartnershipSettings.for_request(request).security_contact.strip()
    if not contact:
        raise Http404
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    expires = (timezone.now() + timedelta(days=SECURITY_TEXT_DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    address = f"{_root_url(request)}{reverse('security_txt')}"
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: en",
        f"Canonical: {address}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _root_url(request: HttpRequest) -> str:
    site = site_for(request)
    return site.root_url if site else request.build_absolute_uri("/").rstrip("/")
