"""Let the database itself refuse to change the trail. A migration that alters the table must put them on again."""

from django.db import migrations

from foundation.audit import guards


def put_on(apps, schema_editor):
    guards.put_on(schema_editor.connection)


def take_off(apps, schema_editor):
    guards.take_off(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(put_on, take_off)]
