"""Segments that another screen makes: the people of some settings of the register, to write to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from ..models import Segment

LONGEST_NAME = 80


@transaction.atomic
def segment_of_settings(*, name: str, setting_ids: Iterable[UUID]) -> Segment:
    """The segment of this name, holding the people of exactly these settings. Asking again brings the list up to date.

    An issue for it starts at `newsletter_new` with `?segment=`; consent is asked for as for any other issue.
    """
    wanted: list[Any] = list(setting_ids)
    title = " ".join(name.split())[:LONGEST_NAME]
    segment, _made = Segment.objects.update_or_create(name=title, defaults={"is_list": True})
    segment.settings.set(wanted)
    return segment
