"""Takes out of a film what a phone or camera writes into it besides picture and sound: where it was filmed, and with what.

What is done to a WebM stands in `webm_traces`. An MP4 is a tree of boxes: four bytes of size, four of kind, then the content
(ISO/IEC 14496-12, section 4.2). Phones put the
place into `udta` or `meta` boxes (3GPP `loci`, QuickTime `©xyz` and `com.apple.quicktime.location.ISO6709`), XMP into a `uuid`
box, and some cameras a whole track of positions beside the picture. All of it is overwritten where it stands and renamed
`free`, which players pass over: nothing in the file moves, so picture and sound stay as they are.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from .content import DAMAGED, Refused
from .webm_traces import MARK, forget_place_in_webm

_PARENTS = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"edts", b"mvex"))
_TELLING = frozenset((b"udta", b"meta", b"uuid"))
_OF_PLAYERS = frozenset(
    bytes.fromhex(one)
    for one in (
        "6d1d9b0542d544e680e2141daff757b2",
        "d4807ef2ca3946958e5426cb9e46a79f",
        "a2394f525a9b4f14a2446c427c648df4",
        "8974dbce7be74c5184f97148f9882554",
        "d08a4f1810f34a82b6c832d8aba183d3",
    )
)
"""`uuid` boxes with times and keys of films in pieces (Smooth Streaming, PIFF 1.3): they say nothing of a place."""
_MOST_BOXES = 100_000
_DEEPEST = 16
_MOST_SAMPLES = 500_000
_PIECE = 65_536


@dataclass(frozen=True)
class _Box:
    kind: bytes
    at: int
    """Where it begins; its kind stands four bytes on."""
    start: int
    """Where its content begins."""
    end: int


def forget_place(file: IO[bytes]) -> int:
    """Overwrite it in the upload itself; how many boxes and tracks there were. What is no MP4 or WebM stays as it is.

    Raises:
        Refused: the boxes make no sense, so nobody knows what is in them.
    """
    file.seek(0)
    head = file.read(8)
    if head.startswith(MARK):
        return forget_place_in_webm(file)
    is_mp4 = head[4:] == b"ftyp"
    size = file.seek(0, 2)
    try:
        found = list(_telling(file, 0, size, [0], 0)) if is_mp4 else []
        notes = [span for box in found if box.kind == b"trak" for span in _samples(file, box)]
        # A made-up table that names the same place again and again would be written for hours.
        if any(end > size for _start, end in notes) or sum(end - start for start, end in notes) > size:
            raise Refused(DAMAGED, code="damaged")
        for start, end in notes:
            _overwrite(file, start, end)
        for box in found:
            _overwrite(file, box.start, box.end)
            file.seek(box.at + 4)
            file.write(b"free")
    except struct.error as error:
        raise Refused(DAMAGED, code="damaged") from error
    finally:
        file.seek(0)
    return len(found)


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[_Box]:
    at, seen = start, 0
    while at + 8 <= end:
        seen += 1
        if seen > _MOST_BOXES:
            raise Refused(DAMAGED, code="damaged")
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        header = 8
        if size == 1:
            size, header = struct.unpack(">Q", file.read(8))[0], 16
        elif size == 0:
            size = end - at
        if size < header or at + size > end:
            raise Refused(DAMAGED, code="damaged")
        yield _Box(kind, at, at + header, at + size)
        at += size


def _telling(file: IO[bytes], start: int, end: int, seen: list[int], depth: int) -> Iterator[_Box]:
    """Boxes to be overwritten, the outermost of each. `seen`: how many there were, so that a made-up file ends."""
    for box in _boxes(file, start, end):
        seen[0] += 1
        if seen[0] > _MOST_BOXES or depth > _DEEPEST:
            raise Refused(DAMAGED, code="damaged")
        is_of_positions = box.kind == b"trak" and _handler(file, box) == b"meta"
        if is_of_positions or (box.kind in _TELLING and not _is_of_players(file, box)):
            yield box
        elif box.kind in _PARENTS:
            yield from _telling(file, box.start, box.end, seen, depth + 1)


def _is_of_players(file: IO[bytes], box: _Box) -> bool:
    file.seek(box.start)
    return box.kind == b"uuid" and file.read(16) in _OF_PLAYERS


def _inside(file: IO[bytes], box: _Box, *kinds: bytes) -> _Box | None:
    """The box at this path, each the first of its kind."""
    for kind in kinds:
        found = next((one for one in _boxes(file, box.start, box.end) if one.kind == kind), None)
        if found is None:
            return None
        box = found
    return box


def _handler(file: IO[bytes], track: _Box) -> bytes:
    """What a track holds: `vide`, `soun`, `text`, or `meta` for whatever a camera noted beside them."""
    box = _inside(file, track, b"mdia", b"hdlr")
    if box is None:
        return b""
    file.seek(box.start + 8)
    return file.read(4)


def _samples(file: IO[bytes], track: _Box) -> Iterator[tuple[int, int]]:
    """Where in the file the chunks of a track lie."""
    table = _inside(file, track, b"mdia", b"minf", b"stbl")
    if table is None:
        return
    found = {box.kind: box for box in _boxes(file, table.start, table.end)}
    offsets = found.get(b"stco") or found.get(b"co64")
    if not (offsets and b"stsz" in found and b"stsc" in found):
        return
    width = "I" if offsets.kind == b"stco" else "Q"
    chunks = _numbers(file, offsets.start + 8, _count(file, offsets.start + 4), width)
    runs = _numbers(file, found[b"stsc"].start + 8, 3 * _count(file, found[b"stsc"].start + 4), "I")
    one_size = _count(file, found[b"stsz"].start + 4, most=2**32)
    count = _count(file, found[b"stsz"].start + 8)
    sizes = (one_size,) * count if one_size else _numbers(file, found[b"stsz"].start + 12, count, "I")
    first, run, in_chunk = 0, 0, 0
    for number, offset in enumerate(chunks, start=1):
        while run < len(runs) and runs[run] <= number:
            in_chunk, run = runs[run + 1], run + 3
        yield offset, offset + sum(sizes[first : first + in_chunk])
        first += in_chunk


def _count(file: IO[bytes], at: int, most: int = _MOST_SAMPLES) -> int:
    (number,) = _numbers(file, at, 1, "I")
    if number > most:
        raise Refused(DAMAGED, code="damaged")
    return number


def _numbers(file: IO[bytes], at: int, count: int, width: str) -> tuple[int, ...]:
    file.seek(at)
    return struct.unpack(f">{count}{width}", file.read(count * struct.calcsize(f">{width}")))


def _overwrite(file: IO[bytes], start: int, end: int) -> None:
    file.seek(start)
    while start < end:
        file.write(b"\0" * min(_PIECE, end - start))
        start += _PIECE
