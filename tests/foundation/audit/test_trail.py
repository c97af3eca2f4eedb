"""The trail only grows, and shows every change."""

import time

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from foundation.audit import guards
from foundation.audit.models import Actor, AppendOnly, Entry, Head, Note
from foundation.audit.services import NotAFact, erase_note, forget_person, hash_of, record
from foundation.audit.verification import TrailBroken, verify
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def write(count=3):
    return [record(action="test.happened", facts={"number": number}) for number in range(count)]


def tamper(sql, *values):
    """Change the table as somebody would who can switch off the triggers."""
    with guards.lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_empty_trail_is_whole():
    assert verify().entries == 0


def test_entries_follow_one_another():
    first, second, third = write()
    assert (first.sequence, second.previous_hash, third.previous_hash) == (1, first.hash, second.hash)
    assert verify().anchor == f"3:{third.hash}"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: Entry.objects.update(action="x"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.first().delete(),
        lambda: Entry.objects.first().save(),
        lambda: Entry.objects.bulk_update(list(Entry.objects.all()), ["action"]),
        lambda: Entry.objects.bulk_create([Entry(sequence=9)]),
    ],
)
def test_the_orm_changes_and_deletes_nothing(attempt):
    write()
    with pytest.raises(AppendOnly):
        attempt()


@pytest.mark.parametrize("sql", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_too(sql):
    write()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert verify().entries == 3


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE audit_entry SET action = 'other' WHERE sequence = 2", "Entry 2 was changed"),
        ("UPDATE audit_entry SET actor = 'somebody' WHERE sequence = 2", "Entry 2 was changed"),
        ("UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE sequence = 3", "Entry 3 was changed"),
        ("UPDATE audit_entry SET facts = '{\"number\": 7}' WHERE sequence = 1", "Entry 1 was changed"),
        ("UPDATE audit_entry SET previous_hash = hash WHERE sequence = 2", "Entry 2 does not follow"),
        ("DELETE FROM audit_entry WHERE sequence = 2", "Entry 2 is missing"),
        ("DELETE FROM audit_entry WHERE sequence = 1", "Entry 1 is missing"),
        ("DELETE FROM audit_entry WHERE sequence = 3", "cut off"),
        ("DELETE FROM audit_entry", "cut off"),
        ("DELETE FROM audit_head", "signature"),
        ("UPDATE audit_head SET sequence = 2", "signature"),
    ],
)
def test_every_kind_of_tampering_is_found_and_named(sql, words):
    write()
    tamper(sql)
    with pytest.raises(TrailBroken, match=words):
        verify()
    with pytest.raises(CommandError, match=words) as error:
        call_command("verify_audit")
    assert error.value.returncode == 1


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a statement of SQLite's own")
def test_the_database_refuses_to_put_a_row_in_the_place_of_another():
    first = write()[0]
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO audit_entry SELECT sequence, at, 'other', actor, subject, facts, note_hash,"
            " previous_hash, hash FROM audit_entry WHERE sequence = %s",
            [first.sequence],
        )
    assert verify().entries == 3


def test_a_trail_that_was_emptied_whole_is_found_where_there_are_people():
    UserFactory()
    tamper("DELETE FROM audit_entry")
    tamper("DELETE FROM audit_head")
    with pytest.raises(TrailBroken, match="there are accounts"):
        verify()


def test_a_chain_made_anew_without_the_key_is_found():
    second = write()[1]
    tamper("DELETE FROM audit_entry WHERE sequence = 3")
    tamper("UPDATE audit_head SET sequence = 2, hash = %s", second.hash)
    with pytest.raises(TrailBroken, match="signature"):
        verify()


def test_an_old_copy_put_back_is_found_with_an_anchor():
    write()
    old = Head.objects.get()
    anchor = verify().anchor
    last = record(action="test.happened")
    newer = verify().anchor
    tamper("DELETE FROM audit_entry WHERE sequence = %s", last.sequence)
    Head.objects.update(sequence=old.sequence, hash=old.hash, signature=old.signature)
    assert verify(anchor=anchor).entries == 3
    with pytest.raises(TrailBroken, match="had reached 4"):
        verify(anchor=newer)


def test_a_person_is_a_pseudonym_and_can_be_forgotten():
    person = UserFactory(display_name="Ada Example")
    entry = record(action="test.happened", actor=person, subject=person, note="Ada Example asked for it")
    assert "Ada" not in str(Entry.objects.filter(pk=entry.pk).values().get())
    assert Actor.objects.get(pk=entry.actor).name == "Ada Example"
    forget_person(person=person)
    assert not Actor.objects.filter(user=person).exists()
    assert not Note.objects.filter(text__contains="Ada").exists()
    assert verify().entries
    assert record(action="test.happened", actor=person).actor != entry.actor


def test_words_deleted_past_the_trail_do_not_count_as_erased():
    record(action="test.happened", note="the reason")
    second = record(action="test.happened", note="another reason")
    tamper("DELETE FROM audit_note WHERE sequence = %s", second.sequence)
    with pytest.raises(TrailBroken, match="words of entry 2 are gone"):
        verify()


def test_an_erasure_accounts_for_its_own_words_only():
    first = record(action="test.happened", note="the reason")
    record(action="test.happened", note="another reason")
    erase_note(entry=first)
    assert verify().entries == 3
    tamper("DELETE FROM audit_note")
    with pytest.raises(TrailBroken, match="words of entry 2 are gone"):
        verify()


def test_forgetting_one_person_does_not_cover_words_about_another():
    one, other = UserFactory(), UserFactory()
    record(action="test.happened", subject=one, note="about one")
    kept = record(action="test.happened", subject=other, note="about the other")
    forget_person(person=one)
    assert verify().entries
    tamper("DELETE FROM audit_note")
    with pytest.raises(TrailBroken, match=f"words of entry {kept.sequence} are gone"):
        verify()


def test_an_erasure_forged_without_the_key_is_found():
    entry = record(action="test.happened", note="the reason")
    tamper("DELETE FROM audit_note")
    forged = Entry(sequence=2, at=entry.at, action="audit.note_erased", subject="audit.entry:1")
    forged.previous_hash = entry.hash
    forged.hash = hash_of(forged)
    forged.save()
    with pytest.raises(TrailBroken, match="cut off"):
        verify()
    tamper("UPDATE audit_head SET sequence = 2, hash = %s", forged.hash)
    with pytest.raises(TrailBroken, match="signature"):
        verify()


def test_words_can_be_erased_but_not_changed():
    entry = record(action="test.happened", note="the reason")
    Note.objects.filter(pk=entry.pk).update(text="another reason")
    with pytest.raises(TrailBroken, match="words of entry 1"):
        verify()
    erase_note(entry=entry)
    assert verify().entries == 2
    assert Entry.objects.first().action == "audit.note_erased"


def test_deleting_an_account_leaves_the_trail_whole():
    person = UserFactory()
    record(action="test.happened", actor=person)
    person.delete()
    assert verify().entries


def test_facts_are_plain_values():
    with pytest.raises(NotAFact):
        record(action="test.happened", facts={"person": {"name": "Ada"}})


def test_an_undone_transaction_leaves_no_gap():
    write()
    with transaction.atomic():
        record(action="test.undone")
        transaction.set_rollback(True)
    record(action="test.happened")
    assert verify().entries == 4


def test_ten_thousand_entries_verify_in_seconds(capsys):
    previous, rows = "0" * 64, []
    from django.utils import timezone

    from foundation.audit import chain
    from foundation.audit.services import hash_of

    now = timezone.now()
    for number in range(1, 10_001):
        entry = Entry(sequence=number, at=now, action="test.happened", facts={"n": number}, previous_hash=previous)
        entry.hash = previous = hash_of(entry)
        rows.append(entry)
    super(type(Entry.objects.all()), Entry.objects.all()).bulk_create(rows, batch_size=1000)
    Head.objects.create(sequence=10_000, hash=previous, signature=chain.sign_head(sequence=10_000, hash=previous))
    started = time.process_time()
    call_command("verify_audit")
    assert time.process_time() - started < 5
    assert "10,000 entries verified in" in capsys.readouterr().out
