"""The peer: a fresh `wagtail start` site of the Wagtail that is locked here, with the form page and the API of its documentation.

Made in a folder that goes afterwards, and served by gunicorn with the same settings as ours.
"""

import http.cookiejar
import os
import re
import runpy
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from .throwaway import ROOT

NAME = "peer"
HERE = Path(__file__).parent / "peer_site"
QUESTIONS = 60
LOCAL = """
from .base import BASE_DIR, INSTALLED_APPS

SECRET_KEY = "only-for-a-benchmark"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["feedback", "wagtail.api.v2", "rest_framework", *INSTALLED_APPS]
STATIC_ROOT = BASE_DIR / "collected"
"""
API = """
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

api = WagtailAPIRouter("wagtailapi")
api.register_endpoint("pages", PagesAPIViewSet)
urlpatterns = [path("api/v2/", api.urls), *urlpatterns]
"""


@contextmanager
def served_peer(folder: Path, *, port: int, pages: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The peer's server, with so many pages beside its first."""
    place = folder / NAME
    _make(place, pages)
    server = _serve(place, port)
    try:
        yield server
    finally:
        server.terminate()
        server.wait(20)


def form_posts(port: int, number: int) -> list[bytes]:
    """Requests that send the filled-in form, with the guard that its page asks for."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    html = browser.open(f"http://127.0.0.1:{port}/form/", timeout=30).read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    if found is None:
        raise SystemExit("the form page of the peer has no guard")
    answers = {f"q{number}": ("Never", "Often", "Always")[number % 3] for number in range(QUESTIONS)}
    body = urlencode(answers | {"csrfmiddlewaretoken": found[1]})
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
    head = (
        f"POST /form/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: benchmark bot\r\nConnection: keep-alive\r\n"
        f"Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return [(head + body).encode()] * number


def _make(place: Path, pages: int) -> None:
    place.mkdir()
    # As somebody would who begins: `wagtail start peer`.
    _run([sys.executable, "-c", "from wagtail.bin.wagtail import main; main()", "start", NAME, str(place)], place)
    shutil.copytree(HERE / "feedback", place / "feedback")
    (place / NAME / "settings" / "local.py").write_text(LOCAL)
    with (place / NAME / "urls.py").open("a") as urls:
        urls.write(API)
    for words in (
        ["makemigrations", "feedback"], ["migrate"], ["fill", f"--pages={pages}", f"--questions={QUESTIONS}"],
        ["collectstatic", "--no-input"],
    ):  # fmt: skip
        _run([sys.executable, "manage.py", *words], place)


def _serve(place: Path, port: int) -> "subprocess.Popen[bytes]":
    ours = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    same = {name: ours[name] for name in ("worker_class", "threads", "timeout", "keepalive", "control_socket_disable")}
    lines = [f"{name} = {value!r}" for name, value in same.items()]
    (place / "gunicorn.conf.py").write_text("\n".join([*lines, "workers = 1", f"bind = '127.0.0.1:{port}'"]) + "\n")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", f"{NAME}.wsgi"], cwd=place, env=_environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _try in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    server.terminate()
    raise SystemExit("the peer did not start")


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the peer could not be made: {' '.join(command[1:3])}\n{done.stderr[-1500:]}")


def _environment() -> dict[str, str]:
    """Nothing of ours, so that the peer is what a stranger would have."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {**kept, "DJANGO_SETTINGS_MODULE": f"{NAME}.settings.production", "PYTHONWARNINGS": "ignore"}
