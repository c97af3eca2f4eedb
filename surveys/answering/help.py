"""Who a pupil can talk to: the lines that stand on every page alike."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from foundation.cache.kept import Kept
from foundation.partnership.models import Helpline
from foundation.partnership.selectors import helplines_in


@dataclass(frozen=True)
class Line:
    """A number to call."""

    name: str
    phone: str
    hours: str
    is_emergency: bool


_kept: Kept[list[Line]] = Kept()


def lines_for(language: str) -> list[Line]:
    """Children's helplines first, the emergency number last; the national ones where none is kept."""
    return _kept.of(language, lambda: _read(language))


def _read(language: str) -> list[Line]:
    found = [
        Line(line.name, line.phone, line.hours, line.is_emergency)
        for line in helplines_in(language)
        if line.phone and (line.is_emergency or line.audience == Helpline.Audience.CHILD)
    ]
    if not any(not line.is_emergency for line in found):
        found = _national(language)
    return sorted(found, key=lambda line: line.is_emergency)


def _national(language: str) -> list[Line]:
    with translation.override(language):
        return [
            Line(gettext(str(line["name"])), str(line["phone"]), "", bool(line.get("is_emergency")))
            for line in settings.FALLBACK_HELPLINES
            if line.get("is_emergency") or line["name"] == "Childline"
        ]
