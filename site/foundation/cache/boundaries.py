"""When what the public sees changes by itself: an alert that begins or ends, a page that goes live or expires."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from wagtail.models import Page, Revision

from foundation.partnership.models import AlertBanner
from foundation.registries.boundaries import boundary_providers


@dataclass(frozen=True)
class _Looked:
    generation: str
    at: datetime | None


_looked: _Looked | None = None


def seconds_to_change(generation: str, *, at_most: float) -> float:
    """Seconds until the next known change, `at_most` where none is nearer. Read once for each generation."""
    global _looked  # noqa: PLW0603 - one small memory for the process, replaced whole
    now = timezone.now()
    if _looked is None or _looked.generation != generation or (_looked.at is not None and _looked.at <= now):
        _looked = _Looked(generation, next_change(after=now))
    if _looked.at is None:
        return at_most
    return min(at_most, (_looked.at - now).total_seconds())


def next_change(*, after: datetime) -> datetime | None:
    """The first moment after `after` at which a page changes without anybody touching it."""
    moments: list[datetime] = []
    for starts_at, ends_at in AlertBanner.objects.exclude(message="").values_list("starts_at", "ends_at"):
        moments += [moment for moment in (starts_at, ends_at) if moment and moment > after]
    moments += _first(Page.objects.filter(live=True, expire_at__gt=after).order_by("expire_at"), "expire_at")
    moments += _first(
        Revision.objects.filter(approved_go_live_at__gt=after).order_by("approved_go_live_at"), "approved_go_live_at"
    )
    found: Callable[[datetime], datetime | None]
    for found in boundary_providers:
        moment = found(after)
        if moment is not None:
            moments.append(moment)
    return min(moments, default=None)


def forget() -> None:
    """Look again at the next page."""
    global _looked  # noqa: PLW0603
    _looked = None


def _first(rows: object, field: str) -> list[datetime]:
    return list(rows.values_list(field, flat=True)[:1])  # type: ignore[attr-defined]
