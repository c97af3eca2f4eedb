"""A short mark of what a question or section says now, so that an editor notices what somebody else changed meanwhile."""

import hashlib
import json
from typing import Any

from .models import Question, Section

NOT_WORDS = {"id", "section", "version", "order"}


def content_of(row: Question | Section) -> dict[str, Any]:
    """What an editor can change, by the name that the screen gives it."""
    fields = {
        str(field.verbose_name): getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in NOT_WORDS
    }
    if isinstance(row, Question):
        fields["subgroups it serves"] = sorted(group.name for group in row.subgroups.all())
        fields["options"] = [
            f"{option.text}{f' ({option.kind})' if option.kind != 'ordinary' else ''}" for option in row.options.all()
        ]
        fields["pictures"] = [option.symbol for option in row.options.all()]
        fields["rows"] = [each.text for each in row.rows.all()]
    else:
        fields["topic"] = row.topic.name
    return fields


def stamp_of(row: Question | Section) -> str:
    """Equal for equal content."""
    return hashlib.sha256(json.dumps(content_of(row), default=str, sort_keys=True).encode()).hexdigest()[:16]


def snapshot_of(row: Question | Section) -> str:
    """The content as text that a form carries along, to say later what somebody else changed."""
    return json.dumps(content_of(row), default=str)


def changes_since(snapshot: str, row: Question | Section) -> list[tuple[str, str, str]]:
    """What changed since the form was opened: name, what it said then, what is stored now. It is for people to read;
    a snapshot that somebody tampered with shows nothing that they did not type themselves."""
    try:
        before = json.loads(snapshot)
    except ValueError:
        before = {}
    before = before if isinstance(before, dict) else {}
    now = json.loads(snapshot_of(row))
    return [
        (name, _in_words(before.get(name)), _in_words(value))
        for name, value in now.items()
        if before.get(name) != value
    ]


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " · ".join(str(each) for each in value if each != "") or "nothing"
    return str(value) if value not in (None, "") else "nothing"
