"""How often the codes on posters are opened: a poster, a day and a number, as pages are counted. Nobody is followed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from foundation.counts.buffer import CountBuffer, Key

from .models import Poster, PosterCount

KEPT = timedelta(days=2 * 366)
"""As long as the counts of pages."""


def count_scan(poster: Poster) -> None:
    """One more today (London's day). Waits in memory with others for some seconds, so a scan costs no write."""
    _buffer.add(poster.pk, timezone.localdate())


def write_scans(counts: dict[Key, int]) -> None:
    """Add these numbers to the table, in the order of the keys, so that two processes never wait for each other. All or
    none: what cannot be written is tried again whole."""
    with transaction.atomic():
        for (poster_id, day), opens in sorted(counts.items()):
            row, is_new = PosterCount.objects.get_or_create(poster_id=poster_id, day=day, defaults={"opens": opens})
            if not is_new:
                PosterCount.objects.filter(pk=row.pk).update(opens=F("opens") + opens)


def write_waiting_scans() -> int:
    """Write what this process still holds in memory; how many."""
    return _buffer.flush()


def forget_old_scans() -> int:
    """Delete numbers older than two years."""
    gone, _each = PosterCount.objects.filter(day__lt=timezone.localdate() - KEPT).delete()
    return gone


_buffer = CountBuffer(write_scans)
