"""A page cache that is on, empty, and knows nothing of the test before."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches

from foundation.cache import boundaries, generation


@pytest.fixture
def page_cache(settings: Any, db: None) -> Iterator[None]:
    settings.PAGE_CACHE = True
    forget()
    yield
    forget()


def forget() -> None:
    generation.reset_for_tests()
    boundaries.forget()
    for name in ("default", "pages", "page_queries"):
        caches[name].clear()
