"""The schedule of what is kept: it deletes what is past its time, names nothing that is not there, and is told to people."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command, get_commands
from django.db import connection
from django.utils import timezone

from foundation.accounts.links.models import SignInLink
from foundation.mail.models import OutgoingMessage
from foundation.registries.chores import Chore, chores
from foundation.retention import SCHEDULE
from surveys.collection.models import Sealed

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
REGISTER = (ROOT / "docs/personal-data.md").read_text()


@pytest.fixture
def old_and_new():
    now = timezone.now()
    for age, name in ((timedelta(days=60), "old"), (timedelta(0), "new")):
        message = OutgoingMessage.objects.create(to=f"{name}@example.org", subject=name, text="Hello")
        OutgoingMessage.objects.filter(pk=message.pk).update(created_at=now - age)
        SignInLink.objects.create(email=f"{name}@example.org", token_hash=name, expires_at=now - age)
        Session.objects.create(session_key=name, session_data="x", expire_date=now - age + timedelta(hours=1))
    Sealed.objects.create(wave_id=1, school_id=1, year_group=8, answers=[1])


def left():
    return (
        [message.subject for message in OutgoingMessage.objects.all()],
        [link.token_hash for link in SignInLink.objects.all()],
        [session.session_key for session in Session.objects.all()],
        Sealed.objects.count(),
    )


def test_without_yes_it_shows_the_schedule_and_deletes_nothing(old_and_new, capsys):
    call_command("purge")
    said = capsys.readouterr().out
    assert all(f"{rule.what}: {rule.kept}." in said for rule in SCHEDULE)
    assert "Nothing was deleted" in said
    assert [len(each) for each in left()[:3]] == [2, 2, 2]


def test_with_yes_what_is_past_its_time_goes_and_sealed_answers_wait_for_a_person(old_and_new, capsys):
    call_command("purge", "--yes")
    assert left() == (["new"], ["new"], ["new"], 1)
    assert "left to a person: manage.py delete_sealed --yes" in capsys.readouterr().out


def test_one_rule_that_fails_keeps_no_other_from_being_done(old_and_new, monkeypatch):
    def fail():
        raise RuntimeError

    monkeypatch.setitem(chores._entries, "links: forget old sign-in links", Chore(fail))
    with pytest.raises(CommandError, match="Not done: Links that sign setting owners in"):
        call_command("purge", "--yes")
    assert left()[0] == ["new"]


def test_every_rule_names_a_chore_or_a_command_and_tables_that_exist():
    known = dict(chores.items())
    tables = set(connection.introspection.table_names())
    for rule in SCHEDULE:
        assert (rule.chore in known) != (bool(rule.command) and rule.command[0] in get_commands()), rule.what
        assert set(rule.tables) <= tables, rule.what


def test_reminders_lapsing_and_old_evidence_are_a_daily_chore():
    assert dict(chores.items())["community: what the calendar brings"].is_daily


def test_the_register_tells_every_rule_with_its_time():
    for rule in SCHEDULE:
        assert rule.what in REGISTER, rule.what
        assert rule.kept in REGISTER, rule.kept


def test_every_table_with_an_e_mail_address_is_in_the_register():
    from django.apps import apps
    from django.db.models import EmailField

    ours = ("foundation", "home", "community", "surveys")
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.split(".")[0] in ours and any(isinstance(f, EmailField) for f in model._meta.local_fields)
    }
    assert len(tables) > 3
    assert sorted(table for table in tables if f"`{table}`" not in REGISTER) == []
