"""What each database needs to match words: SQLite a full-text table, PostgreSQL a vector and trigrams."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

FORWARD = {
    "sqlite": [
        # Bengali and other scripts write vowels as marks: they belong to the word, hence the categories.
        """CREATE VIRTUAL TABLE search_words USING fts5(
               title, summary, headings, text,
               tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'", prefix = '2 3 4'
           )"""
    ],
    "postgresql": [
        "ALTER TABLE search_entry ADD COLUMN words tsvector",
        "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
        "CREATE INDEX search_word_trigrams ON search_word USING gin (word gin_trgm_ops)",
    ],
}
BACKWARD = {
    "sqlite": ["DROP TABLE IF EXISTS search_words"],
    "postgresql": [
        "DROP INDEX IF EXISTS search_word_trigrams",
        "ALTER TABLE search_entry DROP COLUMN IF EXISTS words",
    ],
}


def run(statements):
    def code(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return code


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.RunPython(run(FORWARD), run(BACKWARD)),
    ]
