"""The archive and the feed: what everybody may read, and nothing else."""

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from community.newsletter.models import Issue, IssueItem
from community.newsletter.services import dispatch, issues
from community.newsletter.services.sending import send_leg
from tests.community.newsletter.conftest import make_contact, make_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(mailoutbox):
    make_contact("reader@example.org", "newsletter", name="Canary Reader")
    issue = make_issue()
    dispatch.start_sending(issue=issue, by=None)
    send_leg(issue_id=issue.pk)
    return Issue.objects.get(pk=issue.pk)


def test_a_draft_is_nowhere_and_a_sent_issue_is_in_the_archive_and_the_feed(sent):
    draft = make_issue(title="Still a draft")
    browser = Client()
    listing = browser.get("/en/newsletter/").content.decode()
    assert "Autumn news" in listing
    assert "Still a draft" not in listing
    assert browser.get(f"/en/newsletter/issues/{draft.slug}/").status_code == 404
    page = browser.get(f"/en/newsletter/issues/{sent.slug}/")
    assert "Words about it." in page.content.decode()
    assert 'href="https://example.org/first?a=1&amp;b=2"' in page.content.decode()
    assert not page.cookies
    feed = browser.get("/en/newsletter/feed/")
    assert feed.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    items = fromstring(feed.content).findall("./channel/item")
    assert [item.findtext("title") for item in items] == ["Autumn news"]
    assert items[0].findtext("link").endswith(f"/en/newsletter/issues/{sent.slug}/")
    assert f"/en/newsletter/issues/{sent.slug}/" in browser.get("/sitemap.xml").content.decode()
    assert draft.slug not in browser.get("/sitemap.xml").content.decode()


def test_no_public_byte_names_a_reader(sent):
    for path in ("/en/newsletter/", f"/en/newsletter/issues/{sent.slug}/", "/en/newsletter/feed/", "/sitemap.xml"):
        content = Client().get(path).content.decode()
        assert "reader@example.org" not in content
        assert "Canary" not in content


def test_an_issue_taken_out_of_the_archive_is_gone_at_once(sent, officer):
    dispatch.set_in_archive(issue=sent, is_in=False, by=officer)
    assert Client().get(f"/en/newsletter/issues/{sent.slug}/").status_code == 404
    assert "Autumn news" not in Client().get("/en/newsletter/feed/").content.decode()


def test_script_in_an_issue_runs_nowhere(mailoutbox):
    make_contact("reader@example.org", "newsletter")
    issue = make_issue(
        intro="<script>alert(1)</script> **Bold** [click](javascript:alert(2)) <img src=x onerror=alert(3)>"
    )
    issues.add_own(
        issue=issue, title="<b>Title</b>", text="[ok](https://example.org/ok) ![pic](https://example.org/p.png)"
    )
    IssueItem.objects.filter(title="<b>Title</b>").update(url="javascript:alert(4)")
    dispatch.start_sending(issue=issue, by=None)
    send_leg(issue_id=issue.pk)
    page = Client().get(f"/en/newsletter/issues/{issue.slug}/").content.decode()
    for text in (page, mailoutbox[0].alternatives[0][0]):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text
        assert "<strong>Bold</strong>" in text
        assert "&lt;b&gt;Title" in text
        assert 'href="https://example.org/ok"' in text
        assert "example.org/p.png" not in text or "<img" not in text.split("example.org/p.png")[0][-40:]


def test_the_archive_is_read_in_pages():
    for number in range(14):
        make_contact(f"reader-{number}@example.org", "newsletter")
        dispatch.start_sending(issue=make_issue(title=f"Issue number {number}"), by=None)
    assert Client().get("/en/newsletter/").content.decode().count("cs-dated__title") == 12
    assert Client().get("/en/newsletter/?page=2").content.decode().count("cs-dated__title") == 2


def test_the_page_of_an_issue_asks_few_questions(sent, django_assert_max_num_queries):
    Client().get(f"/en/newsletter/issues/{sent.slug}/")
    with django_assert_max_num_queries(6):
        Client().get(f"/en/newsletter/issues/{sent.slug}/")
    with django_assert_max_num_queries(5):
        Client().get("/en/newsletter/")
