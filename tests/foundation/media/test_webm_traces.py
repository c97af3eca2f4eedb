"""A WebM film keeps picture and sound, and nothing of when, where and with what it was made."""

import pytest

from foundation.media.content import Refused

from .films import PLACE, without_place

ENDLESS = b"\x01" + b"\xff" * 7


def element(kind, content=b"", size=None):
    length = (len(content) | 1 << 56).to_bytes(8, "big") if size is None else size
    return bytes.fromhex(kind) + length + content


HEAD = element("1A45DFA3", element("4282", b"webm"))
TAGS = element("1254C367", element("7373", element("67C8", element("45A3", b"LOCATION") + element("4487", PLACE))))
INFO = element("1549A966", element("BF", b"sum!") + element("2AD7B1", b"\x0f\x42\x40") + element("7BA9", PLACE))
TRACKS = element("1654AE6B", element("AE", element("D7", b"\x01") + element("86", b"V_VP9") + element("536E", PLACE)))
CLUSTER = element("1F43B675", element("E7", b"\0") + element("A3", b"picture and sound"))


@pytest.mark.parametrize(
    "parts",
    [
        TAGS + CLUSTER,
        INFO + TRACKS + CLUSTER,
        element("1941A469", PLACE) + CLUSTER,
        element("1043A770", PLACE) + TAGS + CLUSTER,
        b"\x12\x54\xc3\x67\x92" + PLACE + CLUSTER,
    ],
)
def test_it_goes_and_nothing_moves(parts):
    film = HEAD + element("18538067", parts)
    count, kept = without_place(film)
    assert count
    assert PLACE not in kept
    assert len(kept) == len(film)
    assert kept.endswith(CLUSTER)
    assert without_place(kept) == (0, kept)


def test_a_film_that_a_browser_recorded_live_loses_it_behind_its_pieces_too():
    pieces = element("1F43B675", element("E7", b"\0") + element("A3", b"picture"), size=ENDLESS)
    film = HEAD + element("18538067", INFO + pieces + pieces + TAGS, size=ENDLESS)
    _count, kept = without_place(film)
    assert PLACE not in kept
    assert kept.count(b"picture") == 2


def test_the_smallest_element_is_passed_over_too():
    film = HEAD + element("18538067", element("1549A966", b"\x7b\xa9\x80") + CLUSTER)
    _count, kept = without_place(film)
    assert kept.endswith(element("1549A966", b"\xec\x81\0") + CLUSTER)


def test_a_recording_that_was_cut_off_is_taken():
    film = HEAD + element("18538067", TAGS + CLUSTER, size=ENDLESS)[:-5]
    assert PLACE not in without_place(film)[1]


@pytest.mark.parametrize(
    "film",
    [
        HEAD + element("18538067", TAGS)[:-4],
        HEAD + element("18538067", element("1549A966", TAGS, size=b"\x84")),
        HEAD + element("18538067", b"\0" * 40),
        HEAD + element("18538067", element("1254C367", PLACE, size=ENDLESS)),
        b"\x1a\x45\xdf\xa3",
    ],
)
def test_what_makes_no_sense_is_refused(film):
    with pytest.raises(Refused):
        without_place(film)


def test_a_track_of_notes_that_nobody_sees_is_refused_in_plain_words():
    notes = element("1654AE6B", element("AE", element("86", b"D_WEBVTT/METADATA")))
    with pytest.raises(Refused, match="may say where it was filmed"):
        without_place(HEAD + element("18538067", notes + CLUSTER))


def test_a_made_up_film_of_empty_elements_ends(monkeypatch):
    monkeypatch.setattr("foundation.media.webm_traces._MOST_ELEMENTS", 1_000)
    for kind in ("1549A966", "1654AE6B"):
        with pytest.raises(Refused):
            without_place(HEAD + element("18538067", element(kind, b"\xbf\x80" * 1_001)))
