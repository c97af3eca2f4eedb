"""Uploading in the admin, as an editor does."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection
from wagtailmedia.forms import get_media_form

from foundation.media.models import SiteDocument, SiteImage, SiteMedia
from foundation.media.services import read_document
from tests.factories.accounts import UserFactory, sign_in
from tests.foundation.media import files


@pytest.fixture
def root(db):
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def document_form(name, content, root, instance=None):
    form = get_document_form(SiteDocument)
    return form(
        {"title": "A title", "collection": root.pk, "tags": "", "summary": ""},
        {"file": SimpleUploadedFile(name, content)},
        instance=instance or SiteDocument(),
    )


def saved_document(name, content, root, instance=None):
    form = document_form(name, content, root, instance)
    assert form.is_valid(), form.errors
    return form.save()


def test_wagtail_uses_our_models():
    assert get_document_model() is SiteDocument
    assert get_image_model() is SiteImage


def test_a_document_is_taken_and_its_text_is_read_after_the_commit(root, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        form = document_form("a.pdf", files.pdf("A pangolin"), root)
        assert form.is_valid(), form.errors
        document = form.save()
    document.refresh_from_db()
    assert "A pangolin" in document.extracted_text
    assert document.reading == "done"
    assert "words of this file" in get_document_form(SiteDocument)(instance=document).fields["file"].help_text


def test_a_replaced_file_is_read_anew(root, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = saved_document("a.pdf", files.pdf("A pangolin"), root)
    document = SiteDocument.objects.get(pk=document.pk)
    with django_capture_on_commit_callbacks(execute=True):
        form = document_form("a.docx", files.docx("An okapi"), root, instance=document)
        assert form.is_valid(), form.errors
        form.save()
    document.refresh_from_db()
    assert "okapi" in document.extracted_text
    assert "pangolin" not in document.extracted_text


def test_saving_without_a_new_file_reads_nothing(root, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = saved_document("a.pdf", files.pdf(), root)
    document = SiteDocument.objects.get(pk=document.pk)
    with django_capture_on_commit_callbacks() as callbacks:
        document.title = "Another"
        document.save()
    assert not [work for work in callbacks if "read_document" in repr(work)]


def test_a_scan_is_told_to_the_editor(root):
    document = saved_document("a.pdf", files.pdf(""), root)
    assert read_document(document_id=document.pk) == "empty"
    document.refresh_from_db()
    assert "may be a scan" in get_document_form(SiteDocument)(instance=document).fields["file"].help_text


def test_a_failure_is_kept_told_and_logged_without_a_word_of_the_file(root, caplog):
    document = saved_document("a.pdf", files.pdf("Secret words"), root)
    document.file.storage.delete(document.file.name)
    document.file.storage.save(document.file.name, SimpleUploadedFile("x", b"%PDF-1.4 Secret words"))
    with caplog.at_level(logging.DEBUG):
        assert read_document(document_id=document.pk) == "failed"
    assert "Secret" not in caplog.text
    document.refresh_from_db()
    assert "could not be read" in get_document_form(SiteDocument)(instance=document).fields["file"].help_text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", files.pdf(password="x"), "password"),
        ("a.docx", files.with_entry(files.docx(), "word/vbaProject.bin", b"x"), "macros"),
        ("a.pdf", b"MZ", "called a PDF but is none"),
        ("a.svg", b"<svg/>", "PDF, DOCX and ODT"),
    ],
)
def test_a_wrong_document_is_refused_beside_its_field(root, name, content, says):
    form = document_form(name, content, root)
    assert not form.is_valid()
    assert says in str(form.errors["file"])


def test_a_document_beyond_the_limit_is_refused(root, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    form = document_form("a.pdf", files.pdf(), root)
    assert "too big" in str(form.errors["file"])


def image_form(name, content, root):
    form = get_image_form(SiteImage)
    return form(
        {"title": "A picture", "collection": root.pk, "tags": "", "description": "", "credit": ""},
        {"file": SimpleUploadedFile(name, content)},
    )


def test_an_uploaded_picture_is_redrawn(root):
    form = image_form("ana.jpg", files.picture("JPEG", gps=True, tail=b"<script>"), root)
    assert form.is_valid(), form.errors
    image = form.save()
    with image.file.open("rb") as stored:
        raw = stored.read()
    assert b"Secretcam" not in raw
    assert b"<script>" not in raw
    assert (image.width, image.height) == (40, 60)
    assert "ana" not in image.file.name
    assert image.file_size == len(raw)
    assert image.get_rendition("width-20").width == 20


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.png", b"<html>"),
        ("a.png", files.picture("JPEG")),
        ("a.html", files.picture("PNG")),
    ],
)
def test_a_wrong_picture_is_refused(root, name, content):
    assert "file" in image_form(name, content, root).errors


def test_a_picture_of_too_many_pixels_is_refused(root):
    assert "too many pixels" in str(
        image_form("a.png", files.picture("PNG", (8000, 4000), mode="1"), root).errors["file"]
    )


def film_form(root, instance=None, *, name="a.mp4", content=files.MP4, captions=None, **data):
    form = get_media_form(SiteMedia)
    uploads = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    if captions is not None:
        uploads["captions_file"] = SimpleUploadedFile("c.vtt", captions)
    values = {
        "title": "A film",
        "collection": root.pk,
        "tags": "",
        "duration": 3,
        "transcript": "Hello there",
        "captions_language": "en",
        **data,
    }
    return form(values, uploads, instance=instance or SiteMedia(type="video"))


def test_a_film_comes_with_captions_and_a_transcript(root):
    form = film_form(root, captions=files.VTT)
    assert form.is_valid(), form.errors
    film = form.save()
    assert film.transcript == "Hello there"
    assert [line.language for line in film.captions.all()] == ["en"]
    film = SiteMedia.objects.get(pk=film.pk)
    again = film_form(root, film, content=None, captions=files.VTT, captions_language="bn")
    assert again.is_valid(), again.errors
    again.save()
    assert sorted(film.captions.values_list("language", flat=True)) == ["bn", "en"]
    away = film_form(root, SiteMedia.objects.get(pk=film.pk), content=None, captions_remove=["en"])
    assert away.is_valid(), away.errors
    away.save()
    assert list(film.captions.values_list("language", flat=True)) == ["bn"]


def test_a_wrong_film_and_wrong_captions_are_refused_beside_their_fields(root):
    form = film_form(root, content=b"<html>", captions=b"Hello")
    assert "not what its name says" in str(form.errors["file"])
    assert "WEBVTT" in str(form.errors["captions_file"])


def test_the_admin_page_of_a_film_shows_captions_and_transcript(root, client):
    sign_in(client, UserFactory(is_staff=True, is_superuser=True))
    page = client.get("/admin/media/video/add/").content.decode()
    assert 'name="captions_file"' in page
    assert 'name="transcript"' in page


def test_the_admin_page_of_a_document_says_what_is_wrong_and_keeps_what_was_typed(root, client):
    sign_in(client, UserFactory(is_staff=True, is_superuser=True))
    upload = SimpleUploadedFile("a.pdf", files.pdf(password="x"))
    page = client.post(
        "/admin/documents/add/",
        {"title": "Kept title", "file": upload, "collection": root.pk, "tags": "", "summary": "Kept"},
    ).content.decode()
    assert "locked with a password" in page
    assert "Kept title" in page


def test_a_served_document_cannot_run_anything(root, client):
    document = saved_document("a.docx", files.docx(), root)
    response = client.get(document.url)
    assert response.status_code == 200
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert not response.cookies
