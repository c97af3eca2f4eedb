"""Mails to owners have an HTML part: the same words, no image, nothing that reports back."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from community.register.services.mails import send
from foundation.mail.services import send_due_messages

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
TEMPLATES = sorted(path.stem for path in (ROOT / "templates/email/community").glob("[a-z]*.txt"))
CONTEXT = {
    "setting_name": "Tea & <b>Chess</b>", "link": "https://site.example/en/my-setting/1/?a=1&b=2",
    "confirm_link": "https://site.example/en/my-setting/confirm/x/", "reply": "We asked them.", "reason": "Line one.\nLine two & more.",
    "due": date(2026, 6, 30), "until": timezone.now(), "labels": ["Name", "Costs"],
    "ending": [("Are you insured?", date(2026, 7, 1))], "happenings": [("Tea & <b>Chess</b>", ["Listed", "Changes sent"])],
    "came": 2, "closed_name": "Tea & Go",
}  # fmt: skip


def words_of(html: str) -> list[str]:
    """What a person reads: the body without its tags."""
    body = html[html.index("<body") :]
    return unescape(re.sub(r"<[^>]+>", " ", body)).split()


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_html_part_says_word_for_word_what_the_plain_text_says(template):
    send(to="owner@example.org", subject="News", template=template, **CONTEXT)
    send_due_messages()
    sent = mail.outbox[-1]
    (html, kind), *others = sent.alternatives
    assert kind == "text/html"
    assert not others
    plain = [word for word in sent.body.split() if word != "-"]
    assert words_of(html) == plain


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_html_part_loads_nothing_and_runs_nothing(template):
    send(to="owner@example.org", subject="News", template=template, **CONTEXT)
    send_due_messages()
    html = str(mail.outbox[-1].alternatives[0][0])
    assert not re.search(r"<(img|script|link|iframe|svg|object|video|form)\b|\bsrc=|url\(|@import", html)
    hosts = set(re.findall(r"https?://([^/\"<\s]+)", html))
    assert hosts <= {"site.example"}


def test_a_line_that_is_an_address_is_a_link_and_what_people_typed_stays_text():
    send(to="owner@example.org", subject="News", template="listed", **CONTEXT)
    send_due_messages()
    html = str(mail.outbox[-1].alternatives[0][0])
    assert 'href="https://site.example/en/my-setting/1/?a=1&amp;b=2"' in html
    assert "Tea &amp; &lt;b&gt;Chess" in html
    assert '<html lang="en" dir="ltr">' in html
