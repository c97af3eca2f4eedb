"""SQLite's INSERT OR REPLACE went round the triggers of the migration before: put them on again, with one more."""

from django.db import migrations

from foundation.audit import guards


def put_on(apps, schema_editor):
    guards.put_on(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards")]

    operations = [migrations.RunPython(put_on, migrations.RunPython.noop)]
