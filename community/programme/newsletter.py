"""What the newsletter may be built from: dates to come that everybody may read about."""

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from foundation.registries.newsletter import Piece

from .calendar import place_of
from .enums import DateState
from .models import CourseDate
from .models.dates import DateQuerySet
from .when import in_words

_KEY = "date:"


def find(words: str, limit: int) -> list[Piece]:
    """The next dates whose course has the words in its title."""
    coming = _coming()
    if words:
        coming = coming.filter(course__title__icontains=words)
    with translation.override(settings.LANGUAGE_CODE):
        return [_piece(date) for date in coming[:limit]]


def piece(key: str) -> Piece | None:
    """One date by its key, while it is to come and public."""
    if not key.startswith(_KEY):
        return None
    try:
        number = uuid.UUID(key.removeprefix(_KEY))
    except ValueError:
        return None
    date = _coming().filter(pk=number).first()
    with translation.override(settings.LANGUAGE_CODE):
        return _piece(date) if date else None


def _coming() -> DateQuerySet:
    rows: DateQuerySet = CourseDate.objects.public().coming().exclude(state=DateState.CANCELLED)
    return rows.select_related("course")


def _piece(date: CourseDate) -> Piece:
    when = in_words(date.starts_at, date.ends_at)
    return Piece(
        key=f"{_KEY}{date.pk}",
        kind=str(date.course.get_kind_display()),
        title=date.course.title,
        summary=date.course.summary,
        path=f"{reverse('community:course', args=[date.course.slug])}#d-{date.pk}",
        on=timezone.localdate(date.starts_at),
        when=", ".join(filter(None, (when, place_of(date)))),
    )
