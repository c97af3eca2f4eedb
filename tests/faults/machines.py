"""A site in a process of its own, and doors in front of what it needs that can be shut while it runs."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Door:
    """Passes connections on to a server, until it is shut (refused) or goes dead (taken and never answered)."""

    def __init__(self, host: str, port: int) -> None:
        self._behind, self.port = (host, port), free_port()
        self._state = "open"
        self._pairs: list[socket.socket] = []
        self._listener = self._listen()
        threading.Thread(target=self._take, daemon=True).start()

    def open(self) -> None:
        self._drop_all()
        self._state = "open"

    def shut(self) -> None:
        """As when the server's process is gone."""
        self._state = "shut"
        self._drop_all()

    def go_dead(self) -> None:
        """As when the network swallows everything."""
        self._state = "dead"
        self._drop_all()

    def close(self) -> None:
        self._drop_all()
        self._listener.close()

    def _listen(self) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", self.port))
        listener.settimeout(0.2)
        return listener

    def _take(self) -> None:
        while True:
            try:
                coming, _address = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            if self._state == "shut":
                # Reset at once: to a client that is the same as nobody listening.
                coming.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                coming.close()
                continue
            self._pairs.append(coming)
            if self._state == "open":
                going = socket.create_connection(self._behind)
                self._pairs.append(going)
                for source, target in ((coming, going), (going, coming)):
                    threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := source.recv(65_536):
                target.sendall(block)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _drop_all(self) -> None:
        while self._pairs:
            with contextlib.suppress(OSError):
                self._pairs[-1].shutdown(socket.SHUT_RDWR)
            self._pairs.pop().close()


class RedisOfOurOwn:
    """A Redis server for one test."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
            stdout=subprocess.DEVNULL,
        )
        wait_for(self.port)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


HAS_REDIS = shutil.which("redis-server") is not None


@dataclass
class Answer:
    """What a reader got, and after how long."""

    status: int
    text: str
    headers: dict[str, str]
    seconds: float


class RunningSite:
    """gunicorn with the settings of the repository, in front of the database of the test."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port = free_port()
        self.log = folder / f"site-{self.port}.log"
        told = {
            "DJANGO_SETTINGS_MODULE": "cscp.settings.dev", "DEMO_MODE": "0", "SECRET_KEY": "only-for-tests",
            "BIND": f"127.0.0.1:{self.port}", "WEB_THREADS": "4", "MEDIA_ROOT": str(folder), "PRIVATE_ROOT": str(folder),
            "PAGE_COUNTS": "0", "LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn"],
                cwd=ROOT,
                env=os.environ | told | environment,
                stdout=log,
                stderr=log,
            )
        wait_for(self.port, seconds=60)

    def get(self, path: str) -> Answer:
        return self._ask(path, None)

    def post(self, path: str, **fields: str) -> Answer:
        return self._ask(path, urllib.parse.urlencode(fields).encode())

    def get_until(self, path: str, status: int, *, seconds: float) -> Answer:
        """Ask until it answers so."""
        until = time.monotonic() + seconds
        while (answer := self.get(path)).status != status:
            assert time.monotonic() < until, f"{path}: {answer.status} after {seconds} s"
            time.sleep(0.1)
        return answer

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _ask(self, path: str, body: bytes | None) -> Answer:
        began = time.monotonic()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", body, timeout=40) as answer:
                return Answer(answer.status, answer.read().decode(), dict(answer.headers), time.monotonic() - began)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(), dict(error.headers), time.monotonic() - began)


def wait_for(port: int, *, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing answers on port {port}")
