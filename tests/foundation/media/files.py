"""Small real files, made in code."""

import io
import zipfile

from docx import Document
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject


def pdf(text="Zebra crossing", *, password=None, script=None):
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("latin-1") if text else b"")
    page[NameObject("/Contents")] = writer._add_object(stream)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(text="Zebra crossing"):
    document = Document()
    document.add_heading("Heading of it", 1)
    document.add_paragraph(text)
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Cell words"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def relation(kind="attachedTemplate"):
    """A list of relations with one that leads elsewhere."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{types}/{kind}" Target="https://example.org/x" TargetMode="External"/>'
        "</Relationships>"
    ).encode()


def odt(text="Zebra crossing", *, manifest="", extra=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
            f"<text:h>Heading of it</text:h><text:p>{text}</text:p>"
            "</office:text></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        for name, content in extra:
            archive.writestr(name, content)
    return out.getvalue()


def with_entry(content, name, data, compress=zipfile.ZIP_DEFLATED):
    """A packed document with one more part."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", compress) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def picture(kind="JPEG", size=(60, 40), *, gps=False, tail=b"", mode="RGB"):
    image = Image.new(mode, size, "red" if mode != "P" else 1)
    options = {}
    if gps:
        exif = Image.Exif()
        exif[0x0112] = 6  # turned a quarter
        exif[0x010F] = "Secretcam"
        exif.get_ifd(0x8825)[2] = (51.0, 32.0, 0.0)
        options["exif"] = exif
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue() + tail


MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 64
WEBM = (
    b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"
    b"\x42\x87\x81\x04\x42\x85\x81\x02" + b"\x18\x53\x80\x67\xc0" + b"\xec\xbe" + b"\x00" * 62
)
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + b"\x00" * 64
VTT = b"""WEBVTT

NOTE by us

1
00:01.000 --> 00:04.000
<v Ana>Hello <i>there</i>

00:05.000 --> 00:07.500 align:start
Bye
"""
