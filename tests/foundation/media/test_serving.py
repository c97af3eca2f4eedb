"""Uploads where no proxy serves them."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from foundation.media.models import SiteDocument
from tests.factories.accounts import holder_of, sign_in
from tests.foundation.media.files import pdf

pytestmark = pytest.mark.django_db


def put(settings, name, content=b"<script>alert(1)</script>"):
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_a_picture_is_served_and_can_run_nothing(settings):
    put(settings, "images/a.png")
    response = Client().get("/media/images/a.png")
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_documents_and_private_files_are_not_served_from_here(settings):
    for name in ("documents/a.pdf", "private/b.pdf"):
        put(settings, name)
        assert Client().get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/media/../secret_key", "/media/%2e%2e/%2e%2e/manage.py", "/media/images/"])
def test_no_path_leads_out_of_the_folder_or_lists_it(path):
    assert Client().get(path).status_code in {400, 404}


@pytest.mark.parametrize(
    ("asked", "given", "where"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ],
)
def test_a_player_gets_the_part_of_a_film_that_it_asks_for(settings, asked, given, where):
    put(settings, "media/a.mp4", b"0123456789")
    response = Client().get("/media/media/a.mp4", headers={"range": asked})
    assert response.status_code == 206
    assert b"".join(response.streaming_content) == given
    assert response.headers["Content-Range"] == where
    assert response.headers["Content-Length"] == str(len(given))
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_part_beyond_the_end_is_refused(settings):
    put(settings, "media/a.mp4", b"0123456789")
    response = Client().get("/media/media/a.mp4", headers={"range": "bytes=10-"})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */10"


@pytest.mark.parametrize("asked", ["", "bytes=-", "bytes=2-1,4-5", "lines=1-2", "bytes=9-1x"])
def test_what_is_no_single_range_gets_the_whole_file(settings, asked):
    put(settings, "media/a.mp4", b"0123456789")
    response = Client().get("/media/media/a.mp4", headers={"range": asked})
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"0123456789"
    assert response.headers["Accept-Ranges"] == "bytes"


class TestDocuments:
    @pytest.fixture
    def document(self):
        held = Collection.get_first_root_node().add_child(name="Papers")
        file = ContentFile(pdf(), name="paper.pdf")
        return SiteDocument.objects.create(title="A paper", file=file, collection=held)

    def test_a_public_one_is_asked_for_again_each_time_for_it_may_be_withdrawn(self, document):
        response = Client().get(document.url)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, no-cache"
        assert Client().get(document.url, headers={"if-none-match": response.headers["ETag"]}).status_code == 304

    def test_one_of_a_closed_collection_is_for_who_signed_in_and_kept_nowhere(self, document):
        CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
        assert Client().get(document.url).status_code == 302
        response = sign_in(Client(), holder_of("Editor")).get(document.url)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"
