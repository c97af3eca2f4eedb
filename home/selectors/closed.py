"""Which pages not everybody may read."""

from wagtail.models import PageViewRestriction

from foundation.cache.kept import Kept

_paths: Kept[tuple[str, ...]] = Kept(entries=1)


def is_closed(path: str) -> bool:
    """Whether the page at this tree path, or one above it, is restricted. Asks the database once for each edit.

    For pages that are at hand already; a query of pages is filtered by `listings.open_to_all`.
    """
    return path.startswith(_paths.of("all", _read)) if path else False


def _read() -> tuple[str, ...]:
    return tuple(PageViewRestriction.objects.order_by().values_list("page__path", flat=True))
