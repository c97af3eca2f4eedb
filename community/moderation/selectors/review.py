"""The review screen: each changed field, old and new, with the decision so far."""

from dataclasses import dataclass
from typing import Any

from ...register.document import Change, Document, apart_from_followers
from ...register.edit_classes import EditClass, edit_class
from ...register.wording import label_of, value_words
from ..models import ChangeRequest, FieldDecision
from ..services.submissions import open_changes

_ORDER = (
    "name", "types", "summary", "description", "legal", "ofsted", "size", "roles", "venues", "activities", "sessions",
    "contact", "send", "languages",
)  # fmt: skip
"""As one would read a page: who it is, what it is, who runs it, where, what and when; then the rest."""


@dataclass(frozen=True)
class ReviewRow:
    """A changed field as a person reads it. `parts`: the fields of a whole new activity, venue or session."""

    path: str
    label: str
    old: str
    new: str
    parts: list[tuple[str, str]]
    is_removal: bool
    touches_safety: bool
    verdict: str
    reason: str
    decided_by: Any


def review_rows(request: ChangeRequest) -> list[ReviewRow]:
    """The changed fields: what safety depends on first, then in the order of a page. 2 queries."""
    decisions = {each.path: each for each in request.decisions.select_related("by")}
    changes = apart_from_followers(open_changes(request))
    rows = [_row(change, request.document, decisions.get(change.path)) for change in changes]
    return sorted(rows, key=lambda row: (not row.touches_safety, _place(row.path), row.path))


def _place(path: str) -> int:
    head = path.partition(".")[0]
    return _ORDER.index(head) if head in _ORDER else len(_ORDER)


def _row(change: Change, document: Document, decision: FieldDecision | None) -> ReviewRow:
    return ReviewRow(
        path=change.path,
        label=label_of(change.path, document),
        old=_words(change.path, change.old),
        new=_words(change.path, change.new),
        parts=parts_of(change) if change.is_addition else [],
        is_removal=change.is_removal,
        touches_safety=edit_class(change) == EditClass.RECHECK,
        verdict=decision.verdict if decision else "",
        reason=decision.reason if decision else "",
        decided_by=decision.by if decision else None,
    )


def parts_of(change: Change) -> list[tuple[str, str]]:
    """Of a new child: (label, words) of every field that says something, but for the numbers of the map."""
    words = [
        (label_of(f"{change.path}.{name}").split(": ", 1)[-1], _words(f"{change.path}.{name}", value))
        for name, value in change.new.items()
        if name not in {"easting", "northing", "order", "activity", "venue"}
    ]
    return [(label, text) for label, text in words if text]


def _words(path: str, value: Any) -> str:
    return "" if value is None else value_words(path, value)
