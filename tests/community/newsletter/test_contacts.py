"""Segments, lists brought in, bounces, and what is forgotten in time."""

import io
import re
from datetime import date, datetime, timedelta
from zipfile import ZipFile

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from community.models import Membership
from community.newsletter.bounces import read_report, take_report
from community.newsletter.errors import NewsletterError
from community.newsletter.links import message_id
from community.newsletter.models import Contact, Delivery, Segment
from community.newsletter.selectors.contacts import in_segment, recipients_of
from community.newsletter.services import importing
from community.newsletter.services.consents import never_write, take_back
from community.newsletter.services.keeping import forget_what_is_past
from foundation.partnership.models import Ward
from tests.community.newsletter.conftest import make_contact, make_issue
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.listings import make_listing

pytestmark = pytest.mark.django_db


def emails(contacts):
    return sorted({contact.email.split("@")[0] for contact in contacts})


@pytest.fixture
def town():
    north, south = Ward.objects.create(name="North Ward"), Ward.objects.create(name="South Ward")
    club = make_listing(name="Club", types=["faith"], ward=north)
    make_contact("by-link@example.org", "newsletter", kind="setting", setting=club)
    make_contact("by-account@example.org", "newsletter", kind="setting")
    Membership.objects.create(setting=club, user=UserFactory(email="By-Account@example.org"))
    make_contact("nurse@example.org", "newsletter", kind="professional", agency="health", ward=south)
    make_contact("listed-owner@example.org", kind="setting", setting_types=["faith-ish", "faith"], ward=south)
    make_contact("parent@example.org", "bulletin", kind="parent", ward=south)
    return north, south


def test_segments_are_filters_over_facts_and_the_register(town):
    north, south = town

    def people(wards=(), **filters):
        segment = Segment.objects.create(name=f"S{Segment.objects.count()}", **filters)
        segment.wards.set(wards)
        return emails(in_segment(segment))

    assert people(kinds=["parent"]) == ["parent"]
    assert people(kinds=["professional"], agencies=["health"]) == ["nurse"]
    assert people(kinds=["professional"], agencies=["police"]) == []
    assert people(wards=[north]) == ["by-account", "by-link"]
    assert people(wards=[south], kinds=["setting"]) == ["listed-owner"]
    assert people(setting_types=["faith"]) == ["by-account", "by-link", "listed-owner"]
    assert people(setting_types=["fai"]) == []
    assert people(stages=["listed"]) == ["by-account", "by-link"]
    assert people(stages=["suspended"]) == []
    assert people(looks_after_setting=True) == ["by-account"]
    assert len(people()) == 5


def test_another_screen_makes_a_segment_of_settings_and_leads_to_an_issue_for_it(town, officer):
    from community.models import Setting
    from community.newsletter.services.segments import segment_of_settings

    club = Setting.objects.get(name="Club")
    for _each in range(2):
        segment = segment_of_settings(name="Nobody trained  in Prevent", setting_ids=[club.pk])
    assert (segment.name, Segment.objects.count()) == ("Nobody trained in Prevent", 1)
    assert emails(in_segment(segment)) == ["by-account", "by-link"]
    page = sign_in(Client(), officer).get(f"{reverse('newsletter_new')}?segment={segment.pk}").content.decode()
    assert f'<option value="{segment.pk}" selected>' in page
    nobody = segment_of_settings(name="Nobody trained in Prevent", setting_ids=[])
    assert not in_segment(nobody).exists(), "an empty list is nobody, and never everybody"


def test_owners_of_settings_get_only_what_they_agreed_to(town):
    segment = Segment.objects.create(name="Faith", setting_types=["faith"])
    assert emails(recipients_of(make_issue(segment=segment))) == ["by-account", "by-link"], "listed is not agreed"
    assert emails(recipients_of(make_issue("bulletin", title="B", segment=segment))) == []


# Bringing lists in.


def rows(text):
    return importing.read_contacts(name="list.csv", content=text.encode())


LIST = """Email,Name,Kind,Agency,Setting types,Agreed to,Agreed on,Agreed how
new@example.org,New,professional,health,,newsletter; bulletins,31/01/2026,Signed sheet of the forum
NEW@example.org,Twice,,,,,,
nodate@example.org,No date,parent,,,newsletter,,
known@example.org,Other name,parent,,,newsletter,2026-02-01,Signed sheet
excel@example.org,Excel,setting,,faith; sport,training,46050,Signed sheet
"""


def test_a_list_is_tried_first_and_consent_is_never_invented(officer):
    known = make_contact("known@example.org", name="Kept name")
    run = importing.check_contacts(rows(LIST))
    assert run.errors == []
    assert [record["email"] for record in run.fresh] == ["new@example.org", "nodate@example.org", "excel@example.org"]
    assert run.twice == [(3, "new@example.org")]
    assert run.without_consent == 1
    assert Contact.objects.count() == 1, "a dry run writes nothing"
    done = importing.import_contacts(rows=rows(LIST), source="Forum list 2026", by=officer)
    assert (done.made, done.agreed) == (3, 3)
    new = Contact.objects.get(email="new@example.org")
    assert (new.source, new.agency) == ("Forum list 2026", "health")
    consents = {c.purpose: c for c in new.consents.all()}
    assert set(consents) == {"newsletter", "bulletin"}
    assert (consents["newsletter"].how, consents["newsletter"].words) == ("import", "Signed sheet of the forum")
    assert timezone.localdate(consents["newsletter"].given_at) == date(2026, 1, 31)
    assert not Contact.objects.get(email="nodate@example.org").consents.exists()
    assert emails(recipients_of(make_issue())) == ["known", "new"]
    known.refresh_from_db()
    assert known.name == "Kept name"
    excel = Contact.objects.get(email="excel@example.org").consents.get()
    assert timezone.localdate(excel.given_at) == date(2026, 1, 28)
    again = importing.import_contacts(rows=rows(LIST), source="Again", by=officer)
    assert (again.made, again.agreed) == (0, 0), "bringing the same list in twice adds nothing"


def test_a_list_does_not_bring_back_what_somebody_took_back(officer):
    left, never = make_contact("new@example.org", "newsletter"), make_contact("known@example.org", "newsletter")
    take_back(contact=left, how="link")
    never_write(contact=never, how="staff")
    importing.import_contacts(rows=rows(LIST), source="Forum", by=officer)
    assert list(left.consents.filter(withdrawn_at=None).values_list("purpose", flat=True)) == ["bulletin"]
    assert not never.consents.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ('"=HYPERLINK(""mailto:x@example.org"")",,,,,,,', "email", "looks like a formula"),
        ("x@example.org,=1+1,,,,,,", "name", "looks like a formula"),
        ("nobody,,,,,,,", "email", "Enter an e-mail address"),
        ("x@example.org,,wizard,,,,,", "kind", "is not one of"),
        ("x@example.org,,,,,everything,01/02/2026,x", "agreed to", "is not one of"),
        ("x@example.org,,,,,newsletter,13/25/2026,x", "agreed on", "Type the day like"),
        ("x@example.org,,,,,newsletter,01/02/2099,x", "agreed on", "still to come"),
        ("x@example.org,,,,,newsletter,01/02/2016,x", "agreed on", "does not count"),
        ("x@example.org,,,,,newsletter,01/02/2026,", "agreed how", "Say how they agreed"),
        (f"x@example.org,{'n' * 200},,,,,,", "name", "too long"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_and_stops_the_list(line, column, words, officer):
    table = rows(LIST.splitlines()[0] + "\n" + line + "\n")
    errors = importing.check_contacts(table).errors
    assert [(error.row, error.column) for error in errors] == [(2, column)]
    assert words in errors[0].words
    with pytest.raises(NewsletterError):
        importing.import_contacts(rows=table, source="x", by=officer)
    assert not Contact.objects.exists()


def workbook(*rows, shown=()):
    """An Excel file with these rows. `shown`: what the spreadsheet last showed for its formulas, one after the other."""
    book = Workbook()
    book.active.append(["email", "agreed to", "agreed on", "agreed how"])
    for row in rows:
        book.active.append(row)
    out, shown = io.BytesIO(), iter(shown)
    book.save(out)
    again = io.BytesIO()
    with ZipFile(out) as old, ZipFile(again, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                # openpyxl writes formulas without a value, Excel with the one that it worked out.
                content = re.sub(rb"<v ?/>|<v></v>", lambda _none: b"<v>%s</v>" % next(shown, "").encode(), content)
            new.writestr(part, content)
    return importing.read_contacts(name="l.xlsx", content=again.getvalue())


def test_a_workbook_with_dates_of_excel_is_read():
    run = importing.check_contacts(
        workbook(
            ["x@example.org", "newsletter", datetime(2026, 3, 4), "Sheet"],
            ["y@example.org", "newsletter", "=C2+1", "Sheet"],
            shown=["46086"],
        )
    )
    assert [(r["email"], r["agreed_on"]) for r in run.fresh] == [
        ("x@example.org", date(2026, 3, 4)),
        ("y@example.org", date(2026, 3, 5)),
    ]


def test_a_formula_that_was_never_worked_out_is_named_and_not_read_as_an_empty_cell():
    run = importing.check_contacts(workbook(["y@example.org", "newsletter", "=TODAY()", "Sheet"]))
    assert not run.fresh
    assert [(error.row, error.column) for error in run.errors] == [(2, "agreedon")]
    assert "looks like a formula" in run.errors[0].words


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1)))
def test_days_are_read_as_people_and_spreadsheets_write_them(day):
    assert importing.day_of(day.isoformat()) == day
    assert importing.day_of(f"{day:%d/%m/%Y}") == day
    assert importing.day_of(f"{day.isoformat()} 00:00:00") == day


def test_the_screen_shows_the_dry_run_and_then_brings_them_in(officer):
    from django.core.files.uploadedfile import SimpleUploadedFile

    desk, url = sign_in(Client(), officer), reverse("newsletter_import")
    page = desk.post(url, {"file": SimpleUploadedFile("l.csv", LIST.encode())}).content.decode()
    assert "4 contacts would be new" in page
    assert "new@example.org" in page
    token = page.split('name="token" value="')[1].split('"')[0]
    nameless = desk.post(url, {"token": token, "source": ""})
    assert nameless.status_code == 422
    assert "Say where this list comes from" in nameless.content.decode()
    assert desk.post(url, {"token": token, "source": "Forum"}).status_code == 302
    assert Contact.objects.count() == 4
    assert "too long ago" in desk.post(url, {"token": token, "source": "Forum"}).content.decode()
    assert "email" in desk.post(url, {"file": SimpleUploadedFile("l.csv", b"a,b\n1,2")}).content.decode()
    assert desk.post(url, {"file": SimpleUploadedFile("l.xlsx", b"no workbook")}).status_code == 422


# Mails that come back.


def report(delivery, *, status="5.1.1", action="failed", identifier=None):
    quoted = identifier or message_id(delivery.pk, "example.org")
    return (
        "From: MAILER-DAEMON@example.org\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n\r\n"
        f"Final-Recipient: rfc822; x@example.org\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {quoted}\r\nSubject: News\r\n\r\n--b--\r\n"
    ).encode()


@pytest.fixture
def delivery():
    return Delivery.objects.create(
        issue=make_issue(), contact=make_contact("x@example.org", "newsletter"), state="sent"
    )


def test_a_report_counts_once_and_one_for_now_does_not_count(delivery):
    assert take_report(report(delivery, action="delayed", status="4.4.1")) == "not ours"
    assert take_report(report(delivery, status="4.2.2")) == "for now"
    assert take_report(report(delivery)) == "counted"
    assert take_report(report(delivery)) == "known"
    assert Contact.objects.get().hard_bounces == 1


def test_nobody_strikes_off_an_address_by_writing_a_report(delivery):
    assert take_report(report(delivery, identifier=f"<d{delivery.pk}.AAAA@example.org>")) == "not ours"
    assert take_report(b"Subject: hello\r\n\r\nUnsubscribe x@example.org") == "not ours"
    assert Contact.objects.get().hard_bounces == 0


@given(st.binary(max_size=400))
def test_no_mail_breaks_the_reader(content):
    assert read_report(content) is None


def test_the_command_reads_files_an_mbox_and_a_maildir(delivery, tmp_path, capsys):
    (tmp_path / "one.eml").write_bytes(report(delivery))
    box = tmp_path / "box"
    box.write_bytes(b"From MAILER-DAEMON Thu Jan  1 00:00:00 2026\n" + report(delivery).replace(b"\r\n", b"\n") + b"\n")
    maildir = tmp_path / "maildir"
    for name in ("new", "cur", "tmp"):
        (maildir / name).mkdir(parents=True)
    (maildir / "new" / "1.a").write_bytes(report(delivery))
    (maildir / "new" / "2.a").write_bytes(b"Subject: something else\n\nHello")
    call_command("read_bounces", str(tmp_path / "one.eml"), str(box), str(maildir), "--delete")
    said = capsys.readouterr().out
    assert "counted: 1" in said
    assert "known: 2" in said
    assert [path.name for path in (maildir / "new").iterdir()] == ["2.a"], "what is not ours stays"


# What is forgotten.


def test_people_who_agree_to_nothing_are_forgotten_and_the_others_stay():
    make_contact("reader@example.org", "newsletter")
    make_contact("listed@example.org", name="Listed")
    never = make_contact("never@example.org", "newsletter", name="Canary", organisation="Canary Works")
    never_write(contact=never, how="staff")
    issue = make_issue()
    issue.state, issue.finished_at, issue.totals = "sent", timezone.now(), {"sent": 1}
    issue.save()
    Delivery.objects.create(issue=issue, contact=never, state="sent")
    with time_machine.travel(timezone.now() + timedelta(days=729)):
        forget_what_is_past()
        assert Contact.objects.count() == 3
        assert not Delivery.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=731)):
        forget_what_is_past()
    assert sorted(Contact.objects.values_list("email", "name")) == [
        ("never@example.org", ""),
        ("reader@example.org", ""),
    ]
