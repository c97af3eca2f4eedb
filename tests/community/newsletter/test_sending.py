"""An issue goes out: each recipient once, whatever dies on the way."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from community.newsletter.carriers import Answer, Outcome
from community.newsletter.errors import NothingToSend, StepNotAllowed
from community.newsletter.models import Contact, Delivery, Issue, LinkCount, NewsletterSettings
from community.newsletter.selectors.issues import delivery_counts
from community.newsletter.services import dispatch, issues, sending
from community.newsletter.services.consents import take_back
from community.newsletter.services.sending import MOST_SERVER_FAULTS, send_due_issues, send_leg
from community.newsletter.states import DeliveryState, IssueState
from tests.community.newsletter.conftest import make_contact, make_issue

pytestmark = pytest.mark.django_db


def people(number, *purposes):
    return [make_contact(f"person-{n:03}@example.org", *(purposes or ("newsletter",))) for n in range(number)]


def started(issue=None, by=None):
    """Sending has begun, and nothing has left yet."""
    issue = issue or make_issue()
    dispatch.start_sending(issue=issue, by=by)
    issue.refresh_from_db()
    return issue


def states(issue):
    return sorted(issue.deliveries.values_list("contact__email", "state"))


def test_everybody_who_agreed_gets_one_mail_with_a_button_to_stop(smtp):
    server = smtp()
    people(3)
    make_contact("only-bulletins@example.org", "bulletin")
    make_contact("listed@example.org")
    issue = started()
    leg = send_leg(issue_id=issue.pk)
    issue.refresh_from_db()
    assert (leg.sent, issue.state) == (3, IssueState.SENT)
    assert sorted(server.recipients()) == [f"person-{n:03}@example.org" for n in range(3)]
    message = server.messages()[0]
    assert message["Subject"] == "News for autumn"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html, text = (message.get_body((kind,)).get_content() for kind in ("html", "plain"))
    stop = message["List-Unsubscribe"].strip(" <>\r\n")
    assert stop in html
    assert stop in text
    assert "Words about it." in html
    assert "Words about it." in text
    assert "https://example.org/first?a=1&b=2" in text
    assert "<img" not in html, "a picture could tell that the mail was opened"
    assert "src=" not in html
    assert "\x02" not in html + text
    addresses = {urlsplit(m["List-Unsubscribe"].strip(" <>\r\n")).path for m in server.messages()}
    assert len(addresses) == 3, "each reader has a link of their own"
    assert all("@" not in address for address in addresses), "no link says whose it is"


def test_the_mail_programmes_button_stops_the_mails_and_a_second_press_says_the_same(smtp):
    server = smtp()
    (person,) = people(1, "newsletter", "bulletin")
    send_leg(issue_id=started().pk)
    path = urlsplit(server.messages()[0]["List-Unsubscribe"].strip(" <>\r\n")).path
    assert Client().get(path).status_code == 200
    assert person.consents.filter(withdrawn_at=None).count() == 2, "looking stops nothing"
    first, second = (Client().post(path, {"List-Unsubscribe": "One-Click"}) for _each in range(2))
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert not first.cookies
    ended = person.consents.get(purpose="newsletter")
    assert ended.withdrawn_how == "one-click"
    assert person.consents.get(purpose="bulletin").withdrawn_at is None, "what they still want goes on"


def test_pressing_send_twice_sends_once(smtp):
    server = smtp()
    people(2)
    issue = started()
    with pytest.raises(StepNotAllowed, match="going out already"):
        dispatch.start_sending(issue=issue, by=None)
    for _each in range(3):
        send_leg(issue_id=issue.pk)
    assert len(server.taken) == 2


def test_a_mail_server_that_dies_half_way_is_waited_for_and_nobody_gets_it_twice(smtp):
    first = smtp(dies_after=4)
    people(10)
    issue = started()
    assert send_leg(issue_id=issue.pk).sent == 4
    first.stop()
    issue.refresh_from_db()
    assert issue.state == IssueState.SENDING
    assert issue.server_faults == 1
    assert issue.next_try_at > timezone.now()
    assert delivery_counts(issue)["waiting"] == 6
    assert send_leg(issue_id=issue.pk).sent == 0, "it is not asked again before its time"
    second = smtp()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        send_due_issues()
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT
    assert sorted(first.recipients() + second.recipients()) == [f"person-{n:03}@example.org" for n in range(10)]


def test_a_server_that_dies_before_it_answers_leaves_one_mail_unsure_and_it_is_not_sent_again(smtp):
    first = smtp(dies_after=3, dies_before_answer=True)
    people(5)
    issue = started()
    send_leg(issue_id=issue.pk)
    first.stop()
    counts = delivery_counts(issue)
    assert (counts["sent"], counts["unsure"], counts["waiting"]) == (2, 1, 2)
    second = smtp()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        send_due_issues()
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT
    assert issue.totals["unsure"] == 1
    assert len(second.taken) == 2
    assert not set(first.recipients()) & set(second.recipients())


def test_a_connection_that_the_server_closes_after_some_mails_is_opened_anew(smtp):
    server = smtp(hangs_up_after=2)
    people(5)
    issue = started()
    assert send_leg(issue_id=issue.pk).sent == 5
    assert server.connections == 3
    assert len(set(server.recipients())) == 5


def test_a_server_that_is_never_there_pauses_the_issue_after_a_day_and_says_so(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    people(1)
    issue = started()
    now = timezone.now()
    waits = []
    for _each in range(MOST_SERVER_FAULTS):
        with time_machine.travel(now, tick=False):
            send_leg(issue_id=issue.pk)
        issue.refresh_from_db()
        waits.append(issue.next_try_at - now)
        now = issue.next_try_at
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
    assert issue.state == IssueState.PAUSED
    assert delivery_counts(issue)["waiting"] == 1, "nothing is lost"


class Dying:
    """A carrier whose worker is killed while it hands over the third mail."""

    def __init__(self):
        self.carried = []

    def open(self):
        pass

    def close(self):
        pass

    def carry(self, mail):
        self.carried.append(mail.to)
        if len(self.carried) == 3:
            raise KeyboardInterrupt
        return Answer(Outcome.TAKEN)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_sends_nothing_twice(smtp):
    people(6)
    issue = started()
    Delivery.objects.all().delete()
    Issue.objects.filter(pk=issue.pk).update(prepared_at=None, state=IssueState.SENDING, finished_at=None)
    killed = Dying()
    with pytest.raises(KeyboardInterrupt):
        send_leg(issue_id=issue.pk, carrier=killed)
    assert delivery_counts(issue)["going"] == 1
    server = smtp()
    send_leg(issue_id=issue.pk)
    issue.refresh_from_db()
    assert issue.state == IssueState.SENDING, "it is not over while a mail may still be on its way"
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        send_due_issues()
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT
    assert delivery_counts(issue)["unsure"] == 1
    everybody = killed.carried + server.recipients()
    assert sorted(everybody) == sorted(set(everybody))
    assert len(everybody) == 6


@pytest.mark.django_db(transaction=True)
def test_a_claim_that_the_database_refuses_leaves_no_doubt_about_the_mail_before_it(monkeypatch):
    people(3)
    issue = started()
    Delivery.objects.all().delete()
    Issue.objects.filter(pk=issue.pk).update(prepared_at=None, state=IssueState.SENDING, finished_at=None)
    carrier, claims = Dying(), []
    run = sending._run

    def breaking(statement, *values):
        if statement == sending.CLAIM:
            claims.append(values)
            if len(claims) == 2:
                raise OperationalError("deadlock detected")
        return run(statement, *values)

    monkeypatch.setattr(sending, "_run", breaking)
    with pytest.raises(OperationalError):
        send_leg(issue_id=issue.pk, carrier=carrier)
    assert [state for _address, state in states(issue)] == ["sent", "waiting", "waiting"]
    assert carrier.carried == ["person-000@example.org"]


def test_pausing_stops_between_two_mails_and_going_on_sends_the_rest(officer):
    people(4)
    issue = started()

    class Pausing(Dying):
        def carry(self, mail):
            self.carried.append(mail.to)
            if len(self.carried) == 2:
                dispatch.pause(issue=issue, by=officer)
            return Answer(Outcome.TAKEN)

    first, rest = Pausing(), Dying()
    send_leg(issue_id=issue.pk, carrier=first)
    issue.refresh_from_db()
    assert issue.state == IssueState.PAUSED
    assert len(first.carried) == 2
    assert send_leg(issue_id=issue.pk, carrier=rest).sent == 0
    dispatch.resume(issue=issue, by=officer)
    send_leg(issue_id=issue.pk, carrier=rest)
    assert len(set(first.carried + rest.carried)) == 4


def test_who_takes_it_back_while_it_goes_out_is_left_out():
    first, second = people(2)
    issue = started()
    take_back(contact=second, how="link")
    # The rows were not written down yet, so there is none; once they were, the row says why nothing went.
    Delivery.objects.create(issue=issue, contact=second)
    send_leg(issue_id=issue.pk, carrier=Dying())
    assert states(issue) == [(first.email, "sent"), (second.email, "left_out")]


def test_refused_addresses_are_counted_and_after_three_times_get_nothing_more(smtp):
    dead, alive = people(2)
    server = smtp(refuse={dead.email: "550 no such user"})
    for number in range(4):
        issue = started(make_issue(title=f"Issue {number}"))
        send_leg(issue_id=issue.pk)
    dead.refresh_from_db()
    assert (dead.hard_bounces, dead.suppressed_why) == (3, "bounced")
    assert server.recipients() == [alive.email] * 4
    assert Delivery.objects.filter(contact=dead).count() == 3
    assert set(Delivery.objects.filter(contact=dead).values_list("state", "code")) == {("refused", "550")}


def test_a_refusal_that_is_not_about_the_address_is_not_held_against_it(smtp):
    (person,) = people(1)
    smtp(refuse={person.email: "554 your server is on a list"})
    send_leg(issue_id=started().pk)
    person.refresh_from_db()
    assert person.hard_bounces == 0
    assert Delivery.objects.get().state == DeliveryState.REFUSED


def test_come_back_later_is_tried_again_and_then_given_up(smtp, officer):
    (person,) = people(1)
    server = smtp(refuse={person.email: "451 later"})
    issue = started()
    now = timezone.now()
    for _each in range(5):
        with time_machine.travel(now, tick=False):
            send_leg(issue_id=issue.pk)
        now += timedelta(days=1)
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT
    assert states(issue) == [(person.email, "given_up")]
    server.plan.refuse.clear()
    assert dispatch.retry(issue=issue, unsure_too=False, by=officer) == 1
    send_leg(issue_id=issue.pk)
    assert server.recipients() == [person.email]


def test_unsure_ones_are_sent_again_only_when_a_person_says_so(officer):
    (person,) = people(1)
    issue = started()
    Delivery.objects.create(issue=issue, contact=person, state=DeliveryState.UNSURE)
    Issue.objects.filter(pk=issue.pk).update(prepared_at=timezone.now())
    send_leg(issue_id=issue.pk, carrier=Dying())
    with pytest.raises(StepNotAllowed):
        dispatch.retry(issue=issue, unsure_too=False, by=officer)
    assert dispatch.retry(issue=issue, unsure_too=True, by=officer) == 1


def test_an_issue_for_nobody_is_not_sent(officer):
    make_contact("listed@example.org")
    with pytest.raises(NothingToSend, match="Nobody would get this issue"):
        dispatch.start_sending(issue=make_issue(), by=officer)


def test_a_change_after_the_start_changes_no_mail(mailoutbox):
    people(1)
    issue = started()
    Issue.objects.filter(pk=issue.pk).update(title="Something else", intro="Other words")
    send_leg(issue_id=issue.pk)
    assert "Autumn news" in mailoutbox[0].body
    assert "Other words" not in mailoutbox[0].body


def test_clicks_are_counted_only_where_it_is_switched_on_and_for_nobody_in_particular(mailoutbox):
    from wagtail.models import Site

    people(2)
    plain = started(make_issue(title="Plain"))
    send_leg(issue_id=plain.pk)
    assert "/newsletter/go/" not in mailoutbox[0].body
    site = Site.objects.get(is_default_site=True)
    NewsletterSettings.objects.update_or_create(site=site, defaults={"count_clicks": True})
    counted = started(make_issue(title="Counted"))
    send_leg(issue_id=counted.pk)
    first, second = mailoutbox[2:]
    links = [next(word for word in mail.body.split() if "/newsletter/go/" in word) for mail in (first, second)]
    assert links[0] == links[1], "the link is the same for every reader"
    assert all(mail.alternatives[0][0].count("/newsletter/go/") for mail in (first, second))
    assert "/newsletter/go/" not in first.extra_headers["List-Unsubscribe"]
    path = urlsplit(links[0]).path
    response = Client().get(path, HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0")
    assert (response.status_code, response.url) == (302, "https://example.org/first?a=1&b=2")
    assert not response.cookies
    Client().get(path, HTTP_USER_AGENT="Googlebot/2.1")
    assert LinkCount.objects.get(number=0).url == "https://example.org/first?a=1&b=2"
    assert list(LinkCount.objects.values_list("clicks", flat=True))[0:2] == [1, 0]
    assert Client().get(path.replace("go/", "go/9")).status_code == 404, "nobody makes up a link"


def test_a_service_message_needs_a_written_decision_and_reaches_nobody_twice(officer):
    listed, agreed = make_contact("listed@example.org"), make_contact("agreed@example.org", "bulletin")
    never = make_contact("never@example.org")
    from community.newsletter.errors import ReasonMissing
    from community.newsletter.services.consents import never_write

    never_write(contact=never, how="staff")
    left = make_contact("left@example.org", "newsletter")
    take_back(contact=left, how="link")
    issue = make_issue("service", title="The office has moved")
    with pytest.raises(ReasonMissing):
        dispatch.start_sending(issue=issue, by=officer)
    with pytest.raises(ReasonMissing):
        issues.decide_on_service_message(issue=issue, reason="They need it.", by=officer)
    words = (
        "They bring children to our training rooms, which have moved; without this message they stand at a locked door."
    )
    issues.decide_on_service_message(issue=issue, reason=words, by=officer)
    issue = Issue.objects.get(pk=issue.pk)
    send_leg(issue_id=started(issue).pk, carrier=Dying())
    assert [email for email, _state in states(issue)] == [agreed.email, listed.email]
    again = make_issue("service", title="Another one")
    issues.decide_on_service_message(issue=again, reason=words, by=officer)
    send_leg(issue_id=started(Issue.objects.get(pk=again.pk)).pk, carrier=Dying())
    assert [email for email, _state in states(again)] == [agreed.email], "one such message in a lifetime"
    assert Contact.objects.get(pk=listed.pk).service_message_at is not None
    assert not Issue.objects.in_archive().exists(), "a service message never stands in the archive"
