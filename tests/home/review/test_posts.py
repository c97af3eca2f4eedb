"""Young Advisors write posts as drafts; staff ask for changes or make pages of them."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.cache import generation
from foundation.cache.signals import is_shown
from foundation.media.models import SiteImage, SiteMedia
from foundation.media.webvtt import check_captions
from home.models import ResourcePage
from home.review.models import Post, PostRemark
from home.review.waiting import what_waits
from tests.factories.accounts import holder_of, sign_in
from tests.foundation.media import files

from .writing import MP4, VTT, address, desk_address, edition_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


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
        signed_in, post, "send", summary="How we feel.", credited_as="Samphire", picture_alt="A door", film_words="Hello",
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
    assert "Samphire" in text
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


def test_hostile_markup_comes_out_as_words_or_not_at_all(signed_in, post, publisher_desk):
    hostile = '<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror="alert(3)">'
    write(signed_in, post, "send", title="<b>Exams</b>", text=hostile, credited_as="Samphire")
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
    write(signed_in, post, "send", credited_as="Samphire")
    publisher_desk.post(desk_address(post), {"act": "publish", "edition": edition_of(post)})
    page = ResourcePage.objects.get()
    assert "Samphire" in Client().get(page.url).text
    advisor.groups.clear()
    generation.bump()
    public = Client().get(page.url).text
    assert "Samphire" not in public
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
    assert "for good" in signed_in.post(act, {"act": "delete"}).text
    assert Post.objects.exists()
    signed_in.post(act, {"act": "delete", "sure": "yes"})
    assert not Post.objects.exists()


def test_what_was_typed_on_a_second_page_is_shown_once_the_first_has_sent_it(signed_in, post):
    write(signed_in, post, "send")
    late = write(signed_in, post, text="My better words", film_words="All that is said")
    assert late.status_code == 409
    assert "My better words" in late.text
    assert "All that is said" in late.text
    script = signed_in.post(address(post), {"text": "More", "edition": 1}, headers={"x-requested-with": "fetch"})
    assert script.status_code == 409
    assert "was not saved" in json.loads(script.content)["said"]


def test_staff_do_not_put_it_on_the_site_and_say_why_and_its_author_keeps_it(signed_in, post, publisher_desk):
    write(signed_in, post, "send")
    other = Client()
    other.force_login(holder_of("Young Advisor"))
    assert "Write why" in publisher_desk.post(desk_address(post), {"act": "close", "text": " "}, follow=True).text
    publisher_desk.post(desk_address(post), {"act": "close", "text": "It names a teacher."})
    assert other.get(address(post)).status_code == 404
    assert "It names a teacher." in signed_in.get(address(post)).text
    assert not any(one.title == "Exams" for one in what_waits())
    signed_in.post(reverse("review_post_act", args=[post.pk]), {"act": "take-back"})
    assert write(signed_in, post, "send", title="Exams again").status_code == 303


def test_a_post_whose_author_left_waits_for_the_editors_who_can_close_it(signed_in, post, publisher_desk, advisor):
    write(signed_in, post, "send")
    publisher_desk.post(desk_address(post), {"act": "change", "text": "Shorter, please."})
    assert [one.on for one in what_waits()] == ["Young Advisors"]
    advisor.groups.clear()
    assert [one.on for one in what_waits()] == ["Editors"]
    publisher_desk.post(desk_address(post), {"act": "close", "text": "They left."})
    assert what_waits() == []


def test_words_about_a_post_are_taken_back_by_who_said_them_and_away_by_staff(signed_in, post, publisher_desk):
    write(signed_in, post, "send")
    other = Client()
    other.force_login(holder_of("Young Advisor"))
    act = reverse("review_post_act", args=[post.pk])
    for text in ("Nice", "Only an idiot from 4 Elm Road writes that"):
        other.post(act, {"act": "say", "text": text})
    nice, hurtful = PostRemark.objects.order_by("pk")
    assert signed_in.post(act, {"act": "unsay", "remark": nice.pk}).status_code == 404
    other.post(act, {"act": "unsay", "remark": nice.pk})
    publisher_desk.post(desk_address(post), {"act": "drop", "remark": hurtful.pk})
    assert not PostRemark.objects.exists()
    assert Entry.objects.filter(action="review.post_remark_dropped").count() == 2


def test_who_writes_about_a_post_that_is_taken_back_meanwhile_gets_their_words_again(signed_in, post):
    write(signed_in, post, "send")
    act = reverse("review_post_act", args=[post.pk])
    signed_in.post(act, {"act": "take-back"})
    other = Client()
    other.force_login(holder_of("Young Advisor"))
    late = other.post(act, {"act": "say", "text": "I know this feeling well"})
    assert late.status_code == 409
    assert "I know this feeling well" in late.text
    assert "Exams" not in late.text


def test_captions_are_typed_on_a_phone_and_stand_there_again(signed_in, post, publisher_desk):
    lines = "0:00 Hello <you>\n0:04.500 We asked adults"
    write(signed_in, post, film=SimpleUploadedFile("a.mp4", MP4), film_words="Hello", captions_typed=lines)
    with post.captions.open("rb") as file:
        kept = file.read()
    assert check_captions(io.BytesIO(kept)) == 2
    assert b"00:00:00.000 --> 00:00:04.500\nHello &lt;you&gt;" in kept
    assert "0:04.500 We asked adults" in signed_in.get(address(post)).text
    name = post.captions.name
    assert write(signed_in, post, "send", film_words="Hello", captions_typed=lines).status_code == 303
    assert post.captions.name == name


@pytest.mark.parametrize(
    ("lines", "words"), [("We asked adults", "has no time before it"), ("0:05 a\n0:03 b", "does not begin after")]
)
def test_typed_captions_that_make_no_sense_are_explained_and_kept(signed_in, post, lines, words):
    refused = write(signed_in, post, captions_typed=lines)
    assert refused.status_code == 422
    assert words in refused.text
    assert lines in refused.text.replace("\r\n", "\n")


def test_an_iphone_film_is_refused_with_what_to_do_and_the_words_are_kept(signed_in, post):
    film = SimpleUploadedFile("IMG_0042.MOV", b"\0\0\0\x14ftypqt  " + b"\0" * 40)
    answer = write(signed_in, post, "save", text="What we filmed", film=film)
    assert "Make an MP4 of it" in answer.text
    assert "What we filmed" in answer.text
    post.refresh_from_db()
    assert post.text == "What we filmed"
    assert not post.film
