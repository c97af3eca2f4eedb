"""What a backup leaves out."""

import pytest
from django.core.checks import run_checks

from foundation.registries.backups import BackupExclusion, backup_exclusions, tables_left_out


def test_sessions_links_and_unsent_mail_are_left_out_each_with_its_reason():
    entries = {entry.table: entry.reason for entry in tables_left_out()}
    assert {"django_session", "mail_outgoingmessage"} <= set(entries)
    assert any("link" in table for table in entries)
    assert all(entries.values())


@pytest.fixture
def renamed():
    backup_exclusions.register("renamed", BackupExclusion("no_such_table", "For the test."))
    yield
    del backup_exclusions._entries["renamed"]


def test_a_table_that_does_not_exist_fails_the_check(renamed):
    assert any(message.id == "foundation.E010" for message in run_checks())


def test_every_table_on_the_list_exists():
    assert not [message for message in run_checks() if message.id == "foundation.E010"]
