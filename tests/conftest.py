"""What every test may use."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import connections
from django.test.testcases import LiveServerThread
from django.utils import translation

from tests.clean_slate import migrated
from tests.live_server import PatientServer
from tests.order import long_files_first
from tests.starting_point import start_from_fresh


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Before any database is made."""
    start_from_fresh()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tests with real transactions (most browser tests) leave rows behind. What the migrations had put in (the first
    page, the locale, the permissions) and nothing else is there again for the next test, in the audit trail that
    refuses to be emptied and in the tables of answers, which Django does not manage, too."""
    with django_db_blocker.unblock():
        kept = {alias: migrated(connections[alias]) for alias in connections}
    empty = flush.Command.handle

    def restore(self: flush.Command, **options: Any) -> None:
        kept[options["database"]].restore(connections[options["database"]])

    flush.Command.handle = restore
    yield
    flush.Command.handle = empty


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


def pytest_configure(config: pytest.Config) -> None:
    """Pages in other languages need their catalogues, which are made from the .po files of the repository."""
    from foundation.languages.catalogues import compile_catalogues

    compile_catalogues()
    LiveServerThread.server_class = PatientServer
    # The order of `long_files_first` holds, instead of one by the number of tests alone.
    config.option.loadscopereorder = False


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector of garbage need not look through its half a million objects
    every few tests."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-matrix", action="store_true", help="write tests/security/admin_matrix.csv anew")


# Every process of the tests would compile all tests and the whole site again, twenty seconds each. Told to the
# processes that tests start, too.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("PYTEST_XDIST_WORKER"):
        long_files_first(items)
    if Path(CHROMIUM).exists():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="there is no Chromium: `make test-deps` installs it"))
