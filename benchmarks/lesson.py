"""`python -m benchmarks.lesson`: a school's lessons against gunicorn, and the rate beside Wagtail's own forms.

1,500 pupils in 50 classes, 40 minutes compressed into two; one class of 30 sends in the same second; classes close and
are sealed while others answer; a worker is killed with -9 in the middle, and pages whose answer was lost send again, as the
real ones do. SQLite: one worker, eight threads. PostgreSQL (BENCH_DATABASE_URL): two workers. Takes four minutes.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .throwaway import ROOT, throwaway_site

PORT = int(os.environ.get("BENCH_PORT", "8975"))
IS_SQLITE = (os.environ.get("BENCH_DATABASE_URL") or "sqlite").startswith("sqlite")
BASE = f"http://127.0.0.1:{PORT}"
SECONDS = float(os.environ.get("BENCH_SECONDS", "120"))
CLASSES, PUPILS = 50, 30
RATE_SECONDS = float(os.environ.get("BENCH_RATE_SECONDS", "8"))
TRIES = 40


@dataclass
class Outcome:
    """What the pages saw."""

    states: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    """Of pages that sent while the workers were whole."""
    delayed: list[float] = field(default_factory=list)
    """Of pages that sent after one was killed, while another started: how long they waited at most."""
    killed_at: float = 0.0
    resent: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, state: str, seconds: float, resent: int) -> None:
        with self.lock:
            self.states[state] += 1
            self.resent += resent
            (self.delayed if self.killed_at else self.seconds).append(seconds)


def main() -> None:
    """Prepare a site, serve it, play the lessons, compare, check every row."""
    with throwaway_site(
        DJANGO_SETTINGS_MODULE="benchmarks.lesson_settings",
        WEB_CONCURRENCY="1" if IS_SQLITE else "2",
        WEB_THREADS="8",
        BIND=f"127.0.0.1:{PORT}",
    ):
        _lay_out()
        from .lesson_site import classes_with_answers, rows_kept, seal
        from .lesson_weight import weigh_questions

        classes = classes_with_answers(CLASSES, PUPILS)
        server = _serve()
        try:
            print(weigh_questions(base_url=BASE, code=str(classes[0].session.code)))
            outcome = _play(classes, seal, server)
            kept = rows_kept()
            _say(outcome, kept)
            _compare(server)
        finally:
            server.terminate()
            server.wait(timeout=30)
    told = outcome.states["sent"] + outcome.states["already"]
    if kept != told or told != CLASSES * PUPILS:
        raise SystemExit("FAILED: what the pages were told and what is kept differ")


def _lay_out() -> None:
    """The tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _serve() -> "subprocess.Popen[bytes]":
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"], cwd=ROOT, env=os.environ | {"PYTHONPATH": "."}
    )
    for _try in range(120):
        try:
            urllib.request.urlopen(f"{BASE}/s/", timeout=2)
        except OSError:
            time.sleep(0.5)
        else:
            return server
    raise SystemExit("the site did not start")


def _play(classes: list[Any], seal: Any, server: "subprocess.Popen[bytes]") -> Outcome:
    """Each class has a quarter of the time; the classes begin one after the other and overlap. Class 25 sends at once."""
    outcome, began = Outcome(), time.perf_counter()
    chance = random.Random(1)
    threads: list[threading.Thread] = []
    for number, lesson in enumerate(classes):
        start = SECONDS * 0.72 * number / len(classes)
        moments = sorted(start + chance.uniform(0.05, 0.25) * SECONDS for _pupil in lesson.bodies)
        if number == len(classes) // 2:
            moments = [SECONDS / 2] * len(moments)
        threads.append(threading.Thread(target=_class, args=(lesson, moments, began, outcome, seal)))
    threads.append(threading.Thread(target=_kill_a_worker, args=(server.pid, began + SECONDS * 0.55, outcome)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


def _class(lesson: Any, moments: list[float], began: float, outcome: Outcome, seal: Any) -> None:
    pages = []
    for moment, body in zip(moments, lesson.bodies, strict=True):
        time.sleep(max(0, began + moment - time.perf_counter()))
        pages.append(threading.Thread(target=_page, args=(body, outcome)))
        pages[-1].start()
    for page in pages:
        page.join()
    seal(lesson.session)


def _page(body: dict[str, Any], outcome: Outcome) -> None:
    """A pupil's page: sends until it hears, with the same mark."""
    from surveys.simulate.posting import send

    for resent in range(TRIES):
        sent = send(base_url=BASE, body=body)
        if sent.state != "lost":
            outcome.add(sent.state, sent.seconds, resent)
            return
        time.sleep(0.5)
    outcome.add("lost", 0, TRIES)


def _kill_a_worker(master: int, at: float, outcome: Outcome) -> None:
    time.sleep(max(0, at - time.perf_counter()))
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    outcome.killed_at = time.perf_counter()
    os.kill(int(workers[0]), signal.SIGKILL)


def _say(outcome: Outcome, kept: int) -> None:
    ordered = sorted(outcome.seconds)
    print(f"{CLASSES * PUPILS} pupils, {CLASSES} classes, {SECONDS:.0f} s: {dict(outcome.states)}; kept {kept} rows")
    print(
        f"sent again after a worker was killed: {outcome.resent}; longest wait then {max(outcome.delayed, default=0):.1f} s"
    )
    print("before that:")
    for share in (0.5, 0.95, 0.99, 1):
        print(f"  p{share * 100:.0f}: {1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]:.0f} ms")


def _compare(server: "subprocess.Popen[bytes]") -> None:
    """POSTs a second over eight connections, and the server's CPU for each."""
    from .lesson_rate import measure_posts
    from .lesson_site import rate_requests, wagtail_requests

    found = {}
    for name, requests in (("answers", rate_requests(PORT)), ("Wagtail form", wagtail_requests(PORT))):
        rate = measure_posts(port=PORT, requests=requests, seconds=RATE_SECONDS, server=server.pid)
        found[name] = rate.per_second
        print(f"{name}: {rate.per_second:.0f} a second, {rate.cpu_ms:.1f} ms CPU each, {rate.failures} refused")
    print(f"ratio: {found['answers'] / found['Wagtail form']:.1f} (aim 5)")


if __name__ == "__main__":
    main()
