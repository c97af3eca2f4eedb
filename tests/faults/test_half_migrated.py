"""A migration stopped half way, or is ahead of this code: who takes visitors, and what they are told."""

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory

from foundation.faults import views
from foundation.health import checks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_new_process(monkeypatch):
    monkeypatch.setattr(checks, "_migrated", False)


def test_a_server_whose_database_lacks_a_migration_takes_no_visitors(client):
    recorder = MigrationRecorder(connection)
    last = sorted(name for app, name in recorder.applied_migrations() if app == "home")[-1]
    recorder.record_unapplied("home", last)

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["migrations"] == "failing"
    assert client.get("/health/live").status_code == 200

    recorder.record_applied("home", last)
    assert client.get("/health/ready").status_code == 200, "and by itself, when the rest is done"


def test_older_code_goes_on_while_a_newer_server_has_migrated(client):
    MigrationRecorder(connection).record_applied("home", "9999_from_the_next_version")
    assert client.get("/health/ready").status_code == 200


class _NoSuchColumn(Exception):
    sqlstate = "42703"


def test_a_column_that_is_not_there_yet_is_a_rest_and_not_a_fault():
    """A page that is asked for in the middle of a migration: told to come back, and what was sent was not saved."""
    request = RequestFactory().post("/en/contact/")
    for error, below in ((ProgrammingError("no column"), _NoSuchColumn()), (OperationalError("no such column"), None)):
        error.__cause__ = below
        try:
            raise error
        except (ProgrammingError, OperationalError):
            answer = views.server_error(request)
        assert answer.status_code == 503
        assert "was not saved" in answer.content.decode()


def test_a_fault_of_our_own_stays_a_fault():
    try:
        raise ProgrammingError("syntax error")
    except ProgrammingError:
        assert views.server_error(RequestFactory().get("/en/")).status_code == 500
