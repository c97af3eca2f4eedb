"""The mailbox to which mails come back is read over IMAP: ours are counted and deleted, everything else stays."""

from io import BytesIO, TextIOWrapper
from traceback import format_exception
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command

from community.newsletter.bounce_mailbox import MailboxAway, read_mailbox
from community.newsletter.bounces import take_report
from community.newsletter.models import Contact, Delivery
from foundation.registries.chores import chores

from .conftest import make_contact, make_issue
from .imap_server import FOLDER, PASSWORD, USER, ImapServer
from .test_contacts import report

pytestmark = pytest.mark.django_db
OTHER = b"Subject: I am on holiday\r\n\r\nBack on Monday."


@pytest.fixture
def delivery() -> Delivery:
    contact = make_contact("x@example.org", "newsletter")
    return Delivery.objects.create(issue=make_issue(), contact=contact, state="sent")


@pytest.fixture
def mailbox() -> Any:
    """`mailbox(mail…)` starts a server that holds these mails."""
    running: list[ImapServer] = []

    def start(*mails: bytes, **plan: Any) -> ImapServer:
        running.append(ImapServer(*mails, **plan))
        return running[-1]

    yield start
    for server in running:
        server.stop()


def address_of(server: ImapServer, password: str = PASSWORD, folder: str = FOLDER) -> str:
    return f"imap://{quote(USER)}:{quote(password, safe='')}@127.0.0.1:{server.port}/{quote(folder)}"


@pytest.mark.parametrize("has_uidplus", [True, False])
def test_what_is_ours_is_counted_once_and_deleted_and_the_rest_stays_for_a_person(delivery, mailbox, has_uidplus):
    server = mailbox(report(delivery), OTHER, report(delivery), has_uidplus=has_uidplus)
    assert read_mailbox(address_of(server)) == {"counted": 1, "known": 1, "not ours": 1}
    assert Contact.objects.get().hard_bounces == 1
    assert list(server.mails.values()) == [OTHER]
    assert server.flags[12] == {"\\Seen"}
    assert read_mailbox(address_of(server)) == {}, "nothing is read twice"
    assert all("PEEK" in wanted for wanted in server.fetched), "looking alone marks nothing as read"


def nested(levels: int = 1_000) -> bytes:
    """About 30 KB that anybody can send: mails in mails, deeper than Python reads."""
    return b"Content-Type: message/rfc822\r\n\r\n" * levels + b"Subject: hello\r\n\r\nHello."


def test_a_mail_that_cannot_be_read_does_not_stop_those_behind_it(delivery, mailbox, tmp_path, monkeypatch, capsys):
    server = mailbox(nested(), report(delivery))
    assert read_mailbox(address_of(server)) == {"not ours": 1, "counted": 1}
    assert server.mails == {11: nested()}, "a person finds it there"
    assert server.flags[11] == {"\\Seen"}
    for folder in ("cur", "new", "tmp"):
        (tmp_path / "box" / folder).mkdir(parents=True)
    (tmp_path / "box" / "new" / "1.mail").write_bytes(nested())
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(nested())))
    call_command("read_bounces", str(tmp_path / "box"), "-")
    assert "not ours: 2" in capsys.readouterr().out


def test_the_code_of_a_report_is_kept_without_what_no_database_takes(delivery):
    assert take_report(report(delivery, status="5.1\0.1\x07")) == "counted"
    delivery.refresh_from_db()
    assert delivery.code == "5.1.1"


def test_after_three_the_address_gets_nothing_more(mailbox):
    contact = make_contact("dead@example.org", "newsletter")
    sent = [Delivery.objects.create(issue=make_issue(title=f"No {n}"), contact=contact, state="sent") for n in range(3)]
    read_mailbox(address_of(mailbox(*[report(each) for each in sent])))
    contact.refresh_from_db()
    assert contact.suppressed_why == Contact.Suppressed.BOUNCED


def test_cut_off_half_way_nothing_is_lost_or_counted_twice(delivery, mailbox):
    server = mailbox(report(delivery), dies_at="STORE")
    with pytest.raises(MailboxAway):
        read_mailbox(address_of(server))
    assert len(server.mails) == 1
    assert read_mailbox(address_of(server)) == {"known": 1}
    assert (server.mails, Contact.objects.get().hard_bounces) == ({}, 1)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"password": "secret"}, "error"),
        ({"folder": "secret"}, "error"),
        ({"password": "secret-é"}, "UnicodeEncodeError"),
        ({"folder": "secret-é"}, "UnicodeEncodeError"),
    ],
)
def test_a_mailbox_that_does_not_open_says_so_and_no_log_holds_the_password(mailbox, wrong, kind):
    with pytest.raises(MailboxAway) as raised:
        read_mailbox(address_of(mailbox(OTHER), **wrong))
    assert str(raised.value) == f"The mailbox of bounces cannot be read: {kind}."
    logged = "".join(line for line in format_exception(raised.value) if not line.startswith("  File"))
    assert "secret" not in logged
    assert "NO" not in logged, "nor what the server said"
    assert "UnicodeEncodeError:" not in logged, "whose words hold what could not be encoded"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("pop://a:b@example.org/", "Write the mailbox of bounces as imaps://"),
        ("imaps:///INBOX", "Write the mailbox of bounces as imaps://"),
        ("imap://a:secret@mail.example.org/", "Use imaps://"),
        ("imap://a:secret@127.0.0.1:1/", "cannot be read: ConnectionRefusedError"),
        ("imaps://a:secret@mail.example.org:993x/", "cannot be read: ValueError"),
    ],
)
def test_an_address_that_cannot_be_right_is_refused_in_words(address, words):
    with pytest.raises(MailboxAway, match=words) as raised:
        read_mailbox(address)
    assert "secret" not in str(raised.value)


def test_housekeeping_reads_it_where_it_is_named_and_the_command_at_any_time(delivery, mailbox, settings, capsys):
    chore = dict(chores.items())["newsletter: read the mailbox of bounces"]
    assert (chore.is_daily, chore.run()) == (False, 0), "without a mailbox there is nothing to do"
    with pytest.raises(CommandError, match="NEWSLETTER_BOUNCE_MAILBOX is not set"):
        call_command("read_bounces", "--mailbox")
    with pytest.raises(CommandError, match="Say what to read"):
        call_command("read_bounces")
    settings.NEWSLETTER_BOUNCE_MAILBOX = address_of(mailbox(report(delivery)))
    assert chore.run() == 1
    settings.NEWSLETTER_BOUNCE_MAILBOX = address_of(mailbox(report(delivery)))
    call_command("read_bounces", "--mailbox")
    assert "known: 1" in capsys.readouterr().out


def test_mails_come_back_to_an_address_of_their_own(smtp, settings):
    from community.newsletter.services.dispatch import start_sending
    from community.newsletter.services.sending import send_due_issues

    settings.NEWSLETTER_BOUNCES_TO = "bounces@example.org"
    server = smtp()
    make_contact("x@example.org", "newsletter")
    start_sending(issue=make_issue(), by=None)
    send_due_issues()
    assert [sender for sender, _to in server.envelopes] == ["bounces@example.org"]
    assert "bounces@" not in server.messages()[0]["From"]
