"""What every test may use."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import connections
from django.test.testcases import LiveServerThread
from django.utils import translation

from tests.live_server import PatientServer
from tests.starting_point import start_from_fresh


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Before any database is made."""
    start_from_fresh()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tests with real transactions (all browser tests) empty every table behind them. Three things are added to that:
    the audit trail, which refuses to be emptied, lets go for the moment; the tables of answers, which Django does not
    manage and would leave as they are, are emptied too; and what the migrations had put in (the first page, the
    locale, the permissions) is put back, so that every test starts from a migrated database."""
    from foundation.audit import guards

    with django_db_blocker.unblock():
        migrated = {alias: _kinds_first(connections[alias].creation.serialize_db_to_string()) for alias in connections}
    empty = flush.Command.handle

    def empty_then_restore(self: flush.Command, **options: Any) -> None:
        connection = connections[options["database"]]
        with guards.lifted(connection):
            _empty_unmanaged(connection)
            empty(self, **{**options, "inhibit_post_migrate": True})
        connection.creation.deserialize_db_from_string(migrated[options["database"]])

    flush.Command.handle = empty_then_restore
    yield
    flush.Command.handle = empty


def _empty_unmanaged(connection: Any) -> None:
    """Django's flush passes over the tables of models that it does not manage."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if not model._meta.managed and table in present:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _forget_all() -> None:
    """Empty every cache and what the process keeps, and speak the site's own language again."""
    from foundation.cache import generation, kept

    for cache in caches.all():
        cache.clear()
    kept.forget_everything()
    generation.reset_for_tests(asks=False)
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def forget_all() -> Callable[[], None]:
    """For fixtures of a whole file, which are made before the ones of a test."""
    return _forget_all


@pytest.fixture(autouse=True)
def _fresh_start() -> None:
    """What one test left in memory must not help or hinder the next."""
    _forget_all()


def _kinds_first(serialized: str) -> str:
    """The rows with content types in front: putting back another row may make one anew, which would then clash."""
    rows = json.loads(serialized)
    return json.dumps(sorted(rows, key=lambda row: row["model"] != "contenttypes.contenttype"))


def pytest_configure(config: pytest.Config) -> None:
    """Pages in other languages need their catalogues, which are made from the .po files of the repository."""
    from foundation.languages.catalogues import compile_catalogues

    compile_catalogues()
    LiveServerThread.server_class = PatientServer


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-matrix", action="store_true", help="write tests/security/admin_matrix.csv anew")


# Playwright's loop runs in the thread of the tests, where Django would refuse to use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage "
    "--disable-background-networking --disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, which calls nobody by itself."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET.split()}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if Path(CHROMIUM).exists():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="there is no Chromium: `make test-deps` installs it"))
