"""When schools are open, as the partnership has entered it."""

from datetime import date

from django.core.cache import cache

from .models import SchoolTerm

_KEY = "community-school-terms"


def terms() -> list[tuple[date, date]]:
    """(first day, last day) of each half term, in order; kept until somebody changes one."""
    known: list[tuple[date, date]] | None = cache.get(_KEY)
    if known is None:
        known = list(SchoolTerm.objects.values_list("first_day", "last_day"))
        cache.set(_KEY, known, 300)
    return known


def forget_terms() -> None:
    """Read them anew."""
    cache.delete(_KEY)
