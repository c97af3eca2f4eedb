"""`python -m benchmarks.pages`: requests a second, CPU, queries and weight of every kind of page, beside a trivial view and,
where there is one, a peer (`benchmarks.beside`).

Rates are taken with gunicorn as it ships (one process, eight threads) and a client in processes of its own. Client and
server share the machine, so only ratios of one run mean something on another machine. Takes about six minutes.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any

from .throwaway import ROOT, throwaway_site

PORT = int(os.environ.get("BENCH_PORT", "8799"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "0.8"))
MORE_PAGES = int(os.environ.get("BENCH_MORE_PAGES", "1000"))
TRIVIAL = "/benchmark/trivial/"
QUERY_BUDGET = 12


def main() -> None:
    """Build a demonstration site in a temporary folder, measure it, add pages, measure again, print."""
    with throwaway_site() as folder:
        from . import beside, site

        site.fill()
        pages = site.addresses()
        before, queries, weights = _rates(pages), site.queries(pages), site.weights(pages)
        added = site.add_pages(MORE_PAGES)
        after, queries_after = _rates(pages), site.queries(pages)
        _print(pages, before, queries, weights, added, after, queries_after)
        site.add_figures()
        with beside.beside(folder, _serve, PORT) as (ours, peer):
            table = beside.rows(ours, peer, TRIVIAL)
            beside.say(table, beside.measured(table))
        beside.release()
        _lighthouse()


def _rates(pages: dict[str, str]) -> dict[str, dict[str, Any]]:
    """name -> {"uncached", "cached"} medians over the rounds; "trivial" has "uncached" alone."""
    from .load import measure

    targets = [("trivial", "uncached", TRIVIAL)]
    for name, path in pages.items():
        # A parameter that no view knows is answered past the cache.
        targets.append((name, "uncached", f"{path}{'&' if '?' in path else '?'}past-the-cache=1"))
        targets.append((name, "cached", path))
    server = _serve()
    try:
        for _name, _kind, path in targets:
            measure(port=PORT, path=path, seconds=0.3, server=server.pid)
        runs: dict[tuple[str, str], list[Any]] = {}
        for _round in range(ROUNDS):
            for name, kind, path in targets:
                rate = measure(port=PORT, path=path, seconds=SECONDS, server=server.pid)
                runs.setdefault((name, kind), []).append(rate)
    finally:
        server.terminate()
        server.wait(20)
    found: dict[str, dict[str, Any]] = {}
    for (name, kind), rates in runs.items():
        found.setdefault(name, {})[kind] = {
            "per_second": statistics.median(rate.per_second for rate in rates),
            "cpu_ms": statistics.median(rate.cpu_ms for rate in rates),
            "failures": sum(rate.failures for rate in rates),
        }
    return found


def _serve() -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "BIND": f"127.0.0.1:{PORT}", "WEB_CONCURRENCY": "1", "WEB_THREADS": "8"}
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py")]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _try in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}{TRIVIAL}", timeout=5).close()
            return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    server.terminate()
    raise SystemExit("the server did not start")


def _print(
    pages: dict[str, str],
    before: dict[str, dict[str, Any]],
    queries: dict[str, int],
    weights: dict[str, Any],
    added: int,
    after: dict[str, dict[str, Any]],
    queries_after: dict[str, int],
) -> None:
    for title, rates, counts in (
        ("demonstration content", before, queries),
        (f"the same with {added} pages more", after, queries_after),
    ):
        trivial = rates["trivial"]["uncached"]
        print(f"\n{title}: medians of {ROUNDS} runs of {SECONDS} s, 1 process x 8 threads")
        print(
            f"{'':<14}{'uncached':>10}{'CPU ms':>9}{'queries':>9}{'cached':>10}{'CPU ms':>9}{'share':>12}{'failed':>8}"
        )
        print(f"{'trivial view':<14}{trivial['per_second']:>10.0f}{trivial['cpu_ms']:>9.2f}")
        for name in pages:
            plain, kept = rates[name]["uncached"], rates[name]["cached"]
            over = " !" if counts[name] > QUERY_BUDGET else ""
            share = kept["per_second"] / trivial["per_second"]
            print(
                f"{name:<14}{plain['per_second']:>10.0f}{plain['cpu_ms']:>9.2f}{counts[name]:>9}{kept['per_second']:>10.0f}"
                f"{kept['cpu_ms']:>9.2f}{share:>11.0%} {plain['failures'] + kept['failures']:>7}{over}"
            )
    print("\nfirst visit, bytes as they travel")
    kinds = ["page", "style", "script", "font", "pictures", "without pictures"]
    print(f"{'':<14}" + "".join(f"{kind:>18}" for kind in kinds))
    for name, parts in weights.items():
        print(f"{name:<14}" + "".join(f"{parts[kind]:>18,}" for kind in kinds))


def _lighthouse() -> None:
    program = shutil.which("lighthouse")
    if program is None:
        print("\nLighthouse is not installed, so it was not run.")
        return
    server = _serve()
    try:
        command = [
            program,
            f"http://127.0.0.1:{PORT}/en/",
            "--quiet",
            "--output=json",
            "--chrome-flags=--headless --no-sandbox",
        ]
        done = subprocess.run(command, capture_output=True, timeout=90, check=False)
        scores = json.loads(done.stdout)["categories"]
        print("\nLighthouse, home: " + ", ".join(f"{one['title']} {one['score']:.0%}" for one in scores.values()))
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        print("\nLighthouse is installed but gave no answer.")
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
