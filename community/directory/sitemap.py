"""The directory's addresses for search engines: what is on the register at this moment, and nothing else."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from foundation.registries.sitemaps import SitemapEntry

from .models import Listing


def public_addresses() -> list[SitemapEntry]:
    """The search page, what being listed means, and each listing; in the site's own language, in which they are written."""
    with translation.override(settings.LANGUAGE_CODE):
        fixed = [SitemapEntry(reverse(name)) for name in ("community:directory", "community:meaning")]
        rows = Listing.objects.public().order_by("slug").values_list("slug", "changed_at")
        return fixed + [SitemapEntry(reverse("community:listing", args=[slug]), changed) for slug, changed in rows]
