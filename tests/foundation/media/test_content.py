"""Files are judged by what is in them."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.media.content import Refused, check_document, check_film
from foundation.media.extraction import MAX_CHARACTERS, Unreadable, text_of
from foundation.media.webvtt import check_captions
from tests.foundation.media import files


def code_of(check, content, *args):
    with pytest.raises(Refused) as caught:
        check(io.BytesIO(content), *args)
    assert str(caught.value.messages[0])
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", files.pdf()), ("A.PDF", files.pdf()), ("b.docx", files.docx()), ("c.odt", files.odt())],
)
def test_real_documents_are_taken(name, content):
    check_document(io.BytesIO(content), name)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"MZ\x90\x00 a program", "not_a_pdf"),
        ("a.pdf", b"<html>%PDF-1.4", "damaged"),
        ("a.pdf", b"%PDF-1.7 and then nothing", "damaged"),
        ("a.pdf", files.docx(), "not_a_pdf"),
        ("a.pdf", files.pdf(password="secret"), "locked"),
        ("a.pdf", files.pdf(script="app.alert(1)"), "macros"),
        ("a.docx", files.pdf(), "wrong_content"),
        ("a.docx", files.odt(), "not_a_docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "locked"),
        ("a.docx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.docx", files.with_entry(files.docx(), "word/vbaProject.bin", b"x"), "macros"),
        ("a.docx", files.with_entry(files.docx(), "word/_rels/settings.xml.rels", files.relation()), "fetches"),
        ("a.docx", files.with_entry(files.docx(), "word/_rels/x.rels", files.relation("image")), "fetches"),
        ("a.docx", files.with_entry(files.docx(), "word/_rels/x.rels", b"<not closed"), "damaged"),
        ("a.docx", files.with_entry(files.docx(), "bomb.xml", b"\x00" * 30_000_000), "too_much"),
        ("a.odt", files.docx(), "not_an_odt"),
        ("a.odt", files.odt(manifest="<encryption-data/>"), "locked"),
        ("a.odt", files.odt(extra=[("Basic/Standard/Module1.xml", "x")]), "macros"),
        ("a.odt", files.odt(text="<unclosed>"), "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "wrong_kind"),
        ("a.docm", files.docx(), "wrong_kind"),
        ("a.html", b"<script>", "wrong_kind"),
        ("a", files.pdf(), "wrong_kind"),
    ],
)
def test_other_documents_are_refused_with_words(name, content, code):
    assert code_of(check_document, content, name) == code


def test_entities_that_grow_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"{bomb}<x>&b;</x>")
    assert code_of(check_document, out.getvalue(), "a.odt") == "damaged"


@given(content=st.binary(max_size=400), name=st.sampled_from(["a.pdf", "a.docx", "a.odt"]))
def test_no_bytes_break_the_check(content, name):
    for start in (b"", b"%PDF-1.4\n", b"PK\x03\x04"):
        try:
            check_document(io.BytesIO(start + content), name)
        except Refused:
            continue


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", files.pdf()), ("a.docx", files.docx()), ("a.odt", files.odt())]
)
def test_text_is_read(name, content):
    text = text_of(io.BytesIO(content), name)
    assert "Zebra crossing" in text
    if name != "a.pdf":
        assert text.startswith("Heading of it")


def test_text_has_a_limit_and_no_control_characters():
    text = text_of(io.BytesIO(files.odt(text="a b " * MAX_CHARACTERS)), "a.odt")
    assert len(text) <= MAX_CHARACTERS
    assert text.isprintable()


def test_what_cannot_be_read_is_said():
    with pytest.raises(Unreadable):
        text_of(io.BytesIO(b"nothing"), "a.pdf")


@pytest.mark.parametrize(("name", "content"), [("a.mp4", files.MP4), ("a.webm", files.WEBM), ("a.mp3", files.MP3)])
def test_films_are_taken(name, content):
    check_film(io.BytesIO(content), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mp4", files.WEBM),
        ("a.mp4", b"<html>"),
        ("a.mp3", files.MP4),
        ("a.webm", b""),
        ("a.avi", files.MP4),
        ("a.mp4", b"\x00\x00\x00\x20ftypavif"),
    ],
)
def test_other_films_are_refused(name, content):
    assert code_of(check_film, content, name) in ("wrong_kind", "wrong_content")


def test_captions_are_counted():
    assert check_captions(io.BytesIO(files.VTT)) == 2
    assert check_captions(io.BytesIO(b"\xef\xbb\xbf" + files.VTT.replace(b"\n", b"\r\n"))) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"1\n00:01.000 --> 00:04.000\nHello", "no_header"),
        (b"WEBVTT\n\n", "empty"),
        (b"WEBVTT\n\nHello\n", "bad_caption"),
        (b"WEBVTT\n\n00:04.000 --> 00:01.000\nBack", "bad_caption"),
        (b"WEBVTT\n\n00:05.000 --> 00:06.000\nA\n\n00:01.000 --> 00:02.000\nB", "bad_caption"),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\n<script>alert(1)</script>", "bad_caption"),
        (b"\xff\xfe\x00", "not_text"),
        (b"", "no_header"),
        (b"WEBVTT\n\n00:61.000 --> 00:64.000\nA", "bad_caption"),
    ],
)
def test_other_captions_are_refused(content, code):
    assert code_of(check_captions, content) == code


@given(content=st.binary(max_size=300))
def test_no_bytes_break_the_caption_check(content):
    for start in (b"", b"WEBVTT\n\n", b"WEBVTT\n\n00:01.000 --> 00:02.000\n"):
        try:
            check_captions(io.BytesIO(start + content))
        except Refused:
            continue


def test_a_document_with_a_link_is_taken():
    content = files.with_entry(files.docx(), "word/_rels/document.xml.rels", files.relation("hyperlink"))
    check_document(io.BytesIO(content), "a.docx")


@pytest.mark.parametrize("where", ["file", "page"])
def test_a_pdf_that_runs_a_program_by_itself_is_refused(where):
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(files.pdf())))
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    part = writer.root_object if where == "file" else writer.pages[0]
    part[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(Refused) as refused:
        check_document(out, "a.pdf")
    assert refused.value.code == "macros"


@pytest.mark.parametrize(("name", "content"), [("IMG_1.MOV", b"\0\0\0\x14ftypqt  "), ("a.mp4", b"\0\0\0\x14ftypqt  ")])
def test_a_film_of_an_iphone_is_refused_with_what_to_do(name, content):
    with pytest.raises(Refused, match="Make an MP4 of it"):
        check_film(io.BytesIO(content), name)
