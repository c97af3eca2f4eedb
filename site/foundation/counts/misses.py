"""Searches that found nothing: what may be remembered of them, and how long.

Staff learn from them which words people use. But a person in trouble types names and numbers into a search box. So
words are kept only when they came up on five separate days, and never with a digit, an @ or more than 40 characters.
Until then there is a keyed hash and a number of days, and nothing that could be turned back into words without the
site's secret key, which no backup holds. A hash is worth nothing after its period of 90 days, and is deleted.
"""

import logging
import unicodedata
from datetime import date, timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from foundation.forms.tokens import keyed_hash

from .models import PendingMiss, SearchMiss

logger = logging.getLogger("foundation.counts")

DAYS_NEEDED = 5
LONGEST = 40
PERIOD_DAYS = 90
KEPT = timedelta(days=366)
# A robot that searches for noise must not fill the table.
MOST_PENDING_A_DAY = 2_000


def record_search_miss(*, term: str, language: str) -> None:
    """Remember that a search found nothing, as far as the rules allow. Never raises: a search must not fail over it."""
    words = normalised(term)
    if words is None:
        return
    try:
        with transaction.atomic():
            _record(words, language[:12], timezone.localdate())
    except DatabaseError as error:
        logger.warning(
            "a search miss was not counted", extra={"event": "miss_not_counted", "error": type(error).__name__}
        )


def normalised(term: str) -> str | None:
    """The words in one form (case, width and spaces do not count), or None when they may not be kept at all."""
    if len(term) > 4 * LONGEST:
        return None
    words = " ".join(unicodedata.normalize("NFKC", term).casefold().split())
    if not words or len(words) > LONGEST or len(" ".join(term.split())) > LONGEST:
        return None
    # Digits of every script, and characters that stand for numbers, such as ½ and Ⅳ, before and after their forms
    # are made one.
    if "@" in words or any(unicodedata.category(sign).startswith("N") for sign in f"{term}{words}"):
        return None
    if not all(sign.isprintable() for sign in words):
        return None
    return words


def forget_old_misses() -> int:
    """Delete hashes whose period is over, and words that nobody has searched for in a year."""
    today = timezone.localdate()
    pending, _by_model = PendingMiss.objects.exclude(period=period_of(today)).delete()
    kept, _by_model = SearchMiss.objects.filter(last_day__lt=today - KEPT).delete()
    return pending + kept


def period_of(day: date) -> int:
    """The number of the 90 days that a day lies in. It is part of the key, so hashes of two periods never match."""
    return day.toordinal() // PERIOD_DAYS


def _record(words: str, language: str, today: date) -> None:
    known = SearchMiss.objects.filter(term=words, language=language)
    if known.exists():
        known.filter(last_day__lt=today).update(days=F("days") + 1, last_day=today)
        return
    period = period_of(today)
    digest = keyed_hash(f"{language}\n{words}", purpose=f"search-miss-{period}", length=64)
    pending = PendingMiss.objects.filter(digest=digest, period=period)
    if pending.filter(last_day__lt=today).update(days=F("days") + 1, last_day=today):
        if pending.filter(days__gte=DAYS_NEEDED).exists():
            SearchMiss.objects.get_or_create(
                term=words, language=language, defaults={"days": DAYS_NEEDED, "last_day": today}
            )
            pending.delete()
    elif not pending.exists() and PendingMiss.objects.filter(last_day=today).count() < MOST_PENDING_A_DAY:
        PendingMiss.objects.get_or_create(digest=digest, period=period, defaults={"last_day": today})
