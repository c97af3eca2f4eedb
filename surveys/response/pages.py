"""Which page of the site somebody means who types words of its title, or its address."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

MOST = 8


def pages_meant(typed: str) -> list[Page]:
    """Public pages that the words or the address name, at most `MOST`; the exact title first."""
    typed = typed.strip()
    if not typed:
        return []
    if is_address(typed):
        return _at(urlsplit(typed).path) if is_ours(typed) else []
    public = Page.objects.live().public().filter(depth__gt=1, locale__language_code=settings.LANGUAGE_CODE)
    exact = list(public.filter(title__iexact=typed)[:MOST])
    if exact:
        return exact
    for word in typed.split():
        public = public.filter(title__icontains=word)
    return list(public.order_by("title")[:MOST])


def is_address(typed: str) -> bool:
    """Whether it is an address, here or elsewhere."""
    return typed.startswith(("/", "http://", "https://"))


def is_ours(address: str) -> bool:
    """Whether an address leads to this site."""
    host = urlsplit(address).hostname
    return host is None or host in set(Site.objects.values_list("hostname", flat=True)) | {
        urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    }


def _at(path: str) -> list[Page]:
    path = path if path.endswith("/") else f"{path}/"
    slug = path.rstrip("/").rpartition("/")[2]
    found = Page.objects.live().public().filter(slug=slug)
    return [page for page in found if urlsplit(page.get_url() or "").path == path][:1]
