"""Pictures and films of posts: open to the public exactly when their page is."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from foundation.cache import generation
from foundation.media.models import SiteImage, SiteMedia
from foundation.registries.chores import chores
from home.models import ResourcePage
from tests.factories.accounts import holder_of, sign_in
from tests.foundation.media import files
from tests.foundation.media.test_film_traces import box

from .writing import MP4, VTT, desk_address, edition_of, files_below, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_files_are_open_to_the_public_exactly_when_the_page_is(
    signed_in, post, part, settings, tmp_path, django_capture_on_commit_callbacks
):
    write(
        signed_in, post, "send", picture_alt="A door", film_words="Hello",
        picture=SimpleUploadedFile("a.jpg", files.picture("JPEG")), film=SimpleUploadedFile("a.mp4", MP4),
        captions=SimpleUploadedFile("a.vtt", VTT),
    )  # fmt: skip
    desk = sign_in(Client(), holder_of("Editor"))
    desk.post(desk_address(post), {"act": "page", "edition": edition_of(post)})
    page = ResourcePage.objects.get()
    picture, film = SiteImage.objects.get(), SiteMedia.objects.get()
    small = picture.get_rendition("width-100")
    waiting = [small.url, picture.file.url, film.file.url, film.captions.get().file.url]
    assert all(url.startswith("/held/") for url in waiting)
    assert [Client().get(url).status_code for url in waiting] == [404] * 4
    assert [desk.get(url).status_code for url in waiting] == [200] * 4
    assert [signed_in.get(url).status_code for url in waiting] == [200] * 4
    owner = Client()
    owner.force_login(holder_of("Subgroup member"))
    assert owner.get(waiting[0]).status_code == 404
    assert files_below(tmp_path / "media") == []

    with django_capture_on_commit_callbacks(execute=True):
        page.get_latest_revision().publish(user=holder_of("Publisher"))
    generation.bump()
    text = Client().get(page.url).text
    assert "/held/" not in text
    public = re.findall(r'(?:src|srcset)="(/media/[^" ]+)', text)
    assert len(public) >= 3
    assert {Client().get(url).status_code for url in public} == {200}
    assert [Client().get(url).status_code for url in waiting] == [404] * 4
    assert files_below(tmp_path / "private" / "held") == []


@pytest.fixture
def waiting_picture(signed_in, post, part):
    """The address of a picture of a post whose page is a draft, and the page."""
    write(signed_in, post, "send", picture_alt="A door", picture=SimpleUploadedFile("a.jpg", files.picture("JPEG")))
    desk = sign_in(Client(), holder_of("Editor"))
    desk.post(desk_address(post), {"act": "page", "edition": edition_of(post)})
    return SiteImage.objects.get().file.url, ResourcePage.objects.get()


def test_a_page_that_is_put_off_keeps_its_files_shut(waiting_picture, django_capture_on_commit_callbacks):
    url, page = waiting_picture
    page.go_live_at = timezone.now() + timedelta(days=7)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish(user=holder_of("Publisher"))
    page.refresh_from_db()
    assert not page.live
    assert SiteImage.objects.get().file.url == url
    assert Client().get(url).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=8)), django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live
    assert Client().get(SiteImage.objects.get().file.url).status_code == 200


@pytest.mark.parametrize("way_out", ["../secret.txt", "%2e%2e/secret.txt", "a/../../secret.txt", ".//../secret.txt"])
def test_what_lies_beside_held_files_has_its_own_door(signed_in, tmp_path, way_out):
    (tmp_path / "private" / "held").mkdir(parents=True)
    (tmp_path / "private" / "secret.txt").write_text("Somebody else's draft")
    assert signed_in.get(f"/held/{way_out}").status_code == 404


def test_a_held_film_is_given_in_parts_as_safari_asks(signed_in, waiting_picture):
    url, _page = waiting_picture
    part = signed_in.get(url, headers={"range": "bytes=0-9"})
    assert part.status_code == 206
    assert len(b"".join(part.streaming_content)) == 10
    assert part.headers["Cache-Control"] == "private, no-store"


def test_publishing_another_page_opens_nothing(signed_in, post, part):
    write(signed_in, post, "send", picture_alt="A door", picture=SimpleUploadedFile("a.jpg", files.picture("JPEG")))
    desk = sign_in(Client(), holder_of("Editor"))
    desk.post(desk_address(post), {"act": "page", "edition": edition_of(post)})
    part.save_revision().publish()
    assert SiteImage.objects.get().file.name.startswith("held/")


def test_a_publication_that_is_undone_has_opened_no_file(waiting_picture, tmp_path, django_capture_on_commit_callbacks):
    _url, page = waiting_picture
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        page.get_latest_revision().publish(user=holder_of("Publisher"))
        transaction.set_rollback(True)
    assert files_below(tmp_path / "media") == []
    assert SiteImage.objects.get().file.name.startswith("held/")


def test_a_file_that_the_storage_kept_back_is_opened_by_the_chore(waiting_picture, django_capture_on_commit_callbacks):
    _url, page = waiting_picture
    page.get_latest_revision().publish(user=holder_of("Publisher"))
    assert SiteImage.objects.get().file.name.startswith("held/")
    chore = dict(chores.items())["media: open files whose page is public"]
    with django_capture_on_commit_callbacks(execute=True):
        assert chore.run() == 1
    assert not SiteImage.objects.get().file.name.startswith("held/")
    assert chore.run() == 0


def test_a_film_says_nothing_of_where_it_was_made(signed_in, post):
    place = b"+51.5390-000.1426/"
    film = SimpleUploadedFile("a.mp4", MP4[:24] + box(b"moov", box(b"udta", box(b"\xa9xyz", place))))
    write(signed_in, post, film=film, film_words="Hello")
    with post.film.open("rb") as kept:
        assert place not in kept.read()
