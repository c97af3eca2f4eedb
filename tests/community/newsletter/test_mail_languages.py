"""The link that confirms, the foot of an issue and the way to stop come in the language of the page somebody used."""

import re

import pytest
from django.core import mail
from django.test import Client

from community.newsletter.models import Article, Contact, Request, Segment
from community.newsletter.selectors import in_segment
from community.newsletter.services.articles import accept, refuse, take_in
from community.newsletter.services.articles import ask as ask_sender
from community.newsletter.services.dispatch import send_test, start_sending
from community.newsletter.services.issues import add_article
from community.newsletter.services.sending import send_due_issues
from community.newsletter.services.subscribing import ask

from .conftest import make_contact, make_issue
from .test_subscribing import link_in, typed

pytestmark = pytest.mark.django_db
NAME = "Safeguarding children partnership"
ENGLISH = re.compile(r"\b(the|you|your|this|link|mail|open|address|stop|change)\b", re.IGNORECASE)
CODES = pytest.mark.parametrize(("code", "direction"), [("bn", "ltr"), ("ar", "rtl")])


def english_in(text: str) -> list[str]:
    """Words of ours that are English, addresses and the partnership's own name apart."""
    return ENGLISH.findall(re.sub(r"https?://\S+", "", text).replace(NAME, ""))


def html_of(message) -> str:
    return str(message.alternatives[0][0])


@CODES
def test_subscribing_and_stopping_stay_in_one_language(code, direction, django_capture_on_commit_callbacks):
    reader = Client()
    with django_capture_on_commit_callbacks(execute=True):
        assert reader.post(f"/{code}/newsletter/subscribe/", typed(reader)).status_code == 303
    asked = mail.outbox[0]
    assert english_in(f"{asked.subject}\n{asked.body}") == []
    assert f'<html lang="{code}" dir="{direction}">' in html_of(asked)
    path = link_in(asked)
    assert path.startswith(f"/{code}/newsletter/confirm/")
    reader.post(path)
    assert Contact.objects.get().language == code
    with django_capture_on_commit_callbacks(execute=True):
        start_sending(issue=make_issue(), by=None)
    send_due_issues()
    issue = mail.outbox[-1]
    foot = issue.body.rpartition("/issues/autumn-news/")[2]
    assert foot.count("http") == 2
    assert english_in(foot) == []
    assert f'<div lang="{code}" dir="{direction}">' in html_of(issue)
    stop = re.search(r"<https?://[^/]+(/\S+)>", issue.extra_headers["List-Unsubscribe"])[1]
    assert stop.startswith(f"/{code}/newsletter/stop/")
    assert stop in foot
    reader.post(stop)
    assert not Contact.objects.get().consents.filter(withdrawn_at=None).exists()


def test_each_reader_of_one_issue_gets_their_own_foot_and_only_their_own_links(django_capture_on_commit_callbacks):
    for code in ("", "en", "bn", "ar", "xx"):
        make_contact(f"reader-{code or 'none'}@example.org", "newsletter", language=code)
    with django_capture_on_commit_callbacks(execute=True):
        start_sending(issue=make_issue(), by=None)
    send_due_issues()
    languages = {
        message.to[0].split("@")[0]: re.search(r'<div lang="(\w+)"', html_of(message))[1] for message in mail.outbox
    }
    assert languages == {
        "reader-none": "en", "reader-en": "en", "reader-bn": "bn", "reader-ar": "ar", "reader-xx": "en",
    }  # fmt: skip
    assert all("\x02" not in message.body + html_of(message) for message in mail.outbox), "no place is left to fill in"
    stops = {message.extra_headers["List-Unsubscribe"] for message in mail.outbox}
    assert len(stops) == 5


def test_a_test_and_the_preview_have_a_foot_too(officer, django_capture_on_commit_callbacks, client):
    from tests.factories.accounts import sign_in

    issue = make_issue()
    with django_capture_on_commit_callbacks(execute=True):
        send_test(issue=issue, by=officer)
    assert "Stop these mails" in mail.outbox[0].body
    desk = sign_in(client, officer)
    page = desk.get(f"/admin/newsletter/issues/{issue.pk}/preview/mail/").content.decode()
    assert "Stop these mails" in page
    assert "\x02" not in page


@CODES
def test_whoever_sends_an_article_is_thanked_in_the_language_of_the_form(
    code, direction, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        take_in(
            title="ABC", text="Words", organisation="O", link="", contact_name="C", contact_email="c@example.org",
            language=code,
        )  # fmt: skip
    assert english_in(f"{mail.outbox[0].subject}\n{mail.outbox[0].body}") == []
    assert f'dir="{direction}"' in html_of(mail.outbox[0])


def test_a_made_up_language_becomes_the_sites_own(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(email="x@example.org", purposes=["newsletter"], facts={}, words="W", language="")
    assert link_in(mail.outbox[0]).startswith("/en/")
    assert Request.objects.get().facts["language"] == ""


@CODES
def test_an_issue_written_in_another_language_has_its_small_words_direction_and_page_in_it(
    code, direction, django_capture_on_commit_callbacks
):
    make_contact("reader@example.org", "newsletter", language=code)
    article = Article.objects.create(
        title="ABC", text="123", organisation="XYZ", contact_name="C", contact_email="c@example.org", state="accepted"
    )
    issue = make_issue(language=code, title="ABC", subject="ABC", intro="123")
    issue.items.all().delete()
    add_article(issue=issue, article=article)
    with django_capture_on_commit_callbacks(execute=True):
        start_sending(issue=issue, by=None)
    send_due_issues()
    sent = mail.outbox[-1]
    assert english_in(sent.body) == []
    assert "From XYZ" not in sent.body
    assert f'<html lang="{code}" dir="{direction}">' in html_of(sent)
    assert f"/{code}/newsletter/issues/" in sent.body
    page = Client().get(f"/en/newsletter/issues/{issue.slug}/").content.decode()
    assert f'<div lang="{code}" dir="{direction}">' in page
    assert "From XYZ" not in page
    assert f'<div lang="{code}" dir="{direction}">' in Client().get("/en/newsletter/").content.decode()


def test_a_segment_can_be_the_readers_of_one_language():
    for code in ("", "en", "ar"):
        make_contact(f"reader-{code or 'none'}@example.org", "newsletter", language=code)
    found = {
        code: sorted(contact.email for contact in in_segment(Segment.objects.create(name=f"S{code}", language=code)))
        for code in ("", "en", "ar")
    }
    assert len(found[""]) == 3
    assert found["en"] == ["reader-en@example.org", "reader-none@example.org"]
    assert found["ar"] == ["reader-ar@example.org"]


@CODES
def test_whoever_sent_an_article_reads_the_decision_in_the_language_of_the_form(
    code, direction, officer, django_capture_on_commit_callbacks
):
    def one() -> Article:
        return take_in(
            title="ABC", text="123", organisation="O", link="", contact_name="C", contact_email="c@example.org",
            language=code,
        )  # fmt: skip

    with django_capture_on_commit_callbacks(execute=True):
        accept(article=one(), by=officer)
        ask_sender(article=one(), question="123?", by=officer)
        refuse(article=one(), reason="123.", by=officer)
    decided = mail.outbox[1::2]
    assert len(decided) == 3
    for message in decided:
        assert english_in(f"{message.subject}\n{message.body}") == []
        assert f'dir="{direction}"' in html_of(message)
