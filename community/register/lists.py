"""Choices of the pick-lists that staff look after, ready for forms and for words on a page."""

from collections.abc import Iterable

from .models import ListEntry

Kind = ListEntry.Kind


def choices_of(kind: ListEntry.Kind, *, kept: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(code, label) of what is offered, and of `kept` codes that a record still has though they are no longer offered."""
    kept = set(kept)
    rows = ListEntry.objects.filter(kind=kind).values_list("code", "label", "is_active")
    found = [(code, label) for code, label, is_active in rows if is_active or code in kept]
    strays = sorted(kept - {code for code, _label in found})
    return found + [(code, code) for code in strays]


def labels_of(kind: ListEntry.Kind) -> dict[str, str]:
    """Code -> label of a whole list, of entries no longer offered too."""
    return dict(ListEntry.objects.filter(kind=kind).values_list("code", "label"))
