"""The documents page: the same search, kept to documents. For the `get_context` of `DocumentIndexPage`.

    context.update(library.documents(Filters.read(request.GET)))

and the template includes `search/parts/library.html`.
"""

from dataclasses import replace
from typing import Any

from .filters import Filters
from .presenting import present
from .selectors import find

PER_PAGE = 20


def documents(filters: Filters, page: int | None = None) -> dict[str, Any]:
    """All documents that fit, newest first unless words were typed, with the counts for each filter."""
    kept = replace(filters, type="document", page=page or filters.page)
    found = find(kept, per_page=PER_PAGE, with_providers=False, fixed=("type",))
    return present(found, fixed=("type",))
