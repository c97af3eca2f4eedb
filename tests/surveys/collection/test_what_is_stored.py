"""The page "What is stored" stays true: its columns are the tables' columns, its numbers the code's."""

import ast
import re
from pathlib import Path

import pytest
from django.db import connection, models

from surveys.collection import stored
from surveys.collection.models import Held, HeldText, Pooled, Sealed, TextAnswer
from surveys.fieldwork.counting import FEWEST

ROOT = Path(__file__).parents[3]
COLUMNS = {
    Held: {"session_id", "nonce_hash", "answers"},
    HeldText: {"id", "session_id", "question_code", "text"},
    Pooled: {"id", "wave_id", "school_id", "year_group", "answers"},
    Sealed: {"id", "wave_id", "school_id", "year_group", "answers"},
    TextAnswer: {"id", "wave_id", "phase", "question_code", "text", "state"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model.__name__)
def test_the_tables_hold_the_allowed_columns_and_no_other(model):
    with connection.cursor() as cursor:
        found = {c.name for c in connection.introspection.get_table_description(cursor, model._meta.db_table)}
    assert found == COLUMNS[model] == {field.column for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        assert not isinstance(field, (models.DateField, models.TimeField, models.GenericIPAddressField)), field
        assert not isinstance(field, (models.ForeignKey, models.AutoField)), field
    assert not isinstance(model._meta.pk, models.IntegerField)


@pytest.mark.django_db
def test_sqlite_keeps_no_hidden_row_numbers_and_postgresql_no_log_of_what_is_held():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, wr FROM pragma_table_list WHERE name IN ('surveys_held', 'surveys_sealed', "
                           "'surveys_pooled', 'surveys_held_text', 'surveys_text_answer')")  # fmt: skip
            assert len(rows := cursor.fetchall()) == 5
            assert all(without_rowid for _name, without_rowid in rows)
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone() == (1,)
        else:
            cursor.execute("SELECT relname, relpersistence FROM pg_class WHERE relname IN ('surveys_held', "
                           "'surveys_held_text', 'surveys_sealed', 'surveys_pooled') ORDER BY 1")  # fmt: skip
            kinds = {name: kind.decode() if isinstance(kind, bytes) else kind for name, kind in cursor.fetchall()}
            assert kinds == {
                "surveys_held": "u", "surveys_held_text": "u", "surveys_pooled": "p", "surveys_sealed": "p",
            }  # fmt: skip


def test_the_page_names_every_column_that_is_kept():
    assert set(stored.SEALED) == COLUMNS[Sealed]
    assert set(stored.HELD) == COLUMNS[Held]


@pytest.mark.django_db
def test_the_page_says_the_codes_own_numbers(client, settings):
    settings.SURVEYS_KEEP_SEALED_DAYS = 183
    page = client.get("/en/surveys/what-is-stored/").content.decode()
    for name, meaning in stored.SEALED.values():
        assert str(name) in page
        assert str(meaning) in page
    assert f"fewer than {FEWEST} in your class" in page
    assert "For 5 more minutes" in page
    assert "deleted 6 months after" in page
    assert "watch answers as they arrive" in page


@pytest.mark.django_db
def test_the_page_is_public_and_the_same_for_everybody(client):
    response = client.get("/en/surveys/what-is-stored/")
    assert response.status_code == 200
    assert not response.cookies
    assert "private" not in response.headers.get("Cache-Control", "")


READERS = {
    "surveys/collection": "the flush itself",
    "surveys/release/sealed.py": "the release's tabulation",
    "surveys/models.py": "gathers every table for Django",
    "site/foundation/retention.py": "says in words how long each table is kept, and reads none",
}
SECRET_TABLES = {"Sealed", "Pooled", "Held", "HeldText"}


def names_used(path):
    """Names, attributes and imports of a module, and the words of its strings that are names of tables."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"surveys_\w+", node.value)


def test_no_module_but_the_flush_and_the_release_names_the_tables_of_answers():
    """SQLite has no roles: there, this is what keeps readers out."""
    tables = {f"surveys_{name}" for name in ("sealed", "pooled", "held", "held_text")}
    found = set()
    for room in ("surveys", "home", "community", "site"):
        for path in (ROOT / room).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if "/migrations/" in name or any(name.startswith(reader) for reader in READERS):
                continue
            if (SECRET_TABLES | tables) & set(names_used(path)):
                found.add(name)
    assert found == set()


def test_no_admin_screen_or_permission_leads_to_the_tables_of_answers():
    from foundation.registries.roles import room_permissions

    named = [code for room in room_permissions for codes in room.by_role.values() for code in codes]
    assert not [code for code in named if code.rpartition("_")[2] in {"held", "heldtext", "pooled", "sealed"}]
