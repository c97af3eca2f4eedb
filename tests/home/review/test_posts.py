"""Young Advisors write posts as drafts; staff ask for changes or make pages of them."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.cache import generation
from foundation.cache.signals import is_shown
from foundation.media.models import SiteImage, SiteMedia
from home.models import Audience, AudiencePage, ResourcePage
from home.review.models import Post, PostRemark
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page, a_page
from tests.foundation.media import files

pytestmark = pytest.mark.django_db
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.PRIVATE_ROOT = str(tmp_path / "private")
    settings.STORAGES = {**settings.STORAGES}  # so that Django makes them anew, in these folders


@pytest.fixture
def part(db):
    audience = Audience.objects.create(slug="young-people", name="Young people")
    return a_page(AudiencePage, under=a_home_page(), title="Young people", slug="young-people", audience=audience)


@pytest.fixture
def signed_in(client, advisor):
    client.force_login(advisor)
    return client


@pytest.fixture
def post(signed_in):
    signed_in.post(reverse("review_post_new"))
    return Post.objects.get()


@pytest.fixture
def publisher_desk(part):
    return sign_in(Client(), holder_of("Publisher"))


def address(post):
    return reverse("review_post", args=[post.pk])


def desk_address(post):
    return reverse("young_advisors_post", args=[post.pk])


def edition_of(post):
    """What stands in the form that staff press."""
    return type(post).objects.get(pk=post.pk).edition


def write(client, post, act="save", **fields):
    post.refresh_from_db()
    given = {"title": "Exams", "text": "They are **hard**.\n\n## Breathe\n\n- in\n- out", "edition": post.edition}
    answer = client.post(address(post), {"act": act, **given, **fields})
    post.refresh_from_db()
    return answer


def test_a_post_is_saved_as_it_is_written_and_only_its_author_sees_it(signed_in, post):
    assert write(signed_in, post, summary="How we feel.").status_code == 303
    assert (post.title, post.summary, post.state) == ("Exams", "How we feel.", "draft")
    assert "How we feel." in signed_in.get(address(post)).text
    other = Client()
    other.force_login(holder_of("Young Advisor"))
    assert other.get(address(post)).status_code == 404
    assert write(other, post, title="Mine now").status_code == 404
    assert "Exams" not in other.get(reverse("review")).text
    assert sign_in(Client(), holder_of("Publisher")).get(desk_address(post)).status_code == 404


def test_a_script_saves_as_they_go(signed_in, post):
    answer = signed_in.post(
        address(post), {"title": "Exams", "text": "They", "edition": 0, "act": "save"}, headers={"x-requested-with": "fetch"}
    )  # fmt: skip
    assert json.loads(answer.content) == {"edition": 1, "errors": []}
    post.refresh_from_db()
    assert post.text == "They"


def test_pressing_new_twice_makes_one_empty_post(signed_in, post):
    signed_in.post(reverse("review_post_new"))
    assert Post.objects.count() == 1


def test_two_open_tabs_lose_nothing(signed_in, post):
    write(signed_in, post, text="From the phone")
    late = write(signed_in, post, text="From the laptop", edition=0)
    assert late.status_code == 409
    assert "From the phone" in late.text
    assert "From the laptop" in late.text
    assert post.text == "From the phone"


@pytest.mark.parametrize(
    ("fields", "words", "kept"),
    [
        ({"title": "a" * 200}, "Please use 120 characters or fewer", "a" * 200),
        ({"text": "b" * 10_500}, "Please use 10000 characters or fewer", "b" * 10_500),
        ({"credited_as": "sam@example.org"}, "not an e-mail address", "sam@example.org"),
        ({"theme": "99999"}, "That theme is not there any more", "They are"),
        ({"picture": SimpleUploadedFile("a.jpg", b"no picture")}, "cannot be read", "They are"),
        ({"film": SimpleUploadedFile("a.mp4", b"no film")}, "not what its name says", "They are"),
        ({"captions": SimpleUploadedFile("a.vtt", b"no captions")}, "begin with the word WEBVTT", "They are"),
    ],
)
def test_bad_input_is_explained_and_the_rest_is_kept(signed_in, post, fields, words, kept):
    answer = write(signed_in, post, **{"summary": "Stays", **fields})
    assert answer.status_code == 422
    assert words in answer.text
    assert kept in answer.text
    assert post.summary == "Stays"


def test_what_is_missing_is_said_before_it_is_sent(signed_in, post):
    for fields, words in (
        ({"title": ""}, "Give it a title"),
        ({"text": ""}, "Write something in the big box"),
        ({"picture": SimpleUploadedFile("a.jpg", files.picture("JPEG"))}, "Say what the picture shows"),
    ):
        answer = write(signed_in, post, "send", **fields)
        assert answer.status_code == 422
        assert words in answer.text
    assert post.state == "draft"


def test_a_film_needs_captions_and_its_words(signed_in, post):
    assert "needs captions" in write(signed_in, post, "send", film=SimpleUploadedFile("a.mp4", MP4)).text
    sent = write(signed_in, post, "send", captions=SimpleUploadedFile("a.vtt", VTT), film_words="Hello")
    assert sent.status_code == 303
    assert post.state == "sent"


def test_files_wait_where_nobody_else_finds_them(signed_in, post):
    write(signed_in, post, picture=SimpleUploadedFile("a.jpg", files.picture("JPEG", gps=True)), picture_alt="A door")
    shown = reverse("review_post_file", args=[post.pk, "picture"])
    answer = signed_in.get(shown)
    assert answer["Content-Type"] == "image/jpeg"
    assert b"GPS" not in b"".join(answer.streaming_content)
    other = Client()
    other.force_login(holder_of("Young Advisor"))
    assert other.get(shown).status_code == 404
    assert Client().get(shown).status_code == 302
    write(signed_in, post, **{"picture-clear": "on"})
    assert not post.picture
    assert signed_in.get(shown).status_code == 404


def test_what_was_sent_is_read_by_the_others_and_changed_by_nobody(signed_in, post):
    write(signed_in, post, "send")
    other = Client()
    other.force_login(holder_of("Young Advisor", display_name="Noor"))
    assert "They are <b>hard</b>" in other.get(address(post)).text
    other.post(reverse("review_post_act", args=[post.pk]), {"act": "say", "text": "So true"})
    text = signed_in.get(address(post)).text
    assert "So true" in text
    assert "Noor" in text
    late = write(signed_in, post, text="Changed after all")
    assert "They are <b>hard</b>" in late.text
    assert post.text.startswith("They are")


def test_staff_ask_for_changes_in_words_that_every_young_advisor_reads(signed_in, post, publisher_desk):
    write(signed_in, post, "send")
    refused = publisher_desk.post(desk_address(post), {"act": "change", "text": ""}, follow=True)
    assert "Write what should change" in refused.text
    publisher_desk.post(desk_address(post), {"act": "change", "text": "Say where to get help"})
    post.refresh_from_db()
    assert post.state == "change"
    assert "Say where to get help" in signed_in.get(address(post)).text
    assert PostRemark.objects.get().is_staff
    assert Entry.objects.filter(action="review.post_sent_back").exists()
    write(signed_in, post, "send", text="Call a helpline.")
    assert post.state == "sent"


def test_staff_put_it_on_the_site_with_picture_film_and_captions(signed_in, post, publisher_desk, advisor):
    write(
        signed_in, post, "send", summary="How we feel.", credited_as="Sam", picture_alt="A door", film_words="Hello",
        picture=SimpleUploadedFile("a.jpg", files.picture("JPEG")), film=SimpleUploadedFile("a.mp4", MP4),
        captions=SimpleUploadedFile("a.vtt", VTT),
    )  # fmt: skip
    assert publisher_desk.post(desk_address(post), {"act": "publish", "edition": edition_of(post)}).status_code == 303
    page = ResourcePage.objects.get(title="Exams")
    text = Client().get(page.url).text
    assert "<b>hard</b>" in text
    assert 'alt="A door"' in text
    assert 'kind="captions"' in text
    assert "Written by a Young Advisor" in text
    assert "Sam" in text
    assert SiteImage.objects.get().description == "A door"
    assert SiteMedia.objects.get().transcript == "Hello"
    assert "on the site" in signed_in.get(reverse("review")).text
    publisher_desk.post(desk_address(post), {"act": "publish", "edition": edition_of(post)})
    assert ResourcePage.objects.count() == 1


def test_what_was_changed_while_staff_were_reading_is_not_published(signed_in, post, publisher_desk):
    write(signed_in, post, "send", text="The words that staff read.")
    read = edition_of(post)
    signed_in.post(reverse("review_post_act", args=[post.pk]), {"act": "take-back"})
    write(signed_in, post, "send", text="A surname nobody read.")
    answer = publisher_desk.post(desk_address(post), {"act": "publish", "edition": read}, follow=True)
    assert "changed while you were reading" in answer.text
    assert not ResourcePage.objects.exists()


def test_an_editor_makes_a_page_that_is_not_public(signed_in, post, part):
    write(signed_in, post, "send")
    desk = sign_in(Client(), holder_of("Editor"))
    assert "Put it on the site now" not in desk.get(desk_address(post)).text
    refused = desk.post(desk_address(post), {"act": "publish", "edition": edition_of(post)})
    assert refused.status_code in (302, 403)
    assert not ResourcePage.objects.exists()
    desk.post(desk_address(post), {"act": "page", "edition": edition_of(post)})
    page = ResourcePage.objects.get()
    assert not page.live
    assert Client().get(page.url).status_code == 404


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


def files_below(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_publishing_another_page_opens_nothing(signed_in, post, part):
    write(signed_in, post, "send", picture_alt="A door", picture=SimpleUploadedFile("a.jpg", files.picture("JPEG")))
    desk = sign_in(Client(), holder_of("Editor"))
    desk.post(desk_address(post), {"act": "page", "edition": edition_of(post)})
    part.save_revision().publish()
    assert SiteImage.objects.get().file.name.startswith("held/")


def test_hostile_markup_comes_out_as_words_or_not_at_all(signed_in, post, publisher_desk):
    hostile = '<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror="alert(3)">'
    write(signed_in, post, "send", title="<b>Exams</b>", text=hostile, credited_as="Sam")
    for text in (signed_in.get(address(post)).text, publisher_desk.get(desk_address(post)).text):
        assert "<script>alert(1)" not in text
        assert 'href="javascript:' not in text
        assert "<img src=x" not in text
    publisher_desk.post(desk_address(post), {"act": "publish", "edition": edition_of(post)})
    public = Client().get(ResourcePage.objects.get().url).text
    assert "<script>alert(1)" not in public
    assert 'href="javascript:' not in public
    assert "<img src=x" not in public


def test_posts_of_a_theme_stand_on_its_page(signed_in, publisher_desk):
    signed_in.post(reverse("review_post_new"))
    theme = Post.objects.get()
    write(signed_in, theme, "send", kind="theme", title="Money")
    publisher_desk.post(desk_address(theme), {"act": "publish", "edition": edition_of(theme)})
    signed_in.post(reverse("review_post_new"))
    one = Post.objects.exclude(pk=theme.pk).get()
    write(signed_in, one, "send", title="Rent", theme=theme.pk)
    publisher_desk.post(desk_address(one), {"act": "publish", "edition": edition_of(one)})
    generation.bump()
    theme.refresh_from_db()
    one.refresh_from_db()
    assert one.page.url in Client().get(theme.page.url).text
    assert theme.page.url in Client().get(one.page.url).text


def test_leaving_takes_the_name_off_what_they_wrote(signed_in, post, publisher_desk, advisor):
    write(signed_in, post, "send", credited_as="Sam")
    publisher_desk.post(desk_address(post), {"act": "publish", "edition": edition_of(post)})
    page = ResourcePage.objects.get()
    assert "Sam" in Client().get(page.url).text
    advisor.groups.clear()
    generation.bump()
    public = Client().get(page.url).text
    assert "Sam" not in public
    assert "Written by a Young Advisor" in public
    assert not is_shown(Post), "a save of a draft must not make the public pages old"


def test_a_deleted_account_takes_unsent_drafts_with_it(signed_in, post, advisor):
    write(signed_in, post)
    advisor.delete()
    assert not Post.objects.exists()


def test_ones_own_draft_can_be_deleted_and_what_was_sent_taken_back(signed_in, post):
    write(signed_in, post, "send")
    act = reverse("review_post_act", args=[post.pk])
    assert "Take it back from the editors first" in signed_in.post(act, {"act": "delete"}, follow=True).text
    signed_in.post(act, {"act": "take-back"})
    other = Client()
    other.force_login(holder_of("Young Advisor"))
    assert other.post(act, {"act": "delete"}).status_code == 404
    signed_in.post(act, {"act": "delete"})
    assert not Post.objects.exists()
