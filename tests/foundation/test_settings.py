"""What must be so in each place: settings are read in a process of their own, as a server would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from foundation.registries.backups import BackupExclusion, backup_exclusions

ROOT = Path(__file__).parents[2]
NAMES = [
    "DEBUG", "DEMO_MODE", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_DOMAIN",
    "SESSION_COOKIE_PATH", "CSRF_COOKIE_DOMAIN", "CSRF_COOKIE_PATH", "SESSION_COOKIE_AGE", "ALLOWED_HOSTS", "DATABASES",
]  # fmt: skip
PRODUCTION = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "www.example.org", "AUDIT_KEY": "a", "SECOND_FACTOR_KEY": "b"}


def run(place, environment, *arguments):
    clean = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    paths = {"DJANGO_SETTINGS_MODULE": f"cscp.settings.{place}", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    return subprocess.run(
        [sys.executable, *arguments],
        env=clean | paths | environment,
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )  # fmt: skip


def read(place, **environment):
    values = f"{{n: getattr(settings, n) for n in {NAMES!r}}}"
    script = f"from django.conf import settings; import json; print(json.dumps({values}, default=str))"
    finished = run(place, environment, "-c", script)
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def test_production_is_closed():
    found = read("production", **PRODUCTION)
    assert (found["DEBUG"], found["DEMO_MODE"]) == (False, False)
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert found[f"{cookie}_NAME"].startswith("__Host-")
        assert found[f"{cookie}_SECURE"] is True
        assert found[f"{cookie}_DOMAIN"] is None
        assert found[f"{cookie}_PATH"] == "/"
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 2 * 365 * 24 * 3600
    assert found["ALLOWED_HOSTS"] == ["www.example.org"]


@pytest.mark.parametrize("switch", [{"DEBUG": "1"}, {"DEMO_MODE": "1"}])
def test_production_cannot_be_opened_by_the_environment(switch):
    found = read("production", **PRODUCTION, **switch)
    assert (found["DEBUG"], found["DEMO_MODE"]) == (False, False)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without_its_secrets(missing):
    finished = run(
        "production",
        {k: v for k, v in PRODUCTION.items() if k != missing},
        "-c",
        "from django.conf import settings; settings.DEBUG",
    )
    assert finished.returncode == 1
    assert missing in finished.stderr


@pytest.mark.parametrize("wrong", [{"SECRET_KEY": ""}, {"ALLOWED_HOSTS": "*"}, {"ALLOWED_HOSTS": ""}])
def test_production_does_not_start_with_secrets_that_are_none(wrong):
    finished = run("production", PRODUCTION | wrong, "-c", "from django.conf import settings; settings.DEBUG")
    assert finished.returncode == 1
    assert next(iter(wrong)) in finished.stderr


def test_a_check_without_secrets_fails_instead_of_checking_half_of_the_settings():
    finished = run("production", {}, "manage.py", "check", "--deploy")
    assert finished.returncode == 1
    assert "SECRET_KEY" in finished.stderr


def test_production_passes_djangos_deployment_check(tmp_path):
    environment = PRODUCTION | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3",
        "BASE_URL": "https://www.example.org",
        "SECRET_KEY": "aB3$xyz!" * 10,
        "BACKGROUND_WORKER": "1",
    }
    finished = run("production", environment, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert finished.returncode == 0, finished.stderr


def test_a_laptop_is_a_demonstration_without_debug():
    found = read("dev")
    assert (found["DEBUG"], found["DEMO_MODE"]) == (False, True)
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]


def test_staff_sessions_last_eight_hours_and_no_cookie_is_open_to_scripts():
    assert settings.SESSION_COOKIE_AGE == 8 * 3600
    assert settings.SESSION_IDLE_SECONDS == 1800
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_the_policy_of_every_page_names_no_other_host():
    for sources in [
        *settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values(),
        *settings.ADMIN_CONTENT_SECURITY_POLICY.values(),
    ]:
        assert set(sources) <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}


def test_sqlite_writes_ahead_and_waits():
    options = read("dev", DATABASE_URL="sqlite:////tmp/never-opened.sqlite3")["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_a_journal_that_is_not_wal_stops_the_start(tmp_path, monkeypatch):
    from foundation.accounts import checks

    class Connection:
        vendor = "sqlite"

        def is_in_memory_db(self):
            return False

        def cursor(self):
            return self

        def __enter__(self):
            return self

        def __exit__(self, *args):
            return None

        def execute(self, sql):
            return None

        def fetchone(self):
            return ("delete",)

    monkeypatch.setattr(checks, "connections", {"default": Connection()})
    assert [error.id for error in checks.sqlite_writes_ahead(databases=["default"])] == ["accounts.E005"]


def test_the_list_of_what_a_backup_leaves_out_is_there():
    assert "backup" in backup_exclusions.carries
    assert all(isinstance(entry, BackupExclusion) and entry.reason for entry in backup_exclusions)
