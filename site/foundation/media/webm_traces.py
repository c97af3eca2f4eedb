"""Takes out of a WebM film what says when, where or with what it was made.

A WebM is a tree of elements: a kind, a size, then the content, each number as long as its first bits say (EBML, RFC 8794,
sections 4 to 6; the kinds: RFC 9559, section 5). Titles and times stand in `Info`, everything else (places among it) in
`Tags`, `Attachments` and `Chapters`. Each is overwritten where it stands and becomes a `Void`, which players pass over: nothing
in the file moves, so picture and sound stay as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _

from .content import DAMAGED, Refused

MARK = b"\x1a\x45\xdf\xa3"
_SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK, _CODEC = 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B, 0xAE, 0x86
_TELLING = frozenset((0x1254C367, 0x1941A469, 0x1043A770))
"""Tags, attachments, chapters."""
_TELLING_BELOW = {
    _INFO: frozenset((0x7BA9, 0x4461, 0x4D80, 0x5741, 0x73A4, 0x7384, 0x3CB923, 0x3C83AB, 0x3EB923, 0x3E83BB, 0xBF)),
    _TRACK: frozenset((0x536E, 0xBF)),
    _TRACKS: frozenset((0xBF,)),
}
"""Of the film: title, day, the programs that made it, its numbers and file names; of a track: its name. And the checksum (`0xBF`),
which would not be right any more."""
_IN_A_CLUSTER = frozenset((0xA3, 0xA0, 0xE7, 0xA7, 0xAB, 0xAF, 0x5854, 0xEC, 0xBF))
_VOID = 0xEC
_MOST_ELEMENTS = 1_000_000
_PIECE = 65_536
_NOTES = b"D_WEBVTT/METADATA"
HAS_NOTES = _(
    "This film holds a track of notes beside picture and sound, and they may say where it was filmed. Save it without."
)


@dataclass(frozen=True)
class _Element:
    kind: int
    at: int
    start: int
    end: int
    is_endless: bool
    """Written live: its size is not known, and it ends where the next one of its level begins."""


def forget_place_in_webm(file: IO[bytes]) -> int:
    """Overwrite it in the upload itself; how many elements there were.

    Raises:
        Refused: the elements make no sense, or one track holds notes that nobody can see.
    """
    size = file.seek(0, 2)
    try:
        found = list(_telling(file, size))
        for element in found:
            _make_void(file, element)
    finally:
        file.seek(0)
    return len(found)


def _telling(file: IO[bytes], size: int) -> Iterator[_Element]:
    at, seen = 0, [0]
    while at < size:
        _count(seen)
        element = _element(file, at, size)
        is_opened = element.kind == _SEGMENT or (element.kind == _CLUSTER and element.is_endless)
        if element.is_endless and not is_opened:
            raise Refused(DAMAGED, code="damaged")
        if element.end > size and not is_opened:
            if element.kind == _CLUSTER or element.kind in _IN_A_CLUSTER:
                return  # a recording that was cut off: nothing stands after it
            raise Refused(DAMAGED, code="damaged")
        if element.kind in _TELLING:
            yield element
        elif element.kind in _TELLING_BELOW:
            yield from _below(file, element, seen)
        at = element.start if is_opened else element.end


def _count(seen: list[int]) -> None:
    """A made-up film of nothing but empty elements, two bytes each, ends."""
    seen[0] += 1
    if seen[0] > _MOST_ELEMENTS:
        raise Refused(DAMAGED, code="damaged")


def _below(file: IO[bytes], parent: _Element, seen: list[int]) -> Iterator[_Element]:
    at = parent.start
    while at < parent.end:
        _count(seen)
        one = _element(file, at, parent.end)
        if one.is_endless or one.end > parent.end:
            raise Refused(DAMAGED, code="damaged")
        if one.kind in _TELLING_BELOW[parent.kind]:
            yield one
        elif one.kind == _TRACK and parent.kind == _TRACKS:
            yield from _below(file, one, seen)
        elif one.kind == _CODEC and parent.kind == _TRACK:
            file.seek(one.start)
            if file.read(len(_NOTES)) == _NOTES:
                raise Refused(HAS_NOTES, code="has_notes")
        at = one.end


def _element(file: IO[bytes], at: int, limit: int) -> _Element:
    file.seek(at)
    head = file.read(12)
    kind_long = _length(head, 0, most=4)
    kind = int.from_bytes(head[:kind_long], "big")
    size_long = _length(head, kind_long, most=8)
    if len(head) < kind_long + size_long or at + kind_long + size_long > limit:
        raise Refused(DAMAGED, code="damaged")
    largest = (1 << 7 * size_long) - 1
    size = int.from_bytes(head[kind_long : kind_long + size_long], "big") & largest
    start = at + kind_long + size_long
    is_endless = size == largest
    return _Element(kind, at, start, limit if is_endless else start + size, is_endless)


def _length(head: bytes, at: int, *, most: int) -> int:
    """How many bytes a number has: one more than the zeros before its first bit."""
    length = 9 - head[at].bit_length() if at < len(head) else 9
    if length > most:
        raise Refused(DAMAGED, code="damaged")
    return length


def _make_void(file: IO[bytes], element: _Element) -> None:
    whole = element.end - element.at
    width = 8 if whole >= 9 else 1
    size = whole - 1 - width
    file.seek(element.at)
    file.write(bytes([_VOID]) + (size | 1 << 7 * width).to_bytes(width, "big"))
    while size > 0:
        file.write(b"\0" * min(_PIECE, size))
        size -= _PIECE
