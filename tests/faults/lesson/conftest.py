"""A lesson whose database can be taken away, and a site of its own whose workers can be killed."""

import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test.testcases import LiveServerThread, _StaticFilesHandler

from tests.faults.machines import Door, free_port
from tests.surveys.collection.conftest import make_lesson, make_school, make_wave, on_file  # noqa: F401 - fixtures

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Site:
    """A served site, and the two ends of its database's absence."""

    url: str
    take_away: Callable[[], object]
    give_back: Callable[[], object]


@pytest.fixture
def site(on_file: Path | None) -> Iterator[Site]:  # noqa: F811
    """The site in this process, on real transactions. PostgreSQL stands behind a door that can be shut; SQLite is locked
    by another connection, and gives up after a second instead of twenty."""
    before = connections.settings[DEFAULT_DB_ALIAS]
    if on_file is None:
        door = Door(before["HOST"] or "127.0.0.1", int(before["PORT"] or 5432))
        changes: dict[str, Any] = {"HOST": "127.0.0.1", "PORT": door.port}
        take_away, give_back = door.shut, door.open
    else:
        changes = {"OPTIONS": {**before["OPTIONS"], "timeout": 1}}
        lock = sqlite3.connect(on_file, isolation_level=None, check_same_thread=False)
        take_away, give_back = partial(lock.execute, "BEGIN IMMEDIATE"), partial(lock.execute, "ROLLBACK")
    # Threads of the server connect with these; the connection of the test itself stays as it is.
    connections.settings[DEFAULT_DB_ALIAS] = {**before, **changes}
    server = LiveServerThread("127.0.0.1", _StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        if server.error:
            raise server.error
        yield Site(f"http://127.0.0.1:{server.port}", take_away, give_back)
    finally:
        server.terminate()
        connections.settings[DEFAULT_DB_ALIAS] = before
        if on_file is None:
            door.close()
        else:
            lock.close()


@pytest.fixture
def gunicorn(on_file: Path | None, tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:  # noqa: F811
    """The site as it is run, in processes of its own on this test's database: its address and its master process."""
    port = free_port()
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cscp.settings.dev",
        "DATABASE_URL": _url(on_file),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "SECRET_KEY": "only-for-tests",
        "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "2" if on_file is None else "1",
        "PYTHONPATH": str(ROOT),
    }
    with (tmp_path / "gunicorn.log").open("wb") as log:
        master = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"],
            cwd=ROOT, env=surroundings, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/s/", master)
            yield f"http://127.0.0.1:{port}", master
        finally:
            master.terminate()
            master.wait(40)


def workers_of(master: "subprocess.Popen[bytes]") -> list[int]:
    """The process numbers of its workers."""
    return [int(each) for each in Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()]


def _url(path: Path | None) -> str:
    if path is not None:
        return f"sqlite:///{path}"
    settings = connection.settings_dict
    host, port = settings["HOST"] or "127.0.0.1", settings["PORT"] or 5432
    user = f"{settings['USER']}:{settings['PASSWORD']}" if settings["PASSWORD"] else settings["USER"]
    return f"postgres://{user}@{host}:{port}/{settings['NAME']}"


def _wait_for(url: str, master: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if master.poll() is not None:
            raise RuntimeError("gunicorn stopped while it started")
        try:
            with closing(urllib.request.urlopen(url, timeout=5)):
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("gunicorn did not answer within a minute")
