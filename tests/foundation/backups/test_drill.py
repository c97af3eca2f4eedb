"""A drill: back up, lose everything, restore, compare. On SQLite and, with DATABASE_URL, on PostgreSQL."""

import errno
import gzip
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from community.newsletter.models import Request
from foundation.accounts.links.models import SignInLink
from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.backups import sealing, services
from foundation.backups.errors import BackupError, explained
from foundation.mail.models import OutgoingMessage
from foundation.registries.backups import tables_left_out
from surveys.collection.models import Held, HeldText, Pooled, Sealed
from tests.factories.accounts import UserFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "postgresql" and not shutil.which("pg_dump"), reason="pg_dump is not installed"
    ),
]
# Numbers and words that are nowhere else, so that a byte of them in a backup can be found.
POOLED, HELD, SEALED = [731, 911, 137], [732, 912, 138], [733, 913, 139]
GONE = [
    "marker-session",
    "marker-letter",
    "marker-link",
    "marker-text",
    "marker-reader",
    "731, 911, 137",
    "732, 912, 138",
]


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    for name in ("MEDIA_ROOT", "PRIVATE_ROOT"):
        folder = tmp_path / name.lower()
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / "picture.txt").write_text(f"{name} holds this")
        setattr(settings, name, str(folder))
    (tmp_path / "backups").mkdir()
    return tmp_path


@pytest.fixture
def lived_in():
    """A site with a person, a trail, sealed answers, and rows in every table that no backup may hold."""
    person = UserFactory(email="kept@example.org")
    record(action="test.happened", actor=person, subject=person, note="kept words")
    Sealed.objects.create(wave_id=1, school_id=1, year_group=8, answers=SEALED)
    Held.objects.create(session_id=uuid.uuid4(), nonce_hash="1" * 64, answers=HELD)
    HeldText.objects.create(session_id=uuid.uuid4(), question_code="Q", text="marker-text")
    Pooled.objects.create(wave_id=1, school_id=1, year_group=8, answers=POOLED)
    Session.objects.create(session_key="marker-session", session_data="x", expire_date=timezone.now())
    OutgoingMessage.objects.create(to="somebody@example.org", subject="marker-letter", text="Hello")
    SignInLink.objects.create(email="somebody@example.org", token_hash="marker-link", expires_at=timezone.now())
    Request.objects.create(email="marker-reader@example.org", token_hash="x", words="x", expires_at=timezone.now())
    yield
    # Django does not empty tables that it does not manage.
    for model in (Sealed, Held, HeldText, Pooled):
        model.objects.all().delete()


def everything():
    """Every row of every table, by table."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
        return found


def uploads(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for name in ("media_root", "private_root")
        for path in (root / name).rglob("*")
        if path.is_file()
    }


def lose_everything(root):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    else:
        connection.ensure_connection()
        sqlite3.connect(":memory:").backup(connection.connection)
    for name in ("media_root", "private_root"):
        shutil.rmtree(root / name)


def plain_bytes(path, folder):
    """Everything that an archive holds, unpacked and as text where pg_dump packs it."""
    with tarfile.open(path) as tar:
        tar.extractall(folder, filter="data")
    manifest = json.loads((folder / "manifest.json").read_text())
    database = folder / manifest["database"]
    if connection.vendor == "postgresql":
        words = subprocess.run(["pg_restore", "--file=-", database], capture_output=True, check=True).stdout
    else:
        words = gzip.decompress(database.read_bytes())
    return words + b"".join(each.read_bytes() for each in folder.rglob("*.json"))


def test_what_was_backed_up_comes_back_and_what_was_left_out_does_not(folders, lived_in, capsys):
    before, files = everything(), uploads(folders)
    call_command("backup", str(folders / "backups"))
    assert "read back and whole" in capsys.readouterr().out
    (archive,) = (folders / "backups").iterdir()
    lose_everything(folders)
    call_command("restore", str(archive))
    assert "Restored the backup" in capsys.readouterr().out
    after = everything()
    left_out = {entry.table for entry in tables_left_out()}
    assert all(before[table] for table in left_out)
    assert {table: rows for table, rows in after.items() if rows} == {
        table: rows for table, rows in before.items() if rows and table not in left_out
    }
    assert set(after) == set(before)
    assert uploads(folders) == files
    assert archive.stat().st_mode & 0o077 == 0
    call_command("verify_audit")
    record(action="test.goes_on")  # the counters of the keys came back too
    UserFactory()


def test_no_byte_of_what_was_promised_to_be_forgotten_is_in_the_archive(folders, lived_in):
    archive = services.make_backup(destination=folders / "one.tar")
    found = plain_bytes(archive, folders / "unpacked")
    assert re.search(rb"733, ?913, ?139", found), "the search must be able to find sealed answers"
    assert b"kept@example.org" in found
    assert [marker for marker in GONE if marker.encode() in found] == []
    assert not re.search(rb"73[12], ?91[12]", found)
    assert list(folders.glob(".unfinished-*")) == []


def test_a_restore_does_not_touch_a_site_that_holds_something(folders, lived_in):
    archive = services.make_backup(destination=folders / "one.tar")
    UserFactory(email="later@example.org")
    (folders / "media_root" / "later.txt").write_text("later")
    with pytest.raises(CommandError, match="add --replace"):
        call_command("restore", str(archive))
    assert User.objects.filter(email="later@example.org").exists()
    call_command("restore", str(archive), "--replace")
    assert not User.objects.filter(email="later@example.org").exists()
    assert User.objects.filter(email="kept@example.org").exists()
    assert sorted(uploads(folders)) == ["media_root/deep/picture.txt", "private_root/deep/picture.txt"]


def rewritten(archive, path, change):
    """A copy of an archive whose manifest was changed."""
    with tarfile.open(archive) as old, tarfile.open(path, "w") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == "manifest.json":
                content = json.dumps(change(json.loads(content))).encode()
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return path


def with_rows_missing(manifest):
    return {**manifest, "rows": {**manifest["rows"], "accounts_user": 99}}


def test_a_restore_that_fails_half_way_leaves_everything_as_it_was(folders, lived_in):
    archive = rewritten(services.make_backup(destination=folders / "one.tar"), folders / "two.tar", with_rows_missing)
    UserFactory(email="later@example.org")
    before, files = everything(), uploads(folders)
    with pytest.raises(BackupError, match=r"rows are missing|damaged"):
        services.restore_backup(source=archive, may_replace=True)
    assert everything() == before
    assert uploads(folders) == files


def test_a_damaged_a_half_and_a_foreign_file_are_refused_in_words(folders, lived_in):
    whole = services.make_backup(destination=folders / "one.tar").read_bytes()
    bad = folders / "bad.tar"
    place = whole.index(b"PRIVATE_ROOT holds this")
    bad.write_bytes(whole[:place] + b"X" + whole[place + 1 :])
    with pytest.raises(BackupError, match="checksum is wrong"):
        services.verify_backup(source=bad)
    for cut in (len(whole) // 2, place - 512, 700, 0):
        bad.write_bytes(whole[:cut])
        with pytest.raises(BackupError, match=r"not a whole backup|damaged"):
            services.restore_backup(source=bad, may_replace=True)
    bad.write_text("this is a letter")
    with pytest.raises(BackupError, match="not a whole backup"):
        services.verify_backup(source=bad)
    with pytest.raises(BackupError, match="There is no file"):
        services.verify_backup(source=folders / "nowhere.tar")
    with pytest.raises(BackupError, match="is a folder"):
        services.verify_backup(source=folders)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 99}, "with the version of the site that made it"),
        ({"engine": "otherdb"}, "Set DATABASE_URL to a database of that kind"),
        ({"migrations": ["home.9999_from_the_future"]}, "newer version of the site"),
    ],
)
def test_a_backup_of_another_kind_or_of_a_newer_site_is_refused(folders, change, words):
    archive = services.make_backup(destination=folders / "one.tar")
    other = rewritten(archive, folders / "two.tar", lambda manifest: {**manifest, **change})
    with pytest.raises(BackupError, match=words):
        services.restore_backup(source=other, may_replace=True)


def test_a_member_that_climbs_out_of_its_folder_is_refused(folders):
    archive = services.make_backup(destination=folders / "one.tar")
    with tarfile.open(archive, "a") as tar:
        tar.add(folders / "media_root" / "deep" / "picture.txt", arcname="media/../../climbed.txt")
    with pytest.raises(BackupError, match="Do not use it"):
        services.restore_backup(source=archive, may_replace=True)
    assert not list(folders.rglob("climbed.txt"))


def test_a_full_disk_is_said_before_anything_is_written(folders, monkeypatch):
    usage = shutil.disk_usage(folders)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(CommandError, match="The disk is too full"):
        call_command("backup", str(folders / "backups"))
    assert list((folders / "backups").iterdir()) == []


def test_a_fault_of_the_disk_is_told_as_what_to_do():
    assert "make room" in str(explained(OSError(errno.ENOSPC, "No space left", "/backups/one.tar")))
    assert "as the account that the site runs as" in str(explained(PermissionError(errno.EACCES, "denied", "/x")))


def test_a_place_that_is_taken_or_is_not_there_is_refused(folders):
    (folders / "taken.tar").write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(folders / "taken.tar"))
    assert (folders / "taken.tar").read_text() == "mine"
    with pytest.raises(CommandError, match="Make it first"):
        call_command("backup", str(folders / "no" / "such.tar"))


def test_old_backups_are_deleted_only_when_asked_and_only_ours(folders):
    place = folders / "backups"
    for name in ("backup-2020-01-01-000000.tar", "holiday.tar"):
        (place / name).write_text("old")
        os.utime(place / name, (0, 0))
    services.make_backup(destination=place)
    assert len(list(place.iterdir())) == 3
    services.make_backup(destination=place / "named.tar", keep_days=30)
    assert {path.name for path in place.iterdir()} & {"backup-2020-01-01-000000.tar", "holiday.tar"} == {"holiday.tar"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no other program")
def test_a_missing_pg_dump_is_said_in_words(folders, monkeypatch):
    monkeypatch.setenv("PATH", str(folders))
    with pytest.raises(CommandError, match=r"pg_dump is not installed\. On Debian"):
        call_command("backup", str(folders / "backups"))


class TestEncrypted:
    @pytest.fixture(autouse=True)
    def key(self, settings):
        settings.BACKUP_KEY = "a-key-of-the-tests-that-is-long-enough-to-be-random"

    def test_an_encrypted_backup_comes_back_and_shows_nothing_to_others(self, folders, lived_in, capsys):
        call_command("backup", str(folders / "backups"))
        (sealed,) = (folders / "backups").iterdir()
        assert sealed.name.endswith(".tar.enc")
        assert sealed.stat().st_mode & 0o077 == 0
        raw = sealed.read_bytes()
        for words in (b"manifest.json", b"kept@example.org", b"MEDIA_ROOT holds this", b"SQLite format"):
            assert words not in raw
        lose_everything(folders)
        call_command("restore", str(sealed))
        assert User.objects.filter(email="kept@example.org").exists()
        assert "Restored the backup" in capsys.readouterr().out
        assert [path.name for path in (folders / "backups").iterdir()] == [sealed.name], "no plain copy is left"

    def test_without_the_key_or_with_another_it_does_not_open_and_says_why(self, folders, settings):
        sealed = services.make_backup(destination=folders / "one.tar.enc")
        for key, words in (("", "is encrypted. Set BACKUP_KEY"), ("another key", "is not the key")):
            settings.BACKUP_KEY = key
            with pytest.raises(CommandError, match=words):
                call_command("restore", str(sealed), "--replace")
            with pytest.raises(CommandError, match=words):
                call_command("backup", str(sealed), "--check")

    @pytest.mark.parametrize("change", ["flip", "cut", "swap", "head"])
    def test_a_changed_a_cut_and_a_reordered_file_are_refused(self, folders, monkeypatch, change):
        monkeypatch.setattr(sealing, "PIECE", 4096)
        sealed = services.make_backup(destination=folders / "one.tar.enc")
        raw, head, piece = sealed.read_bytes(), 31, 4096 + sealing.TAG
        assert len(raw) > head + 3 * piece
        sealed.write_bytes(
            {
                "flip": raw[:-1] + bytes([raw[-1] ^ 1]),
                "cut": raw[: head + 2 * piece],
                "swap": raw[:head]
                + raw[head + piece : head + 2 * piece]
                + raw[head : head + piece]
                + raw[head + 2 * piece :],
                "head": raw[:head],
            }[change]
        )
        with pytest.raises(BackupError, match=r"does not open|not a whole backup"):
            services.verify_backup(source=sealed)

    def test_a_plain_backup_is_refused_where_a_key_is_set(self, folders, settings):
        """Whoever can write to the place of the backups could put one of their own there."""
        key, settings.BACKUP_KEY = settings.BACKUP_KEY, ""
        plain = services.make_backup(destination=folders / "one.tar")
        settings.BACKUP_KEY = key
        with pytest.raises(BackupError, match="unset BACKUP_KEY for this one command"):
            services.verify_backup(source=plain)
        settings.BACKUP_KEY = ""
        assert services.verify_backup(source=plain).rows
