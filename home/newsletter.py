"""What the newsletter may be built from: news, guidance and leaflets, events to come."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.registries.newsletter import Piece, PiecesProvider, newsletter_pieces
from home.presentation import hour
from home.selectors.listings import Listed, listed, open_to_all


def register() -> None:
    newsletter_pieces.register("home", PiecesProvider(find=find, piece=piece))


def find(words: str, limit: int) -> list[Piece]:
    """The newest news and resources and the next events whose title holds the words: so many of each kind."""
    found = []
    for kind, pages in _kinds().items():
        wanted = pages.filter(title__icontains=words) if words else pages
        found += [_piece(kind, row) for row in _rows(kind, wanted[:limit])]
    return found


def piece(key: str) -> Piece | None:
    """One of them by its key, while it is public."""
    kind, _colon, number = key.partition(":")
    pages = _kinds().get(kind)
    if pages is None or not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    rows = _rows(kind, pages.filter(pk=int(number)))
    return _piece(kind, rows[0]) if rows else None


_COLUMNS = {
    "news": {"date": "date"},
    "resource": {"kind": "kind"},
    "event": {"starts_at": "starts_at", "place": "place"},
}


def _kinds() -> dict[str, QuerySet[Any]]:
    from home.models import EventPage, NewsPage, ResourcePage

    own = {"locale__language_code": settings.LANGUAGE_CODE}
    now = timezone.now()
    coming = Q(ends_at__gte=now) | Q(ends_at__isnull=True, starts_at__gte=now)
    return {
        "news": open_to_all(NewsPage.objects.filter(**own)).order_by("-date", "-pk"),
        "event": open_to_all(EventPage.objects.filter(coming, **own)).order_by("starts_at"),
        "resource": open_to_all(ResourcePage.objects.filter(**own)).order_by("-last_published_at", "-pk"),
    }


def _rows(kind: str, pages: QuerySet[Any]) -> list[Listed]:
    return listed(pages, None, **_COLUMNS[kind])


def _piece(kind: str, row: Listed) -> Piece:
    starts = timezone.localtime(row.starts_at) if row.starts_at else None
    when = f"{starts:%A} {starts.day} {starts:%B %Y}, {hour(starts)}" if starts else ""
    return Piece(
        key=f"{kind}:{row.pk}",
        kind={"news": _("News"), "event": _("Event")}.get(kind) or row.kicker,
        title=row.title,
        summary=row.summary,
        path=row.url,
        on=row.date or (starts.date() if starts else None),
        when=", ".join(filter(None, (when, row.place))),
    )
