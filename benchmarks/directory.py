"""`python -m benchmarks.directory`: the register with ten thousand settings: search, listing, open data, clocks.

CPU of this process for whole requests through the test client, middleware included; medians. Takes two minutes.
"""

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from .throwaway import throwaway_site

NUMBER = int(os.environ.get("BENCH_SETTINGS", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
DIRECTORY = "/en/clubs-near-you/"


def main() -> None:
    """Build a database in a temporary folder, measure, print."""
    with throwaway_site():
        from django.conf import settings
        from django.core.management import call_command

        settings.DEMO_MODE = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_demo", verbosity=0)
        began = time.perf_counter()
        call_command("make_settings", str(NUMBER), verbosity=0)
        print(f"make_settings {NUMBER}: {time.perf_counter() - began:.0f} s (aim 90)")
        _measure()


def _measure() -> None:
    from unittest import mock

    from community.models import Listing

    slug, key = Listing.objects.order_by("pk").values_list("slug", "pk")[NUMBER // 2]
    near = "near=NW5+2AA"
    searches = {
        "search, by name": f"{DIRECTORY}",
        "search, words and 2 miles": f"{DIRECTORY}?q=football&{near}&within=3200",
        "search, everything": f"{DIRECTORY}?{near}&within=1600&age=9&day=2&cost=free&lang=bn&send=small-groups&stay=1",
        "search, late page": f"{DIRECTORY}?{near}&within=8000&page=100",
    }
    pages = {"listing": f"{DIRECTORY}{slug}/", "questions": f"{DIRECTORY}{slug}/questions/"}
    last = -(-Listing.objects.count() // 100)
    feeds = {
        "API, first page of 100": "/o/services?per_page=100",
        "API, last page of 100": f"/o/services?per_page=100&page={last}",
        "API, filters": "/o/services?per_page=100&day=WE&minimum_age=7&search=garden",
        "API, places, late page": "/o/service_at_locations?per_page=100&page=150",
        "API, places near": "/o/service_at_locations?per_page=100&postcode=NW5+2AA&proximity=50000",
        "API, one service": f"/o/services/{key}",
        "API, terms": "/o/taxonomy_terms?per_page=100",
    }
    print(f"\n{'':<32}{'CPU ms':>8}{'aim':>6}{'queries':>9}{'aim':>6}")
    with mock.patch("community.opendata.answers.is_within", return_value=True):
        for names, aim, queries in ((searches, 50, 8), (pages, 50, 8), (feeds, 100, None)):
            for name, address in names.items():
                _row(name, *_request(address), aim, queries)
    _clocks()


def _request(address: str) -> tuple[float, int]:
    """Median CPU in ms of a request that nothing has kept, and its queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    ask: Callable[[], Any] = lambda: client.get(address)  # noqa: E731
    for _warm in range(2):
        assert ask().status_code == 200, address
    taken = []
    for _round in range(ROUNDS):
        began = time.process_time()
        ask()
        taken.append(1_000 * (time.process_time() - began))
    with CaptureQueriesContext(connection) as queries:
        ask()
    return statistics.median(taken), len(queries)


def _row(name: str, cpu: float, queries: int, aim: int, most: int | None) -> None:
    over = " !" if cpu > aim or (most is not None and queries > most) else ""
    print(f"{name:<32}{cpu:>8.1f}{aim:>6}{queries:>9}{most or '':>6}{over}")


def _clocks() -> None:
    from community.clocks.services import run_clocks
    from community.models import Membership, Setting
    from foundation.accounts.models import User

    # Somebody who gets the mails: writing and sending them is most of the work.
    owner = User.objects.get(email="owner@example.org")
    ownerless = Setting.objects.filter(state="listed", memberships__isnull=True)
    Membership.objects.bulk_create([Membership(setting=setting, user=owner) for setting in ownerless.iterator()])
    for name in ("run_clocks, first of the day", "run_clocks, again"):
        began, cpu = time.perf_counter(), time.process_time()
        run = run_clocks()
        print(f"{name}: {time.perf_counter() - began:.1f} s, CPU {time.process_time() - cpu:.1f} s (aim 60 s)  {run}")


if __name__ == "__main__":
    main()
