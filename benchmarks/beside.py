"""Every kind of page beside its ceiling, a trivial view in the same process, and beside a peer where there is one.

The peer is a fresh site of the Wagtail that is locked here (`benchmarks.peer`), served by the same gunicorn settings in turns
with ours, so that both meet the same machine. It has as many pages, no page cache, and nothing of what ours shows on each page.
"""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .lesson_rate import measure_posts
from .load import Rate, measure
from .peer import form_posts, served_peer

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "0.8"))
POSTS = 1_200
"""In one round; fewer may be sent in its time."""
PAGES = 180
"""Of the peer; the demonstration has over 180."""


@dataclass(frozen=True)
class Server:
    """A server that runs, and where it answers."""

    process: "subprocess.Popen[bytes]"
    port: int

    def get(self, path: str, cookie: str = "") -> Rate:
        headers = f"Cookie: {cookie}\r\n" if cookie else ""
        return measure(port=self.port, path=path, seconds=SECONDS, server=self.process.pid, headers=headers)

    def post(self, requests: list[bytes]) -> Rate:
        return measure_posts(port=self.port, requests=requests, seconds=SECONDS, server=self.process.pid)


Ask = Callable[[], Rate]


@dataclass(frozen=True)
class Row:
    """One line of the table: ours, the same from the page cache, and the peer's, each measured by a call."""

    name: str
    anew: Ask
    kept: Ask | None = None
    peer: Ask | None = None
    peer_name: str = ""


@contextmanager
def beside(folder: Path, serve: Callable[[], "subprocess.Popen[bytes]"], port: int) -> Iterator[tuple[Server, Server]]:
    """Ours and the peer, both running."""
    ours = serve()
    try:
        with served_peer(folder, port=port + 1, pages=PAGES) as peer:
            yield Server(ours, port), Server(peer, port + 1)
    finally:
        ours.terminate()
        ours.wait(20)


def rows(ours: Server, peer: Server, trivial: str) -> list[Row]:
    """What is measured. Pages of one person are never kept; the register, open data and figures have no peer."""
    from . import site

    member = site.signed_in_member()
    lessons = _chunks(site.survey_posts(ours.port, POSTS * (ROUNDS + 1)))
    forms = _chunks(form_posts(peer.port, POSTS * (ROUNDS + 1)))

    def page(name: str, path: str, at_peer: str = "", peer_name: str = "") -> Row:
        past = f"{path}{'&' if '?' in path else '?'}past-the-cache=1"
        return Row(name, lambda: ours.get(past), lambda: ours.get(path),
                   (lambda: peer.get(at_peer)) if at_peer else None, peer_name)  # fmt: skip

    return [
        Row("trivial view", lambda: ours.get(trivial)),
        page("home", "/en/", "/", "its first page"),
        page("search", "/en/search/?q=safe", "/search/?query=safe", "its search"),
        # Asked of the database for each reader, so that a suspension is seen at once.
        Row("register", lambda: ours.get("/en/clubs-near-you/")),
        Row("a setting", lambda: ours.get(site.listing_address())),
        Row(
            "open data, 20",
            lambda: ours.get("/o/services?per_page=20"),
            None,
            lambda: peer.get("/api/v2/pages/?limit=20"),
            "its API, 20 pages",
        ),
        Row("survey's door", lambda: ours.get("/s/")),
        Row(
            "a pupil's POST",
            lambda: ours.post(next(lessons)),
            None,
            lambda: peer.post(next(forms)),
            "its form page, 60 questions",
        ),
        page("public figures", site.figures_address()),
        Row("subgroup's view", lambda: ours.get(site.subgroup_address(), member)),
    ]


def measured(table: list[Row]) -> dict[str, dict[str, Rate]]:
    """name -> {"anew", "kept", "peer"}: medians over the rounds, ours and the peer's by turns."""
    runs: dict[tuple[str, str], list[Rate]] = {}
    for number in range(ROUNDS + 1):
        for row in table:
            for kind, ask in (("anew", row.anew), ("kept", row.kept), ("peer", row.peer)):
                if ask is None:
                    continue
                rate = ask()
                if number:  # the first round warms up
                    runs.setdefault((row.name, kind), []).append(rate)
    found: dict[str, dict[str, Rate]] = {}
    for (name, kind), rates in runs.items():
        found.setdefault(name, {})[kind] = Rate(
            statistics.median(rate.per_second for rate in rates),
            statistics.median(rate.cpu_ms for rate in rates),
            sum(rate.failures for rate in rates),
        )
    return found


def say(table: list[Row], found: dict[str, dict[str, Rate]]) -> None:
    """Print it. "peer" is how many times ours its CPU is: above 1, ours costs less."""
    floor = found["trivial view"]["anew"].cpu_ms
    print(
        f"\nbeside a trivial view and a fresh Wagtail site: medians of {ROUNDS} runs of {SECONDS} s, 1 process x 8 threads"
    )
    print(
        f"{'':<17}{'a second':>9}{'CPU ms':>8}{'x trivial':>10}{'kept':>8}{'peer':>8}{'CPU ms':>8}{'peer/ours':>10}{'failed':>7}"
    )
    for row in table:
        rates = found[row.name]
        anew, kept, peer = rates["anew"], rates.get("kept"), rates.get("peer")
        print(
            f"{row.name:<17}{anew.per_second:>9.0f}{anew.cpu_ms:>8.2f}{anew.cpu_ms / floor:>10.1f}"
            f"{f'{kept.per_second:.0f}' if kept else '':>8}{f'{peer.per_second:.0f}' if peer else '':>8}"
            f"{f'{peer.cpu_ms:.2f}' if peer else '':>8}{f'{peer.cpu_ms / anew.cpu_ms:.1f}' if peer else '':>10}"
            f"{sum(rate.failures for rate in rates.values()):>7}   {row.peer_name}"
        )
    print("No peer: no package of the registry has a register of settings, protected figures or views of a subgroup.")


def release() -> None:
    """A release in small, beside its ceiling: the same counting without protection. `make bench-release` has it in full."""
    from surveys.disclosure import gate, protect, tabulate

    from .release import PLAN, made_input

    respondents, questions = 10_000, 6
    columns, answers, asked = made_input(respondents, questions, schools=40)
    took: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        began = time.process_time()
        found = work()
        took[name] = time.process_time() - began
        return found

    wave = timed("count", lambda: tabulate(answers, columns, PLAN, asked))
    made = timed("protect", lambda: protect(wave, seed=1))  # type: ignore[arg-type]
    report = timed("attack", lambda: gate(wave, made, self_test=False))  # type: ignore[arg-type]
    print(f"\na release of {respondents:,} pupils, {questions} questions, 40 schools, seconds of CPU: "
          + ", ".join(f"{name} {seconds:.2f}" for name, seconds in took.items())
          + f"; passed: {getattr(report, 'passed', '?')}")  # fmt: skip


def _chunks(requests: list[bytes]) -> Iterator[list[bytes]]:
    return (requests[start : start + POSTS] for start in range(0, len(requests), POSTS))
