"""Joins the newsletter to the rest: chores, roles, the frame, the sitemap, the demonstration."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from foundation.registries.backups import BackupExclusion, backup_exclusions
from foundation.registries.chores import Chore, chores
from foundation.registries.demo import DemoPart, demo_parts
from foundation.registries.frame import FrameProvider, frame_providers
from foundation.registries.sitemaps import SitemapEntry, sitemap_providers

from .permissions import register_permissions


def connect() -> None:
    """Once."""
    from .demo import load_demo_newsletter
    from .services.keeping import forget_what_is_past
    from .services.sending import send_due_issues

    register_permissions()
    chores.register("newsletter: send what is due", Chore(send_due_issues, is_daily=False))
    chores.register("newsletter: read the mailbox of bounces", Chore(_read_bounces, is_daily=False))
    chores.register("newsletter: forget what is past its time", Chore(forget_what_is_past))
    backup_exclusions.register(
        "newsletter",
        BackupExclusion("newsletter_request", "Addresses that nobody has confirmed are kept for two days."),
    )
    frame_providers.register("newsletter", FrameProvider(urls_for=_frame_urls))
    sitemap_providers.register("newsletter", _public_addresses)
    demo_parts.register("community 3: newsletter", DemoPart(load_demo_newsletter))


def _read_bounces() -> int:
    """Bounces that were counted; nought where no mailbox is named."""
    from .bounce_mailbox import read_mailbox

    return read_mailbox(settings.NEWSLETTER_BOUNCE_MAILBOX)["counted"] if settings.NEWSLETTER_BOUNCE_MAILBOX else 0


def _frame_urls(request: HttpRequest, language: str) -> dict[str, str]:
    with translation.override(language):
        return {"newsletter": reverse("newsletter:archive"), "subscribe": reverse("newsletter:subscribe")}


def _public_addresses() -> list[SitemapEntry]:
    from .selectors.issues import archive

    with translation.override(settings.LANGUAGE_CODE):
        names = ("newsletter:archive", "newsletter:subscribe", "newsletter:send_article")
        fixed = [SitemapEntry(reverse(name)) for name in names]
        rows = archive().values_list("slug", "published_at")
        return fixed + [SitemapEntry(reverse("newsletter:issue", args=[slug]), changed) for slug, changed in rows]
