"""Two runs of the clocks in the same moment, each in a connection of its own: nothing happens twice."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from community.clocks.services import run_clocks
from community.models import ConcernFlag, Note, Reminder, StateChange, Watch
from community.register.services.standing import confirm
from tests.factories.accounts import holder_of
from tests.factories.community import PersonFactory
from tests.factories.listings import put_on_register, setting_of
from tests.meanwhile import before_it_ends

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
DUE = date(2026, 6, 30)


@pytest.fixture
def listed():
    setting = put_on_register(setting_of(PersonFactory(email="owner@example.org")))
    setting.confirm_due = DUE
    setting.save()
    return setting


def twice(today):
    """One run that has done its work and not yet committed, and another that begins meanwhile; what the second did."""
    with before_it_ends(lambda: run_clocks(today=today)) as other:
        run_clocks(today=today)
    assert other.waited
    assert other.raised is None
    return other.result


def test_a_reminder_goes_out_once(listed, mailoutbox):
    assert twice(DUE - timedelta(days=14)).confirm_reminders == 0
    assert len(mailoutbox) == 1
    assert Reminder.objects.count() == 1


def test_a_listing_lapses_once(listed, mailoutbox):
    assert twice(DUE + timedelta(days=28)).lapsed == 0
    assert len(mailoutbox) == 1
    assert StateChange.objects.filter(setting=listed, act="lapse").count() == 1


def test_what_its_owner_confirms_at_that_moment_does_not_lapse(listed, mailoutbox):
    with before_it_ends(lambda: run_clocks(today=DUE + timedelta(days=28))) as other:
        confirm(setting=listed, by=PersonFactory())
    assert other.raised is None
    listed.refresh_from_db()
    assert listed.state == "listed"
    assert mailoutbox == []


def test_a_watcher_gets_one_mail(listed, mailoutbox):
    today = timezone.localdate()
    listed.confirm_due = today + timedelta(days=90)
    listed.save()
    before = timezone.now() - timedelta(days=2)
    Watch.objects.create(setting=listed, user=holder_of("Registry officer"), told_until=before)
    Note.objects.create(setting=listed, text="Ring them on Monday.", by=PersonFactory())
    assert twice(today).watch_mails == 0
    assert len(mailoutbox) == 1


def test_whoever_confirms_at_that_moment_is_not_reminded(listed, mailoutbox):
    with before_it_ends(lambda: run_clocks(today=DUE)) as other:
        confirm(setting=listed, by=PersonFactory())
    assert other.raised is None
    assert mailoutbox == []


def test_a_lead_is_reminded_once(listed, mailoutbox):
    holder_of("Safeguarding lead")
    ConcernFlag.objects.create(
        setting=listed, raised_on=date(2026, 1, 5), source="visit", category="practice", referred_to="Officer",
        review_on=date(2026, 2, 5),
    )  # fmt: skip
    assert twice(date(2026, 2, 5)).lead_mails == 0
    assert len(mailoutbox) == 1
