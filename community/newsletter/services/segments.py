"""Segments that another screen makes: the people of some settings of the register, to write to."""

import hashlib
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
    segment, _made = Segment.objects.update_or_create(name=name_that_fits(name), defaults={"is_list": True})
    segment.settings.set(wanted)
    return segment


def name_that_fits(name: str) -> str:
    """The name as a segment can have it. Of a long one the beginning and the end stay, with a mark of the whole: names that
    differ somewhere in the middle are never one segment, whose list the next message would change."""
    title = " ".join(name.split())
    if len(title) <= LONGEST_NAME:
        return title
    mark = hashlib.sha256(title.encode()).hexdigest()[:4]
    return f"{title[:44].rstrip()} … {title[-26:].lstrip()} ({mark})"
