"""The tables that answers pass through, made by each database's own means; see `surveys/collection/models.py`.

SQLite: WITHOUT ROWID, because a hidden rowid keeps the order in which rows came. PostgreSQL: the holding tables are
UNLOGGED, so that they stand in no WAL stream and no point-in-time backup.
"""

from django.db import migrations

SQLITE = """
CREATE TABLE surveys_held (
    session_id char(32) NOT NULL, nonce_hash varchar(64) NOT NULL,
    answers text NOT NULL CHECK (JSON_VALID(answers)), PRIMARY KEY (session_id, nonce_hash)) WITHOUT ROWID;
CREATE TABLE surveys_held_text (
    id char(32) NOT NULL PRIMARY KEY, session_id char(32) NOT NULL,
    question_code varchar(20) NOT NULL, text text NOT NULL) WITHOUT ROWID;
CREATE TABLE surveys_pooled (
    id char(32) NOT NULL PRIMARY KEY, wave_id bigint NOT NULL, school_id bigint NULL,
    year_group smallint NOT NULL, answers text NOT NULL CHECK (JSON_VALID(answers))) WITHOUT ROWID;
CREATE TABLE surveys_sealed (
    id char(32) NOT NULL PRIMARY KEY, wave_id bigint NOT NULL, school_id bigint NULL,
    year_group smallint NOT NULL, answers text NOT NULL CHECK (JSON_VALID(answers))) WITHOUT ROWID;
CREATE TABLE surveys_text_answer (
    id char(32) NOT NULL PRIMARY KEY, wave_id bigint NOT NULL, phase varchar(9) NOT NULL,
    question_code varchar(20) NOT NULL, text text NOT NULL, state varchar(9) NOT NULL) WITHOUT ROWID;
"""

POSTGRESQL = """
CREATE UNLOGGED TABLE surveys_held (
    session_id uuid NOT NULL, nonce_hash varchar(64) NOT NULL, answers jsonb NOT NULL,
    PRIMARY KEY (session_id, nonce_hash));
CREATE UNLOGGED TABLE surveys_held_text (
    id uuid NOT NULL PRIMARY KEY, session_id uuid NOT NULL, question_code varchar(20) NOT NULL, text text NOT NULL);
CREATE TABLE surveys_pooled (
    id uuid NOT NULL PRIMARY KEY, wave_id bigint NOT NULL, school_id bigint NULL,
    year_group smallint NOT NULL, answers jsonb NOT NULL);
CREATE TABLE surveys_sealed (
    id uuid NOT NULL PRIMARY KEY, wave_id bigint NOT NULL, school_id bigint NULL,
    year_group smallint NOT NULL, answers jsonb NOT NULL);
CREATE TABLE surveys_text_answer (
    id uuid NOT NULL PRIMARY KEY, wave_id bigint NOT NULL, phase varchar(9) NOT NULL,
    question_code varchar(20) NOT NULL, text text NOT NULL, state varchar(9) NOT NULL);
"""

TABLES = ("surveys_held", "surveys_held_text", "surveys_pooled", "surveys_sealed", "surveys_text_answer")


def make(apps, schema_editor):
    made_by = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in made_by[schema_editor.connection.vendor].split(";"):
        if statement.strip():
            schema_editor.execute(statement)


def take_away(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [migrations.RunPython(make, take_away)]
