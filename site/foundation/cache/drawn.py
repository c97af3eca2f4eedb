"""Components that were drawn for the same values before.

What a component in `templates/components/` draws depends on its parameters and the language alone, so the card that leads to a
topic is the same on every page. It is found again by all of its values, hence it can never be out of date: another value is
another drawing. Only texts, numbers, days and lists of them are told apart in this way; a component that is given anything
else (a record, which may change within) is drawn each time. After an edit every page is made anew, of parts that are mostly
the same as before.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 4_000
_PLAIN = frozenset({str, SafeString, int, float, bool, type(None), dt.date, Decimal})

_drawings: dict[Hashable, SafeString] = {}


class _NotPlain(Exception):
    pass


def drawn(template_name: str, values: dict[str, Any], draw: Callable[[str, dict[str, Any]], SafeString]) -> SafeString:
    """The component for these values: from memory, or drawn now by `draw`."""
    try:
        key = (template_name, get_language(), _key_of(values))
    except _NotPlain:
        return draw(template_name, values)
    drawing = _drawings.get(key)
    if drawing is None:
        drawing = draw(template_name, values)
        # While templates are being written, what they drew before means nothing.
        if not settings.DEBUG:
            if len(_drawings) >= MOST:
                _forget_the_oldest()
            _drawings[key] = drawing
    return drawing


def forget_drawings() -> None:
    """As in a process that has just started."""
    _drawings.clear()


def _forget_the_oldest() -> None:
    for key in list(islice(_drawings.copy(), MOST // 4)):
        _drawings.pop(key, None)


def _key_of(value: Any) -> Hashable:
    """The value with its class: 1, True and "1" are drawn differently, and so is a text that was escaped before."""
    kind = value.__class__
    if kind in _PLAIN:
        return (kind, value)
    if isinstance(value, Mapping):
        return (kind, tuple((name, _key_of(part)) for name, part in value.items()))
    if isinstance(value, Sequence):
        return (kind, tuple(map(_key_of, value)))
    if isinstance(value, Promise):
        return (str, str(value))
    raise _NotPlain
