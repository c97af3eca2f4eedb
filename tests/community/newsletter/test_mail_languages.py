"""The link that confirms, the foot of an issue and the way to stop come in the language of the page somebody used."""

import re

import pytest
from django.core import mail
from django.test import Client

from community.newsletter.models import Contact, Request
from community.newsletter.services.articles import take_in
from community.newsletter.services.dispatch import send_test, start_sending
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
