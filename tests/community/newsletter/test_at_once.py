"""Two people, or two workers, in the same moment: nothing is sent twice, and no press on "stop" is lost.

One has written and not yet committed; the other begins in a connection of its own, waits, and goes on from there. Where
a mail is in the hands of a worker nothing may wait for it: there the worker stands still while somebody else acts.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from community.newsletter.carriers import Answer, Outcome
from community.newsletter.errors import Forgotten, LinkDoesNotWork, NewsletterError, StepNotAllowed
from community.newsletter.links import preferences_token
from community.newsletter.models import Consent, Contact, Delivery, Issue, Request
from community.newsletter.selectors.issues import delivery_counts
from community.newsletter.services import consents, dispatch, issues, sending, subscribing
from community.newsletter.services.importing import import_contacts, read_contacts
from community.newsletter.services.versions import start_version
from community.newsletter.states import DeliveryState, How, IssueState
from foundation.accounts.links.tokens import token_hash
from foundation.audit.models import Entry
from tests.meanwhile import LONGEST, before_it_ends

from .conftest import make_contact, make_issue

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
ADDRESS = "amina@example.org"


def agreed() -> list[str]:
    """What is agreed to at this moment."""
    return sorted(Consent.objects.filter(withdrawn_at=None).values_list("purpose", flat=True))


def written(action: str) -> int:
    """How often the trail says so."""
    return Entry.objects.filter(action=action).count()


def link_for(address: str, *purposes: str) -> str:
    """The secret of a link that waits for its click."""
    subscribing.ask(email=address, purposes=list(purposes), facts={}, words="A test")
    request = Request.objects.latest("pk")
    Request.objects.filter(pk=request.pk).update(
        token_hash=token_hash(f"secret-{request.pk}", purpose=subscribing.PURPOSE)
    )
    return f"secret-{request.pk}"


class TestConsents:
    def test_stop_pressed_while_the_same_person_agrees_ends_that_too(self):
        contact = make_contact(ADDRESS)
        stop = {"contact": contact, "purposes": ["newsletter"], "how": How.ONE_CLICK}
        with before_it_ends(lambda: consents.take_back(**stop)) as other:
            consents.agree(contact=contact, purposes=["newsletter"], how=How.PREFERENCES)
        assert other.waited
        assert other.result == ["newsletter"]
        assert agreed() == []

    def test_stop_pressed_twice_at_once_is_written_down_once(self):
        contact = make_contact(ADDRESS, "newsletter")
        stop = {"contact": contact, "purposes": ["newsletter"]}
        with before_it_ends(lambda: consents.take_back(how=How.LINK, **stop)) as other:
            consents.take_back(how=How.ONE_CLICK, **stop)
        assert other.waited
        assert other.result == []
        assert Consent.objects.get().withdrawn_how == How.ONE_CLICK
        assert written("newsletter.took_back") == 1

    def test_save_pressed_twice_at_once_agrees_once(self):
        contact = make_contact(ADDRESS)
        save = {"contact": contact, "wanted": ["newsletter", "training"], "words": "Two boxes"}
        with before_it_ends(lambda: consents.choose(**save)) as other:
            consents.choose(**save)
        assert other.waited
        assert other.raised is None
        assert (agreed(), Consent.objects.count()) == (["newsletter", "training"], 2)

    def test_choices_saved_while_stop_is_pressed_show_what_was_saved_last(self):
        contact = make_contact(ADDRESS, "newsletter", "bulletin")
        save = {"contact": contact, "wanted": ["bulletin"], "words": "One box"}
        with before_it_ends(lambda: consents.choose(**save)) as other:
            consents.take_back(contact=contact, how=How.ONE_CLICK)
        assert other.waited
        assert agreed() == ["bulletin"]
        assert Consent.objects.filter(purpose="newsletter").get().withdrawn_how == How.ONE_CLICK

    def test_staff_cannot_write_down_a_consent_of_who_asks_never_to_be_written_to(self, officer):
        contact = make_contact(ADDRESS)
        paper = {"on": timezone.localdate(), "how": How.PAPER, "words": "Folder 3", "by": officer}
        with before_it_ends(lambda: consents.write_down(contact=contact, purposes=["newsletter"], **paper)) as other:
            consents.never_write(contact=Contact.objects.get(), how=How.LINK)
        assert other.waited
        assert isinstance(other.raised, NewsletterError)
        assert agreed() == []

    def test_an_address_that_dies_at_that_moment_is_not_brought_back_by_a_choice(self):
        contact = make_contact(ADDRESS)
        with before_it_ends(lambda: consents.choose(contact=contact, wanted=["training"], words="A box")) as other:
            Contact.objects.update(suppressed_at=contact.created_at, suppressed_why=Contact.Suppressed.BOUNCED)
        assert other.waited
        assert Contact.objects.get().suppressed_why == Contact.Suppressed.BOUNCED
        assert agreed() == []

    def test_who_has_everything_deleted_is_not_brought_back_by_another_page(self):
        contact = make_contact(ADDRESS, "newsletter")
        with before_it_ends(lambda: consents.choose(contact=contact, wanted=["training"], words="A box")) as other:
            consents.forget(contact=Contact.objects.get())
        assert other.waited
        assert isinstance(other.raised, Forgotten)
        assert Contact.objects.count() == 0

    def test_the_page_says_that_its_link_is_dead(self, client):
        contact = make_contact(ADDRESS, "newsletter")
        path = reverse("newsletter:preferences", args=[preferences_token(contact.key)])
        assert client.get(path).status_code == 200
        with before_it_ends(lambda: client.post(path, {"purposes": ["training"]})) as other:
            consents.forget(contact=Contact.objects.get())
        assert other.waited
        assert other.result.status_code == 404
        assert "does not work" in other.result.content.decode()


class TestConfirming:
    def test_the_button_pressed_twice_at_once_agrees_once_and_not_again_after_stop(self):
        secret = link_for(ADDRESS, "newsletter")
        with before_it_ends(lambda: subscribing.confirm(token=secret)) as other:
            first = subscribing.confirm(token=secret)
            consents.take_back(contact=first, how=How.LINK)
        assert other.waited
        assert other.result == first
        assert agreed() == []
        assert (Consent.objects.count(), written("newsletter.agreed")) == (1, 1)

    def test_two_links_of_one_new_address_make_one_contact_with_both_consents(self):
        one, two = link_for(ADDRESS, "newsletter"), link_for(ADDRESS, "training")
        with before_it_ends(lambda: subscribing.confirm(token=two)) as other:
            first = subscribing.confirm(token=one)
        assert other.waited
        assert other.result == first
        assert agreed() == ["newsletter", "training"]

    def test_who_is_deleted_at_that_moment_is_not_brought_back_by_an_old_link(self):
        contact = make_contact(ADDRESS, "newsletter")
        secret = link_for(ADDRESS, "training")
        with before_it_ends(lambda: subscribing.confirm(token=secret)) as other:
            consents.forget(contact=contact)
        assert other.waited
        assert isinstance(other.raised, LinkDoesNotWork)
        assert Contact.objects.count() == 0


class TestBringingIn:
    LIST = f"email,agreed to,agreed on,agreed how\n{ADDRESS},newsletter,2026-01-05,Paper 3\nben@example.org,,,\n"

    def bring_in(self, officer):
        rows = read_contacts(name="list.csv", content=self.LIST.encode())
        return import_contacts(rows=rows, source="A list", by=officer)

    def test_of_two_who_bring_in_one_list_the_second_reads_a_clear_word(self, officer):
        with before_it_ends(lambda: self.bring_in(officer)) as other:
            self.bring_in(officer)
        assert other.waited
        assert isinstance(other.raised, NewsletterError)
        assert "Look once more" in str(other.raised)
        assert Contact.objects.count() == 2
        assert self.bring_in(officer).made == 0

    def test_a_list_does_not_bring_back_what_is_taken_back_at_that_moment(self, officer):
        contact = make_contact(ADDRESS, "newsletter")
        with before_it_ends(lambda: self.bring_in(officer)) as other:
            consents.take_back(contact=contact, how=How.ONE_CLICK)
        assert other.waited
        assert other.raised is None
        assert agreed() == []


class Hand:
    """A mail server's place: takes each mail, and can hold one until it is let go."""

    def __init__(self, hold: int = 0) -> None:
        self.hold, self.taken = hold, list[str]()
        self.has_one, self.let_go = threading.Event(), threading.Event()

    def open(self) -> None: ...

    def close(self) -> None: ...

    def carry(self, mail) -> Answer:
        self.taken.append(mail.to)
        if len(self.taken) == self.hold:
            self.has_one.set()
            assert self.let_go.wait(LONGEST), "nobody let the mail go"
        return Answer(Outcome.TAKEN)


@contextmanager
def a_worker_with_a_mail_in_hand(issue: Issue, hand: Hand) -> Iterator[None]:
    """Another worker sends, and stands still with one mail; after the block it goes on and ends."""

    def work() -> None:
        try:
            sending.send_leg(issue_id=issue.pk, carrier=hand)
        finally:
            hand.has_one.set()
            connections.close_all()

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        assert hand.has_one.wait(LONGEST), "the worker never got that far"
        yield
    finally:
        hand.let_go.set()
        worker.join(LONGEST)
    assert not worker.is_alive(), "the worker still works"


@pytest.fixture
def going() -> Issue:
    """An issue for five people, ready to go: no worker has touched it."""
    for number in range(5):
        make_contact(f"reader{number}@example.org", "newsletter")
    issue = make_issue()
    Issue.objects.filter(pk=issue.pk).update(state=IssueState.SENDING, html="<p>News", text="News")
    issue.refresh_from_db()
    return issue


def state_of(issue: Issue) -> str:
    return Issue.objects.values_list("state", flat=True).get(pk=issue.pk)


class TestSending:
    def test_two_workers_share_an_issue_and_nobody_gets_it_twice(self, going):
        slow, quick = Hand(hold=2), Hand()
        with a_worker_with_a_mail_in_hand(going, slow):
            # The slow one has read all five already, and holds the second.
            sending.send_leg(issue_id=going.pk, carrier=quick)
            assert len(quick.taken) == 3
            assert state_of(going) == IssueState.SENDING, "it is not over while a mail is in somebody's hand"
        assert len(slow.taken) == 2
        assert sorted(slow.taken + quick.taken) == [f"reader{number}@example.org" for number in range(5)]
        assert delivery_counts(going)["sent"] == 5
        assert state_of(going) == IssueState.SENT

    def test_of_two_workers_at_one_mail_the_database_lets_one_have_it(self, going):
        sending.send_leg(issue_id=going.pk, carrier=Hand(), most=0)
        row, other_hand = Delivery.objects.order_by("pk")[0], Hand()
        with before_it_ends(lambda: sending.send_leg(issue_id=going.pk, carrier=other_hand)) as other:
            claim = [DeliveryState.GOING, sending._now(), row.pk, DeliveryState.WAITING, IssueState.SENDING]
            assert sending._run(sending.CLAIM, *claim) == 1
        assert other.waited
        assert other.raised is None
        assert row.contact.email not in other_hand.taken
        assert len(other_hand.taken) == 4

    def test_pause_does_not_wait_for_the_worker_and_one_mail_at_most_follows(self, going, officer):
        hand = Hand(hold=2)
        with a_worker_with_a_mail_in_hand(going, hand):
            dispatch.pause(issue=going, by=officer)
            assert state_of(going) == IssueState.PAUSED
        assert len(hand.taken) == 2, "the mail in hand went, and no other"
        counts = delivery_counts(going)
        assert (counts["sent"], counts["waiting"], counts["going"]) == (2, 3, 0)
        assert state_of(going) == IssueState.PAUSED

    def test_paused_and_continued_while_a_worker_holds_a_mail_nobody_gets_it_twice(self, going, officer, mailoutbox):
        slow = Hand(hold=2)
        with a_worker_with_a_mail_in_hand(going, slow):
            dispatch.pause(issue=going, by=officer)
            dispatch.resume(issue=going, by=officer)
            assert len(mailoutbox) == 3, "going on begins at once, with a worker of its own"
        everybody = slow.taken + [mail.to[0] for mail in mailoutbox]
        assert len(everybody) == len(set(everybody)) == 5
        assert state_of(going) == IssueState.SENT

    def test_pause_pressed_at_the_very_end_is_not_overwritten(self, going, officer):
        sending.send_leg(issue_id=going.pk, carrier=Hand(), most=0)
        Delivery.objects.update(state=DeliveryState.SENT)
        with before_it_ends(lambda: sending.send_leg(issue_id=going.pk, carrier=Hand())) as other:
            dispatch.pause(issue=going, by=officer)
        assert other.waited
        assert state_of(going) == IssueState.PAUSED
        assert written("newsletter.sent") == 0

    def test_pause_pressed_twice_at_once_is_done_once(self, going, officer):
        with before_it_ends(lambda: dispatch.pause(issue=going, by=officer)) as other:
            dispatch.pause(issue=going, by=officer)
        assert other.waited
        assert isinstance(other.raised, StepNotAllowed)
        assert written("newsletter.paused") == 1


class TestBeginning:
    def test_two_officers_send_once(self, officer):
        make_contact(ADDRESS, "newsletter")
        issue = make_issue()
        with before_it_ends(lambda: dispatch.start_sending(issue=issue, by=officer)) as other:
            dispatch.start_sending(issue=issue, by=officer)
        assert other.waited
        assert isinstance(other.raised, StepNotAllowed)
        assert written("newsletter.sending") == 1

    def test_what_is_put_in_while_it_begins_is_refused_and_in_no_mail(self, officer):
        make_contact(ADDRESS, "newsletter")
        issue = make_issue()
        with before_it_ends(lambda: issues.add_own(issue=issue, title="Too late", text="Words")) as other:
            dispatch.start_sending(issue=issue, by=officer)
        assert other.waited
        assert isinstance(other.raised, StepNotAllowed)
        assert list(issue.items.values_list("title", flat=True)) == ["A first thing"]

    def test_an_issue_that_begins_gets_no_version_whose_readers_it_goes_to(self, officer):
        make_contact(ADDRESS, "newsletter", language="bn")
        issue = make_issue()
        with before_it_ends(lambda: start_version(issue=issue, language="bn", by=officer)) as other:
            dispatch.start_sending(issue=issue, by=officer)
        assert other.waited
        assert isinstance(other.raised, StepNotAllowed)
        assert Issue.objects.count() == 1

    def test_a_schedule_taken_back_while_the_clock_begins_sends_nothing(self, officer):
        make_contact(ADDRESS, "newsletter")
        issue = make_issue()
        moment = issue.created_at
        Issue.objects.filter(pk=issue.pk).update(state=IssueState.SCHEDULED, send_at=moment)
        with before_it_ends(sending.send_due_issues) as other:
            dispatch.back_to_draft(issue=issue, by=officer)
        assert other.waited
        assert Delivery.objects.count() == 0
        assert state_of(issue) == IssueState.DRAFT
