"""A film keeps picture and sound, and nothing of where it was made."""

import struct

import pytest

from foundation.media.content import Refused

from .films import PLACE, without_place

FTYP = b"\x00\x00\x00\x18ftypmp42" + b"\x00\x00\x00\x00mp42isom"


def box(kind, content=b""):
    return struct.pack(">I4s", 8 + len(content), kind) + content


def full(kind, content):
    return box(kind, b"\0\0\0\0" + content)


def track(handler, *, chunks, sizes, per_chunk):
    """A track whose samples lie at `chunks`, `per_chunk` in each."""
    table = box(
        b"stbl",
        full(b"stsc", struct.pack(">4I", 1, 1, per_chunk, 1))
        + full(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes))
        + full(b"stco", struct.pack(f">I{len(chunks)}I", len(chunks), *chunks)),
    )
    return box(b"trak", box(b"mdia", full(b"hdlr", b"\0\0\0\0" + handler + b"\0" * 13) + box(b"minf", table)))


@pytest.mark.parametrize(
    "hidden",
    [
        box(b"moov", box(b"mvhd", b"x" * 20) + box(b"udta", box(b"\xa9xyz", PLACE))),
        box(b"moov", box(b"trak", box(b"meta", PLACE))),
        box(b"meta", PLACE),
        box(b"uuid", b"\xbe\x7a\xcf\xcb" + b"\0" * 12 + PLACE),
        struct.pack(">I4sQ", 1, b"udta", 16 + len(PLACE)) + PLACE,
    ],
)
def test_the_place_goes_and_nothing_moves(hidden):
    film = FTYP + hidden + box(b"mdat", b"picture and sound")
    count, kept = without_place(film)
    assert count == 1
    assert PLACE not in kept
    assert len(kept) == len(film)
    assert kept.endswith(box(b"mdat", b"picture and sound"))
    assert without_place(kept) == (0, kept)


def test_a_track_of_positions_goes_with_its_samples_and_the_others_stay():
    at = len(FTYP) + 8
    media = b"PICT" + PLACE + b"SOUND" + PLACE
    first, second = at + 4, at + 4 + len(PLACE) + 5
    tracks = track(b"vide", chunks=[at], sizes=[4], per_chunk=1)
    tracks += track(b"meta", chunks=[first, second], sizes=[10, 8, 10, 8], per_chunk=2)
    count, kept = without_place(FTYP + box(b"mdat", media) + box(b"moov", tracks))
    assert count == 1
    assert PLACE not in kept
    assert b"PICT" + b"\0" * len(PLACE) + b"SOUND" in kept
    assert kept.count(b"trak") == 1


def test_what_is_no_film_stays_as_it_is():
    assert without_place(b"ID3" + b"\0" * 40) == (0, b"ID3" + b"\0" * 40)
    assert without_place(b"") == (0, b"")


@pytest.mark.parametrize(
    "broken",
    [
        struct.pack(">I4s", 4_000, b"moov") + b"short",
        struct.pack(">I4s", 3, b"moov") + b"\0" * 8,
        box(b"moov", track(b"meta", chunks=[4_000_000], sizes=[10], per_chunk=1)),
        box(b"moov", track(b"meta", chunks=[40], sizes=[10], per_chunk=1)[:-4].replace(b"stco", b"co64")),
        # The same place again and again, more than the file has: it would be overwritten for hours.
        box(b"moov", track(b"meta", chunks=[24] * 90, sizes=[24] * 90, per_chunk=1)),
    ],
)
def test_a_film_that_makes_no_sense_is_refused(broken):
    with pytest.raises(Refused):
        without_place(FTYP + broken)


def test_a_made_up_tree_ends():
    deep = b""
    for _level in range(3_000):
        deep = box(b"moov", deep)
    with pytest.raises(Refused):
        without_place(FTYP + deep)


def test_a_made_up_row_of_empty_boxes_ends():
    with pytest.raises(Refused):
        without_place(FTYP + box(b"moov", box(b"trak", box(b"skip") * 100_001)))
