"""The empty database that a first run starts from is what the migrations make, and holds nobody."""

import gzip
import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from wagtail import VERSION as WAGTAIL

FILE = Path(__file__).resolve().parents[2] / "site" / "cscp" / "fresh.sqlite3.gz"
ON_THE_SAME_GROUND = pytest.mark.skipif(
    connection.vendor != "sqlite" or WAGTAIL >= (8,),
    reason="the file is made on SQLite with the Wagtail that the site runs on",
)
MEND = "run `make fresh-database`"


@pytest.fixture
def fresh(tmp_path):
    path = tmp_path / "fresh.sqlite3"
    path.write_bytes(gzip.decompress(FILE.read_bytes()))
    with sqlite3.connect(path) as database:
        yield database


def rows(cursor):
    return set(cursor.fetchall())


@pytest.mark.django_db
@ON_THE_SAME_GROUND
def test_it_has_the_tables_and_triggers_that_the_migrations_make(fresh):
    query = "select type, name, sql from sqlite_master where name not like 'sqlite_%'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        made = rows(cursor)
    assert rows(fresh.execute(query)) == made, MEND


@pytest.mark.django_db
@ON_THE_SAME_GROUND
def test_it_has_been_through_every_migration(fresh):
    query = "select app, name from django_migrations"
    with connection.cursor() as cursor:
        cursor.execute(query)
        made = rows(cursor)
    assert rows(fresh.execute(query)) == made, MEND


def test_it_holds_no_person_no_session_and_no_trail(fresh):
    for table in ("accounts_user", "django_session", "audit_entry", "community_setting"):
        assert fresh.execute(f"select count(*) from {table}").fetchone() == (0,)
