"""Which pages not everybody may read."""

from typing import Any

from wagtail.models import Page, PageViewRestriction

from foundation.cache.kept import Kept

_paths: Kept[tuple[str, ...]] = Kept(entries=1)


def is_closed(path: str) -> bool:
    """Whether the page at this tree path, or one above it, is restricted. Asks the database once for each edit.

    For pages that are at hand already; a query of pages is filtered by `listings.open_to_all`.
    """
    return path.startswith(_paths.of("all", _read)) if path else False


def is_public(page: Any) -> bool:
    """Whether everybody may know of this page. Rows of lists were chosen so; a page at hand may be closed to some."""
    return bool(page.live) and not (isinstance(page, Page) and is_closed(page.path))


def _read() -> tuple[str, ...]:
    return tuple(PageViewRestriction.objects.order_by().values_list("page__path", flat=True))
