"""Migrations are read for what would hold a big table for long on PostgreSQL, while the site is running.

A new one that does is either written in steps (docs/upgrade.md), or named here by somebody who has looked at how many rows there will be.
"""

from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.django_db
"""wagtail-localize asks the database while its first migration is imported."""

ROOT = Path(__file__).resolve().parents[2]
OURS = {"home", "search", "review", "community", "programme", "newsletter", "surveys", "accounts", "links", "audit", "partnership", "media",
        "counts", "page_cache", "mail", "jobs"}  # fmt: skip
BIG = {
    "surveys.sealed", "surveys.held", "surveys.pooled", "surveys.releasecell", "surveys.textanswer", "surveys.classsession",
    "audit.entry", "audit.note", "counts.pagecount", "counts.searchmiss", "newsletter.delivery",
    "community.listing", "community.listingslot", "community.listingplace", "community.listingfacet", "community.listingword",
    "community.snapshot", "community.statechange", "search.entry",
}  # fmt: skip
"""Tables that reach a hundred thousand rows in a borough in some years, or in a nation in one."""

REVIEWED = {
    # migration: why it is no harm
    "search.0003_newest_first": "an entry for each page, document and setting: 10,000 rows in a borough, indexed in a tenth of a second",
}
BEFORE_THE_RULE = {
    "accounts.0002_sessions_and_demo", "community.0005_watching_and_help", "community.0006_help_page", "mail.0002_html_part",
    "media.0002_document_reading", "newsletter.0002_segment_settings", "review.0002_posts_questions_rounds",
    "surveys.0004_teachers_links", "surveys.0006_findings_and_texts",
}  # fmt: skip
"""Columns without a `db_default` from before any site was in use, so no old code ever met them. Nothing is added to this set."""
FIRST_RELEASE = Path(__file__).with_name("before_the_first_release.txt")
"""Migrations from before any site was in use: their tables were empty wherever they ran. Nothing is added to this list."""


def our_migrations():
    loader = MigrationLoader(None)
    return {
        f"{app}.{name}": migration for (app, name), migration in sorted(loader.disk_migrations.items()) if app in OURS
    }


def faults_of(migration):
    """What in it holds a big table: for each, what to do about it."""
    made_here = {op.name.lower() for op in migration.operations if isinstance(op, migrations.CreateModel)}
    found = []
    for operation in _flat(migration.operations):
        model = getattr(operation, "model_name", "").lower()
        if f"{migration.app_label}.{model}" not in BIG or model in made_here:
            continue
        found += _of_operation(operation, model)
    if migration.atomic and any(type(op).__name__ == "RunPython" for op in migration.operations) and found:
        found.append("changes a big table and moves rows in one transaction: two migrations")
    return found


def _flat(operations):
    for operation in operations:
        yield operation
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)


def _of_operation(operation, model):
    name = type(operation).__name__
    if isinstance(operation, migrations.AddField):
        field = operation.field
        if isinstance(field, models.ForeignKey) and field.db_index and field.db_constraint:
            yield f"{name} {model}.{operation.name}: a key is an index and a check of every row; db_index=False, then concurrently"
        elif field.db_index or field.unique:
            yield f"{name} {model}.{operation.name}: with an index; add it without, then AddIndexConcurrently"
        elif not field.null and callable(field.default):
            yield f"{name} {model}.{operation.name}: a default that is computed writes every row; null first, fill, then NOT NULL"
    elif isinstance(operation, migrations.AlterField):
        yield f"{name} {model}.{operation.name}: may rewrite the table; check with sqlmigrate that it does not"
    elif name in {"AddIndex", "AlterUniqueTogether", "AlterIndexTogether"}:
        yield f"{name} {model}: holds off every write; AddIndexConcurrently, atomic = False"
    elif isinstance(operation, migrations.AddConstraint):
        yield f"{name} {model}: reads every row under a lock; AddConstraintNotValid, then ValidateConstraint"


def without_a_value_for_old_code(migration):
    """Columns that may not be empty, on a table that was there before: code that does not know them could add no row."""
    operations = list(_flat(migration.operations))
    made_here = {op.name.lower() for op in operations if isinstance(op, migrations.CreateModel)}
    return [
        f"{type(op).__name__} {op.model_name}.{op.name}: the server that still runs the old code could add no row; db_default"
        for op in operations
        if isinstance(op, migrations.AddField) and op.model_name.lower() not in made_here and _must_be_given(op.field)
    ]


def _must_be_given(field):
    if field.many_to_many or field.null or field.generated:
        return False
    return field.db_default is models.NOT_PROVIDED


def before_the_first_release():
    return {line for line in FIRST_RELEASE.read_text().splitlines() if line and not line.startswith("#")}


def test_no_new_migration_holds_a_big_table():
    found = {name: faults for name, each in our_migrations().items() if (faults := faults_of(each))}
    new = {name: faults for name, faults in found.items() if name not in before_the_first_release() | set(REVIEWED)}
    assert new == {}, "see docs/upgrade.md"


def test_old_code_can_add_rows_to_every_new_table():
    """docs/upgrade.md: between `migrate` and the restart the old code runs on the new tables."""
    found = {name: lacks for name, each in our_migrations().items() if (lacks := without_a_value_for_old_code(each))}
    new = {name: lacks for name, lacks in found.items() if name not in before_the_first_release() | BEFORE_THE_RULE}
    assert new == {}, "see docs/upgrade.md"


@pytest.mark.parametrize(
    ("field", "is_found"),
    [
        (models.IntegerField(default=0), True),
        (models.IntegerField(), True),
        (models.JSONField(default=dict), True),
        (models.IntegerField(default=0, db_default=0), False),
        (models.JSONField(default=dict, db_default={}), False),
        (models.IntegerField(null=True), False),
        (models.ManyToManyField("accounts.User"), False),
    ],
)
def test_a_column_that_old_code_could_not_fill_is_found(field, is_found):
    assert bool(without_a_value_for_old_code(made(migrations.AddField("entry", "a", field)))) == is_found


def test_what_was_reviewed_is_still_there():
    there = set(our_migrations())
    assert set(REVIEWED) <= there
    assert before_the_first_release() | BEFORE_THE_RULE <= there


def test_every_big_table_exists():
    from django.apps import apps

    known = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert BIG - known == set()


def made(*operations, atomic=True):
    migration = migrations.Migration("x", "audit")
    migration.operations, migration.atomic = list(operations), atomic
    return migration


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (migrations.AddField("entry", "a", models.IntegerField(default=dict)), "computed"),
        (migrations.AddField("entry", "a", models.IntegerField(null=True, db_index=True)), "with an index"),
        (
            migrations.AddField("entry", "a", models.ForeignKey("accounts.User", models.CASCADE, null=True)),
            "a check of every row",
        ),
        (migrations.AlterField("entry", "a", models.TextField()), "rewrite"),
        (migrations.AddIndex("entry", models.Index(fields=["at"], name="x")), "AddIndexConcurrently"),
        (migrations.AddConstraint("entry", models.CheckConstraint(condition=models.Q(id=1), name="x")), "NotValid"),
    ],
)
def test_what_would_hold_a_table_is_found(operation, words):
    assert words in faults_of(made(operation))[0]


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("entry", "a", models.IntegerField(default=0)),
        migrations.AddField("entry", "a", models.IntegerField(null=True)),
        migrations.AddIndex("head", models.Index(fields=["hash"], name="x")),
        migrations.RemoveField("entry", "a"),
    ],
)
def test_what_is_over_in_a_moment_is_let_be(operation):
    assert faults_of(made(operation)) == []


def test_nothing_that_a_running_older_version_needs_is_taken_away_without_a_word():
    """A column or table that goes in the same release as the code that used it breaks the servers that still run that code."""
    takes = (migrations.RemoveField, migrations.DeleteModel, migrations.RenameField, migrations.RenameModel)
    found = {
        name
        for name, migration in our_migrations().items()
        if any(isinstance(op, takes) for op in _flat(migration.operations))
    }
    assert found - before_the_first_release() - set(REVIEWED) == set(), "two releases: docs/upgrade.md"
