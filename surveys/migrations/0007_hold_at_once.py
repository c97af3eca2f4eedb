"""PostgreSQL: takes in one pupil's answers in one round trip (`PostgresqlStore.hold_at_once`).

Each statement of a function in plpgsql sees what was committed before it, so what stands after the lock sees all that
happened while it waited. It runs with the rights of its caller: the web's role can put in and count, and read no answer.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION surveys_hold_at_once(
    wanted uuid, lock_name text, nonce text, given jsonb, known_state text, most integer
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(lock_name, 5));
    IF (SELECT state FROM surveys_classsession WHERE id = wanted) IS DISTINCT FROM known_state THEN
        RETURN false;
    END IF;
    IF (SELECT count(session_id) FROM surveys_held WHERE session_id = wanted) NOT BETWEEN 1 AND most - 1 THEN
        RETURN false;
    END IF;
    INSERT INTO surveys_held (session_id, nonce_hash, answers) VALUES (wanted, nonce, given) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$$;
"""
SIGNATURE = "surveys_hold_at_once(uuid, text, text, jsonb, text, integer)"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(MAKE)


def take_away(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"DROP FUNCTION {SIGNATURE}")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0006_findings_and_texts")]

    operations = [migrations.RunPython(make, take_away)]
