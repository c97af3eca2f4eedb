"""A suggested wording: the diff, and putting it in where that is safe."""

import difflib
import html
import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from .errors import CannotTakeOver

PLAIN = ("title", "summary")
WORDS_AROUND = 8
_TAG = re.compile(r"(<[^>]*>)")
_BY_HAND = "Please change it by hand in the editor, then mark this as dealt with."


@dataclass(frozen=True)
class Part:
    """Words that stay ("same"), go ("gone") or come ("new")."""

    kind: str
    text: str


def difference(old: str, new: str) -> list[Part]:
    """The two wordings word by word."""
    before, after = old.split(), new.split()
    parts: list[Part] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(Part("same", " ".join(before[a:b])))
            continue
        if a < b:
            parts.append(Part("gone", " ".join(before[a:b])))
        if c < d:
            parts.append(Part("new", " ".join(after[c:d])))
    return parts


def in_its_place(text: str, old: str, new: str) -> list[Part]:
    """The difference with a few of the words around it, where the old words stand once in `text`; else by itself."""
    said, wanted = " ".join(text.split()), " ".join(old.split())
    parts = difference(old, new)
    if not wanted or said.count(wanted) != 1:
        return parts
    before, _old, after = said.partition(wanted)
    left, right = before.split()[-WORDS_AROUND:], after.split()[:WORDS_AROUND]
    if len(before.split()) > len(left):
        left = ["…", *left]
    if len(after.split()) > len(right):
        right = [*right, "…"]
    return [
        *([Part("same", " ".join(left))] if left else []),
        *parts,
        *([Part("same", " ".join(right))] if right else []),
    ]


def put_in(page: Any, *, place: str, old: str, new: str) -> None:
    """Replace `old` by `new` in this place of the page (not saved).

    Only words between tags are touched, and only where the old words stand exactly once.

    Raises:
        CannotTakeOver: it must be done by hand.
    """
    if not old.strip():
        raise CannotTakeOver(f"It does not say which words to replace. {_BY_HAND}")
    if place in PLAIN:
        present = getattr(page, place)
        if present.count(old) != 1:
            raise CannotTakeOver(f"The old words do not stand there any more. {_BY_HAND}")
        setattr(page, place, present.replace(old, new))
    else:
        _put_in_body(page, place, old, new)
    try:
        page.full_clean(exclude=["slug"])
    except ValidationError as error:
        raise CannotTakeOver(f"The page would not be valid: {' '.join(error.messages)} {_BY_HAND}") from error


def _put_in_body(page: Any, place: str, old: str, new: str) -> None:
    field = page._meta.get_field("body")
    raw = page.body.get_prep_value()
    block = next((one for one in raw if one["id"] == place), None)
    if block is None:
        raise CannotTakeOver(f"That part of the page has gone. {_BY_HAND}")
    block["value"], times = _replaced(block["value"], old, new)
    if times != 1:
        raise CannotTakeOver(f"The old words do not stand there exactly once. {_BY_HAND}")
    page.body = field.to_python(raw)
    try:
        page.body.stream_block.clean(page.body)
    except ValidationError as error:
        raise CannotTakeOver(f"The page would not be valid. {_BY_HAND}") from error


def _replaced(value: Any, old: str, new: str) -> tuple[Any, int]:
    """A raw value with the words replaced, and how often they stood there."""
    if isinstance(value, dict):
        pairs = {key: (one, 0) if key in ("id", "type") else _replaced(one, old, new) for key, one in value.items()}
        return {key: one for key, (one, _n) in pairs.items()}, sum(n for _one, n in pairs.values())
    if isinstance(value, list):
        found = [_replaced(one, old, new) for one in value]
        return [one for one, _n in found], sum(n for _one, n in found)
    if not isinstance(value, str):
        return value, 0
    if not value.lstrip().startswith("<"):
        return value.replace(old, new), value.count(old)
    pieces = _TAG.split(value)
    times = 0
    for position in range(0, len(pieces), 2):
        words = html.unescape(pieces[position])
        if old in words:
            times += words.count(old)
            pieces[position] = html.escape(words.replace(old, new), quote=False)
    return "".join(pieces), times
