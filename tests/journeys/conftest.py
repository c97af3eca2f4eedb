"""A browser on the demonstration site, served by a process of its own: loaded once a run, read by every journey."""

import contextlib
import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration site. Several test processes share one database and start a server each."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cscp.settings.dev",
        "DATABASE_URL": f"sqlite:///{shared / 'demo.sqlite3'}",
        "MEDIA_ROOT": str(shared / "demo-media"),
        "SECRET_KEY": "only-for-journeys",
        "DEBUG": "0",
        "DEMO_MODE": "1",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo.loaded").exists():
            _manage("migrate", "-v0", surroundings=surroundings)
            _manage("load_demo", surroundings=surroundings)
            (shared / "demo.loaded").touch()
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with (base / "demo-server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "runserver", f"127.0.0.1:{port}", "--noreload"],
            cwd=ROOT, env=surroundings, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait_for(f"{address}/health/live", server)
            yield address
        finally:
            server.terminate()
            server.wait(10)


@dataclass
class Watch:
    """What a page did that a public page must not do."""

    host: str
    faults: list[str] = field(default_factory=list)

    def on(self, page: Any) -> None:
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        # The browser also reports the answer of a page that is meant to be missing; the tests look at those themselves.
        if kind == "error" and "404 (Not Found)" not in text:
            self.faults.append(f"console: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.host, "data:", "about:", "blob:")):
            self.faults.append(f"asked another host: {url}")


@pytest.fixture
def watch(demo_site: str, page: Any) -> Iterator[Watch]:
    """Follows the page of a test; at its end nothing may have been said, asked of another host, or kept."""
    seen = Watch(demo_site)
    seen.on(page)
    yield seen
    assert seen.faults == []
    assert page.context.cookies() == []


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Any:
    """Takes a screenshot where SCREENSHOTS names a folder, for people to look at."""
    folder = os.environ.get("SCREENSHOTS")

    def take(page: Any, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take


def _manage(*words: str, surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"manage.py {words[0]} failed:\n{done.stdout}\n{done.stderr}")


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError("the demonstration server stopped while it started")
        try:
            urllib.request.urlopen(url, timeout=2)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"the demonstration server did not answer within {SECONDS_TO_START} s")
