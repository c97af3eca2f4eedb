"""Officers at their desk: an issue from draft to sent, articles, contacts; and nobody else comes in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from community.newsletter.models import Article, Contact, Issue, IssueItem
from community.newsletter.services.sending import send_due_issues
from foundation.audit.models import Entry
from foundation.registries.newsletter import Piece, PiecesProvider, newsletter_pieces
from tests.community.newsletter.conftest import make_contact, make_issue
from tests.factories.accounts import holder_of, sign_in

pytestmark = pytest.mark.django_db
HEAD = {
    "kind": "newsletter",
    "title": "Winter news",
    "subject": "News for winter",
    "intro": "Hello.",
    "in_archive": "on",
}
PIECE = Piece(
    key="test:1", kind="Event", title="Winter fair", summary="Come along.", path="/en/fair/", when="Friday, 6pm"
)


@pytest.fixture
def desk(officer):
    return sign_in(Client(), officer)


@pytest.fixture(autouse=True)
def _a_piece(monkeypatch):
    provider = PiecesProvider(
        find=lambda words, limit: [PIECE] if words.lower() in PIECE.title.lower() else [],
        piece=lambda key: PIECE if key == PIECE.key else None,
    )
    monkeypatch.setattr(newsletter_pieces, "_entries", {"test": provider})


def new_issue(desk):
    response = desk.post(reverse("newsletter_new"), HEAD)
    assert response.status_code == 302
    return Issue.objects.get(), response.url


def said(desk, url):
    return desk.get(url).content.decode()


def test_an_issue_from_draft_to_archive(desk, officer, mailoutbox):
    make_contact("reader@example.org", "newsletter")
    issue, url = new_issue(desk)
    article = Article.objects.create(
        title="Reading corner", text="Every Thursday.", organisation="Friends", contact_name="S", contact_email="s@example.org",
        state="accepted",
    )  # fmt: skip
    desk.post(url, {"do": "piece", "key": PIECE.key})
    desk.post(url, {"do": "article", "article": article.pk})
    desk.post(url, {"do": "own", "own-title": "Ours", "own-text": "Words.", "own-url": ""})
    assert [item.title for item in issue.items.all()] == ["Winter fair", "Reading corner", "Ours"]
    last = issue.items.last()
    desk.post(url, {"do": "up", "item": last.pk})
    assert [item.title for item in issue.items.all()] == ["Winter fair", "Ours", "Reading corner"]
    first = issue.items.first()
    desk.post(url, {"do": "up", "item": first.pk})
    desk.post(
        reverse("newsletter_item", args=[issue.pk, first.pk]),
        {"title": "Fair", "text": "Short.", "kicker": "", "url": "/x/"},
    )
    assert issue.items.first().title == "Fair"
    page = said(desk, url)
    assert "1 person gets it." in page
    preview = said(desk, reverse("newsletter_preview", args=[issue.pk]))
    assert "Subject:" in preview
    mail_page = desk.get(reverse("newsletter_preview_mail", args=[issue.pk]))
    assert "sandbox" in mail_page.headers["Content-Security-Policy"]
    assert "Fair" in mail_page.content.decode()
    desk.post(url, {"do": "send"})
    assert send_due_issues() == 1
    message = next(m for m in mailoutbox if m.to == ["reader@example.org"])
    assert message.body.index("Fair") < message.body.index("Ours") < message.body.index("Reading corner")
    assert "From Friends" in message.body
    done = said(desk, url)
    assert "Taken by the mail server" in done
    assert "It stands in the archive." in done


def test_a_piece_stands_in_once_and_one_that_is_gone_says_so(desk):
    issue, url = new_issue(desk)
    desk.post(url, {"do": "piece", "key": PIECE.key})
    assert (
        "stands in the issue already" in desk.post(url, {"do": "piece", "key": PIECE.key}, follow=True).content.decode()
    )
    assert "not public any more" in desk.post(url, {"do": "piece", "key": "test:9"}, follow=True).content.decode()
    assert issue.items.count() == 1
    assert "Nothing on the site has these words" in said(desk, f"{url}?words=zzz")


def test_a_test_goes_to_the_officer_alone_and_its_links_stop_nothing(
    desk, officer, mailoutbox, django_capture_on_commit_callbacks
):
    make_contact("reader@example.org", "newsletter")
    _issue, url = new_issue(desk)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url, {"do": "test"})
    assert [message.to for message in mailoutbox] == [[officer.email]]
    assert mailoutbox[0].subject == "Test: News for winter"
    assert "/stop/" not in mailoutbox[0].body


def test_a_colleague_who_saved_first_is_not_overwritten_and_nothing_typed_is_lost(desk):
    issue, url = new_issue(desk)
    seen = {**HEAD, "do": "head", "version": issue.version}
    desk.post(url, {**seen, "title": "First"})
    response = desk.post(url, {**seen, "title": "Second", "intro": "What I typed"})
    assert response.status_code == 409
    assert "A colleague changed this issue meanwhile" in response.content.decode()
    assert "What I typed" in response.content.decode()
    issue.refresh_from_db()
    assert issue.title == "First"


def test_mistakes_are_said_and_what_was_typed_stays(desk):
    issue, url = new_issue(desk)
    page = desk.post(url, {"do": "own", "own-title": "", "own-text": "Typed words", "own-url": "javascript:alert(1)"})
    assert page.status_code == 422
    assert "Typed words" in page.content.decode()
    assert "Start with https://" in page.content.decode()
    page = desk.post(url, {"do": "schedule", "send_at": "tomorrow"})
    assert "Type a day and a time" in page.content.decode()
    page = desk.post(url, {"do": "schedule", "send_at": "2020-01-01T10:00"})
    assert "still to come" in page.content.decode()
    assert issue.items.count() == 0
    response = desk.post(url, {"do": "send"}, follow=True)
    assert "Nobody would get this issue" in response.content.decode()
    assert Issue.objects.get().state == "draft"


def test_a_schedule_can_be_taken_back(desk):
    make_contact("reader@example.org", "newsletter")
    _issue, url = new_issue(desk)
    at = timezone.localtime() + timedelta(days=2)
    desk.post(url, {"do": "schedule", "send_at": at.strftime("%Y-%m-%dT%H:%M")})
    assert Issue.objects.get().state == "scheduled"
    assert desk.post(url, {**HEAD, "do": "head", "version": 1, "title": "Changed"}).status_code == 409
    desk.post(url, {"do": "unschedule"})
    assert Issue.objects.get().state == "draft"
    desk.post(url, {"do": "delete"})
    assert not Issue.objects.exists()


def test_contacts_are_listed_found_added_and_kept_apart_from_consent(desk):
    make_contact("reader@example.org", "newsletter", organisation="Reading Friends")
    page = said(desk, reverse("newsletter_contacts:index"))
    assert "reader@example.org" in page
    assert "newsletter" in page
    form = {"email": "New@Example.org", "kind": "parent", "source": "Rang us"}
    assert desk.post(reverse("newsletter_contacts:add"), form).status_code == 302
    contact = Contact.objects.get(email="new@example.org")
    assert not contact.consents.exists(), "adding somebody gives no right to write to them"
    twice = desk.post(reverse("newsletter_contacts:add"), form).content.decode()
    assert "already" in twice
    url = reverse("newsletter_consent", args=[contact.pk])
    given = {"do": "agree", "purposes": ["newsletter"], "on": "2026-01-05", "how": "paper", "words": "Folder 3"}
    assert "still to come" in desk.post(url, {**given, "on": "2099-01-01"}).content.decode()
    assert "does not count" in desk.post(url, {**given, "on": "2017-01-01"}).content.decode()
    desk.post(url, given)
    consent = contact.consents.get()
    assert (consent.how, str(consent.given_at.date()), consent.recorded_by.email) == (
        "paper",
        "2026-01-05",
        consent.recorded_by.email,
    )
    assert consent.recorded_by is not None
    desk.post(url, {"do": "never"})
    assert "never to write" in desk.post(url, given).content.decode()
    desk.post(url, {"do": "forget"})
    assert not Contact.objects.filter(email="new@example.org").exists()
    other = make_contact("canary-reader@example.org", "newsletter")
    desk.post(
        reverse("newsletter_contacts:edit", args=[other.pk]), {**form, "email": other.email, "name": "Canary Name"}
    )
    desk.post(reverse("newsletter_contacts:delete", args=[other.pk]))
    assert not Contact.objects.filter(pk=other.pk).exists()
    history = str(list(ModelLogEntry.objects.values())) + str(list(Entry.objects.values()))
    assert "canary" not in history.lower(), "no history holds what was deleted"
    assert Entry.objects.filter(action="newsletter.forgotten").count() == 2


def test_the_file_of_contacts_cannot_become_a_formula_and_who_took_it_is_written_down(desk, officer):
    make_contact("reader@example.org", "newsletter", name='=HYPERLINK("https://evil.example")', organisation="@Works")
    response = desk.post(reverse("newsletter_export"))
    content = response.content.decode("utf-8-sig")
    assert "'=HYPERLINK" in content
    assert "'@Works" in content
    assert response.headers["Cache-Control"].count("no-store")
    assert Entry.objects.filter(action="newsletter.exported").count() == 1


def test_segments_are_made_and_counted(desk):
    make_contact("parent@example.org", kind="parent")
    make_contact("other@example.org", kind="other")
    assert desk.post(reverse("newsletter_segments:add"), {"name": "Parents", "kinds": ["parent"]}).status_code == 302
    assert ">1<" in "".join(said(desk, reverse("newsletter_segments:index")).split())


@pytest.mark.parametrize(
    "role", ["Editor", "Publisher", "Registry officer", "Safeguarding lead", "Survey manager", "Administrator"]
)
def test_other_roles_open_no_screen_of_it(role):
    make_contact("reader@example.org", "newsletter")
    issue = make_issue()
    item = IssueItem.objects.get()
    article = Article.objects.create(
        title="T", text="T", organisation="O", contact_name="C", contact_email="c@example.org"
    )
    stranger = sign_in(Client(), holder_of(role))
    addresses = [
        reverse("newsletter_issues"), reverse("newsletter_new"), reverse("newsletter_issue", args=[issue.pk]),
        reverse("newsletter_item", args=[issue.pk, item.pk]), reverse("newsletter_preview", args=[issue.pk]),
        reverse("newsletter_preview_mail", args=[issue.pk]), reverse("newsletter_articles"),
        reverse("newsletter_article", args=[article.pk]), reverse("newsletter_article_picture", args=[1]),
        reverse("newsletter_consent", args=[Contact.objects.get().pk]), reverse("newsletter_import"),
        reverse("newsletter_contacts:index"), reverse("newsletter_contacts:add"), reverse("newsletter_segments:index"),
    ]  # fmt: skip
    for address in addresses:
        response = stranger.get(address)
        assert response.status_code == 403 or (response.status_code, response.url) == (302, "/admin/"), address
    for address in (reverse("newsletter_export"), reverse("newsletter_issue", args=[issue.pk])):
        response = stranger.post(address, {"do": "send"})
        assert response.status_code == 403 or (response.status_code, response.url) == (302, "/admin/"), address
    assert Issue.objects.get().state == "draft"


def test_an_issue_that_waits_says_how_many_get_it_and_is_sent_at_once_in_two_steps(desk):
    make_contact("reader@example.org", "newsletter")
    _issue, url = new_issue(desk)
    later = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    desk.post(url, {"do": "schedule", "send_at": later})
    page = said(desk, url)
    assert "1 person would get it now." in page
    assert page.index("It cannot be called back.") < page.index("Send it to 1 person")


def test_an_issue_that_goes_out_says_how_far_it_is(desk):
    from community.newsletter.models import Delivery

    issue, url = new_issue(desk)
    for number, state in enumerate(("sent", "sent", "refused", "waiting")):
        contact = make_contact(f"reader{number}@example.org", "newsletter")
        Delivery.objects.create(issue=issue, contact=contact, state=state)
    Issue.objects.filter(pk=issue.pk).update(state="paused", prepared_at=timezone.now(), started_at=timezone.now())
    page = said(desk, url)
    assert "3 of 4 are dealt with" in page
    assert '<progress id="far" max="4" value="3">' in page


def test_a_segment_that_an_issue_is_for_stays_and_says_why(desk):
    from community.newsletter.models import Segment

    used, free = Segment.objects.create(name="Used"), Segment.objects.create(name="Free")
    make_issue(segment=used)
    page = desk.post(reverse("newsletter_segments:delete", args=[used.pk]), follow=True).content.decode()
    assert "Issues were written for this segment" in page
    desk.post(reverse("newsletter_segments:delete", args=[free.pk]))
    assert list(Segment.objects.all()) == [used]
