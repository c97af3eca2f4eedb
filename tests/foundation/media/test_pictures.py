"""A picture leaves its secrets at the door."""

import io

import pytest
from PIL import Image, features

from foundation.media.content import Refused
from foundation.media.pictures import redrawn
from tests.foundation.media import files


def test_place_camera_and_hidden_bytes_stay_behind_and_the_picture_stands_upright():
    content = files.picture("JPEG", (60, 40), gps=True, tail=b"<script>alert(1)</script>")
    assert b"Secretcam" in content
    clean = redrawn(io.BytesIO(content))
    raw = clean.read()
    assert b"Secretcam" not in raw
    assert b"script" not in raw
    with Image.open(io.BytesIO(raw)) as image:
        assert not dict(image.getexif())
        assert image.size == (40, 60)


@pytest.mark.parametrize(
    "kind",
    [
        "JPEG",
        "PNG",
        "WEBP",
        "GIF",
        pytest.param("AVIF", marks=pytest.mark.skipif(not features.check("avif"), reason="Pillow without AVIF")),
    ],
)
def test_each_kind_stays_its_kind(kind):
    clean = redrawn(io.BytesIO(files.picture(kind)))
    with Image.open(clean) as image:
        assert image.format == kind
        assert image.size == (60, 40)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
        ("WEBP", "RGBA"),
        ("GIF", "P"),
    ],
)
def test_every_colour_mode_comes_through(kind, mode):
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, kind)
    with Image.open(redrawn(out)) as image:
        assert image.size == (20, 10)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_moving_picture_keeps_moving(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    with Image.open(redrawn(out)) as image:
        assert image.n_frames == 3


def test_its_name_says_nothing():
    upload = io.BytesIO(files.picture("PNG"))
    upload.name = "Ana at 12 Road.png"
    assert "Ana" not in redrawn(upload).name
    assert redrawn(upload).name.endswith(".png")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n broken",
        b"GIF89a",
        files.picture("PNG")[:60],
        files.picture("BMP"),
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(Refused):
        redrawn(io.BytesIO(content))
