"""An organisation sends an article: cleaned, its pictures drawn anew, decided on by a person, seen by nobody before."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from community.newsletter.models import Article, ArticlePicture
from community.newsletter.services import articles, dispatch, issues
from community.newsletter.services.keeping import forget_what_is_past
from community.newsletter.services.sending import send_leg
from tests.community.newsletter.conftest import make_contact, make_issue
from tests.factories.accounts import sign_in

pytestmark = pytest.mark.django_db
FORM = "/en/newsletter/articles/"
SCRIPT = '<script>alert("x")</script><p onclick="steal()">We opened <b>a garden</b>.</p><iframe src="https://evil.example"></iframe>'


def photo(kind="JPEG", size=(64, 48), place=b"Canary Street"):
    out = io.BytesIO()
    picture = Image.new("RGB", size, "teal")
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x010E] = place.decode()
        picture.save(out, kind, exif=exif)
    else:
        picture.save(out, kind)
    return SimpleUploadedFile(f"canary.{kind.lower()}", out.getvalue(), content_type=f"image/{kind.lower()}")


def send(files=None, **values):
    visitor = Client()
    with time_machine.travel(timezone.now() - timedelta(seconds=30)):
        page = visitor.get(FORM).content.decode()
    typed = {
        "title": "A garden", "text": "We opened a garden.", "organisation": "Green Fingers", "link": "", "agree": "on",
        "contact_name": "Canary Sender", "contact_email": "canary-sender@example.org", "website_address": "",
        "token": re.search(r'name="token" value="([^"]+)"', page)[1], **values,
    }  # fmt: skip
    return visitor.post(FORM, {**typed, **(files or {})})


def test_it_is_thanked_for_kept_and_not_public(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = send({"picture_1": photo(), "shows_1": "A bed of beans"})
    assert (response.status_code, response.url) == (303, "/en/newsletter/articles/thanks/")
    article = Article.objects.get()
    assert (article.title, article.state) == ("A garden", "waiting")
    assert mail.outbox[0].to == ["canary-sender@example.org"]
    picture = article.pictures.get()
    content = picture.file.open("rb").read()
    assert b"Canary" not in content, "what was hidden in the file stays behind"
    assert "canary" not in picture.file.name
    assert Client().get(reverse("newsletter_picture", args=[picture.pk])).status_code == 404


def test_an_article_with_script_in_it_becomes_plain_words_everywhere(
    officer, mailoutbox, django_capture_on_commit_callbacks
):
    send(text=SCRIPT, title="<img src=x onerror=alert(1)>Garden", organisation="<b>Green</b> & Fingers")
    article = Article.objects.get()
    assert "<" not in article.text + article.title + article.organisation
    assert "alert" not in article.text
    desk = sign_in(Client(), officer).get(reverse("newsletter_article", args=[article.pk])).content.decode()
    assert "alert(" not in desk
    with django_capture_on_commit_callbacks(execute=True):
        articles.accept(article=article, by=officer)
    make_contact("reader@example.org", "newsletter")
    issue = make_issue()
    issues.add_article(issue=issue, article=Article.objects.get())
    dispatch.start_sending(issue=issue, by=officer)
    send_leg(issue_id=issue.pk)
    page = Client().get(f"/en/newsletter/issues/{issue.slug}/").content.decode()
    letter = next(message for message in mailoutbox if message.to == ["reader@example.org"])
    for text in (page, letter.alternatives[0][0], letter.body):
        assert "alert(" not in text
        assert "onclick" not in text
        assert "evil.example" not in text
        assert "We opened a garden" in text
        assert "canary" not in text.lower(), "who sent it is nobody's business"


def test_pictures_are_public_with_the_issue_and_never_in_the_mail(officer, mailoutbox):
    send({"picture_1": photo(size=(2400, 1200)), "shows_1": "A bed of beans"})
    article = Article.objects.get()
    articles.accept(article=article, by=officer)
    make_contact("reader@example.org", "newsletter")
    issue = make_issue()
    issues.add_article(issue=issue, article=Article.objects.get())
    address = reverse("newsletter_picture", args=[ArticlePicture.objects.get().pk])
    assert Client().get(address).status_code == 404, "accepted is not yet public"
    dispatch.start_sending(issue=issue, by=officer)
    send_leg(issue_id=issue.pk)
    page = Client().get(f"/en/newsletter/issues/{issue.slug}/").content.decode()
    assert f'src="{address}" alt="A bed of beans"' in page
    response = Client().get(address)
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert max(Image.open(io.BytesIO(b"".join(response.streaming_content))).size) == 1600
    letter = next(message for message in mailoutbox if message.to == ["reader@example.org"])
    assert "<img" not in letter.alternatives[0][0]
    assert "See the pictures" in letter.body


@pytest.mark.parametrize(
    ("files", "values", "words"),
    [
        ({"picture_1": SimpleUploadedFile("a.jpg", b"<svg onload=1>"), "shows_1": "x"}, {}, "This picture cannot be read"),
        ({"picture_1": photo("GIF"), "shows_1": "x"}, {}, "This picture cannot be read"),
        ({"picture_1": photo(), "shows_1": ""}, {}, "Say in a few words what the picture shows"),
        ({}, {"text": ""}, "Type your article"),
        ({}, {"text": "long " * 1000}, "Use 4000 characters or fewer"),
        ({}, {"agree": ""}, "Tick the box if this is so"),
        ({}, {"contact_email": "none"}, "Type an email address like"),
        ({}, {"link": "javascript:alert(1)"}, "Type a web address like"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_in_words_and_what_was_typed_stays(files, values, words):
    response = send(files, organisation="Kept Words", **values)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Kept Words" in response.content.decode()
    assert not Article.objects.exists()
    if files:
        assert "choose the pictures again" in response.content.decode() or "picture" in words


def test_an_officer_asks_accepts_or_refuses_and_the_sender_reads_why(officer, django_capture_on_commit_callbacks):
    send()
    article = Article.objects.get()
    desk, url = sign_in(Client(), officer), reverse("newsletter_article", args=[article.pk])
    page = desk.post(url, {"do": "refuse", "reason": " "})
    assert page.status_code == 422
    assert "Say why" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url, {"do": "ask", "reason": "When do you open?"})
    assert "When do you open?" in mail.outbox[-1].body
    assert mail.outbox[-1].reply_to == [officer.email]
    desk.post(url, {"do": "words", "title": "The garden", "text": "<b>Mended</b> words"})
    article.refresh_from_db()
    assert (article.title, article.text) == ("The garden", "Mended words")
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url, {"do": "refuse", "reason": "It is an advertisement."})
    assert "It is an advertisement." in mail.outbox[-1].body
    assert "already" in desk.post(url, {"do": "accept"}).content.decode()
    article.refresh_from_db()
    assert article.state == "refused"
    assert "Community articles" in desk.get(reverse("newsletter_articles")).content.decode()


def test_old_articles_and_who_sent_them_are_forgotten(officer, django_capture_on_commit_callbacks):
    send({"picture_1": photo(), "shows_1": "x"})
    send(title="Accepted one")
    refused, accepted = Article.objects.get(title="A garden"), Article.objects.get(title="Accepted one")
    articles.refuse(article=refused, reason="No.", by=officer)
    articles.accept(article=accepted, by=officer)
    picture = refused.pictures.get()
    with time_machine.travel(timezone.now() + timedelta(days=91)), django_capture_on_commit_callbacks(execute=True):
        forget_what_is_past()
    assert not Article.objects.filter(pk=refused.pk).exists()
    assert not picture.file.storage.exists(picture.file.name)
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        forget_what_is_past()
    accepted.refresh_from_db()
    assert (accepted.contact_name, accepted.contact_email, accepted.title) == ("", "", "Accepted one")


def test_whoever_sent_one_is_erased_with_their_name_and_what_was_accepted_stays(officer):
    from foundation.personal.erasure import erase_address

    send()
    send(title="Accepted one")
    accepted = Article.objects.get(title="Accepted one")
    articles.accept(article=accepted, by=officer)
    erase_address(email="canary-sender@example.org", by=officer)
    left = Article.objects.get()
    assert (left.title, left.contact_name, left.contact_email) == ("Accepted one", "", "")


def test_a_moving_picture_is_refused_before_its_frames_fill_the_memory():
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("teal", "plum", "gold")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    moving = SimpleUploadedFile("moving.webp", out.getvalue(), content_type="image/webp")
    response = send({"picture_1": moving, "shows_1": "Colours"})
    assert response.status_code == 422
    assert not Article.objects.exists()


def test_nothing_is_drawn_while_something_else_is_to_be_mended(monkeypatch):
    def drawn(file):
        raise AssertionError("drawn for a form that is refused anyway")

    monkeypatch.setattr("community.newsletter.forms.for_the_newsletter", drawn)
    response = send({"picture_1": photo(), "shows_1": "A bed of beans"}, title="")
    assert response.status_code == 422
    assert "choose the pictures again" in response.content.decode()


def test_a_link_cannot_hold_the_mark_where_a_readers_own_address_goes():
    response = send(link="https://evil.example/?r=\x02preferences\x02")
    assert response.status_code == 422
    assert not Article.objects.exists()


def test_one_picture_is_taken_out_for_good_and_the_article_stays(officer, django_capture_on_commit_callbacks):
    send({"picture_1": photo(), "shows_1": "A bed of beans", "picture_2": photo(), "shows_2": "Somebody's face"})
    article = Article.objects.get()
    stays, goes = article.pictures.all()
    desk, url = sign_in(Client(), officer), reverse("newsletter_article", args=[article.pk])
    assert "Delete this picture for good" in desk.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url, {"do": "picture", "picture": goes.pk})
    assert [picture.description for picture in article.pictures.all()] == ["A bed of beans"]
    assert stays.file.storage.exists(stays.file.name)
    assert not goes.file.storage.exists(goes.file.name)
    assert desk.post(url, {"do": "picture", "picture": goes.pk}).status_code == 404


def test_a_picture_that_is_taken_out_after_an_issue_went_is_gone_from_the_archive(
    officer, django_capture_on_commit_callbacks
):
    send({"picture_1": photo(), "shows_1": "Somebody's face"})
    article = Article.objects.get()
    articles.accept(article=article, by=officer)
    make_contact("reader@example.org", "newsletter")
    issue = make_issue()
    issues.add_article(issue=issue, article=Article.objects.get())
    dispatch.start_sending(issue=issue, by=officer)
    picture = ArticlePicture.objects.get()
    address = reverse("newsletter_picture", args=[picture.pk])
    assert address in Client().get(f"/en/newsletter/issues/{issue.slug}/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        articles.remove_picture(picture=picture, by=officer)
    page = Client().get(f"/en/newsletter/issues/{issue.slug}/").content.decode()
    assert address not in page
    assert "A garden" in page
    assert Client().get(address).status_code == 404
