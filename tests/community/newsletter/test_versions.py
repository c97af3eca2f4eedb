"""An issue in several languages: everybody gets the one in theirs, and nobody gets two."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from community.newsletter.errors import NewsletterError, StepNotAllowed
from community.newsletter.models import Contact, Delivery, Issue, Segment
from community.newsletter.selectors.contacts import recipients_of
from community.newsletter.services import dispatch, issues
from community.newsletter.services.sending import send_due_issues
from community.newsletter.services.versions import languages_left, start_version
from tests.factories.accounts import give_authenticator, sign_in

from .conftest import make_contact, make_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers():
    """Who reads what: nothing told, the site's own, Bengali, Arabic."""
    return {
        name: make_contact(f"{name}@example.org", "newsletter", language=language)
        for name, language in (("untold", ""), ("english", "en"), ("bengali", "bn"), ("arabic", "ar"))
    }


@pytest.fixture
def desk(client, officer):
    give_authenticator(officer)
    return sign_in(client, officer)


def who_gets(issue):
    return sorted(contact.email.partition("@")[0] for contact in recipients_of(Issue.objects.get(pk=issue.pk)))


def test_a_version_has_the_words_and_the_items_in_their_order(officer):
    issue = make_issue(intro="Hello.")
    issues.add_own(issue=issue, title="A second thing", text="More words.")
    issues.move_item(item=issue.items.last(), up=True)
    version = start_version(issue=issue, language="bn", by=officer)
    assert (version.language, version.title, version.intro, version.state) == ("bn", "Autumn news", "Hello.", "draft")
    assert [item.title for item in version.items.all()] == ["A second thing", "A first thing"]
    issues.change_item(item=version.items.first(), values={"title": "দ্বিতীয়"})
    assert [item.title for item in issue.items.all()] == ["A second thing", "A first thing"]


def test_each_reader_gets_the_version_in_their_language_and_everybody_else_the_first_one(readers, officer):
    issue = make_issue()
    assert who_gets(issue) == ["arabic", "bengali", "english", "untold"]
    version = start_version(issue=issue, language="bn", by=officer)
    assert who_gets(issue) == ["arabic", "english", "untold"]
    assert who_gets(version) == ["bengali"]
    third = start_version(issue=version, language="ar", by=officer)
    assert third.version_of == issue
    assert who_gets(issue) == ["english", "untold"]
    assert who_gets(third) == ["arabic"]
    issues.delete_draft(issue=version, by=officer)
    assert who_gets(issue) == ["bengali", "english", "untold"]


def test_an_issue_written_in_bengali_first_can_have_a_version_in_the_sites_own_language(readers, officer):
    issue = make_issue(language="bn")
    version = start_version(issue=issue, language="en", by=officer)
    assert who_gets(version) == ["english", "untold"]
    assert who_gets(issue) == ["arabic", "bengali"]


def test_it_stays_within_the_segment_and_within_what_was_agreed(readers, officer):
    make_contact("nothing@example.org", language="bn")
    make_contact("parent@example.org", "newsletter", language="bn", kind="parent")
    issue = make_issue(segment=Segment.objects.create(name="Parents", kinds=["parent"]))
    version = start_version(issue=issue, language="bn", by=officer)
    assert who_gets(version) == ["parent"]
    assert who_gets(issue) == []


def test_both_are_sent_and_nobody_gets_two_even_who_changes_their_language_between(readers, officer, mailoutbox):
    issue = make_issue()
    version = start_version(issue=issue, language="bn", by=officer)
    dispatch.start_sending(issue=issue, by=officer)
    send_due_issues()
    Contact.objects.filter(pk=readers["english"].pk).update(language="bn")
    assert who_gets(version) == ["bengali"]
    dispatch.start_sending(issue=version, by=officer)
    send_due_issues()
    got = [mail.to[0] for mail in mailoutbox]
    assert len(got) == len(set(got)) == 4
    assert set(Delivery.objects.filter(issue=version).values_list("contact__email", flat=True)) == {
        "bengali@example.org"
    }


def test_once_it_went_out_there_is_no_version_to_make(readers, officer):
    issue = make_issue()
    dispatch.start_sending(issue=issue, by=officer)
    assert languages_left(issue) == []
    with pytest.raises(StepNotAllowed):
        start_version(issue=issue, language="bn", by=officer)
    assert Issue.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "bn", "xx", ""])
def test_a_language_stands_once_and_is_one_of_the_sites(officer, language):
    issue = make_issue()
    start_version(issue=issue, language="bn", by=officer)
    with pytest.raises(NewsletterError):
        start_version(issue=issue, language=language, by=officer)
    assert Issue.objects.count() == 2


def test_the_database_holds_one_version_a_language(officer):
    issue = make_issue()
    version = start_version(issue=issue, language="bn", by=officer)
    with pytest.raises(IntegrityError):
        issues.start_issue(
            kind="newsletter", title="x", subject="x", by=None, language="bn", version_of=version.version_of
        )


def test_the_first_one_is_not_deleted_from_under_its_versions(officer):
    issue = make_issue()
    start_version(issue=issue, language="bn", by=officer)
    with pytest.raises(StepNotAllowed):
        issues.delete_draft(issue=issue, by=officer)
    assert Issue.objects.count() == 2


def test_on_the_workbench(desk, readers):
    issue = make_issue()
    path = reverse("newsletter_issue", args=[issue.pk])
    assert "Make this issue in another language" in desk.get(path).content.decode()
    answer = desk.post(path, {"do": "version", "language": "bn"})
    version = issue.versions.get()
    there = reverse("newsletter_issue", args=[version.pk])
    assert answer.url == there
    page = desk.get(there).content.decode()
    assert "1 person gets it." in page
    assert path in page
    assert "3 people get it." in desk.get(path).content.decode()
    # Who gets which hangs on the language, so the head does not change it.
    head = {
        "do": "head",
        "kind": "newsletter",
        "title": "শরৎ",
        "subject": "শরৎ",
        "language": "en",
        "version": version.version,
    }
    desk.post(there, head)
    version.refresh_from_db()
    assert (version.title, version.language) == ("শরৎ", "bn")
    again = desk.post(path, {"do": "version", "language": "bn"}, follow=True).content.decode()
    assert "written in that language already" in again
