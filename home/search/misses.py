"""Tells the counts of a search that found nothing. They keep a word only once many days have asked for it."""

from foundation.counts.services import record_search_miss


def record_miss(*, term: str, language: str) -> None:
    """Count a miss. The term itself never goes to a log."""
    record_search_miss(term=term, language=language)
