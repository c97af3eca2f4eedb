"""`python -m benchmarks.outreach`: the outreach cockpit with ten thousand settings and a hundred thousand attendances.

Settings in every state, half of them with owners, self-assessments and awards; who came is put down in bulk. CPU of this
process (SQLite runs in it; a PostgreSQL server's own work does not count) and the number of queries, for each way to group
and for the whole page. BENCH_DATABASE_URL: an empty database to use instead, such as one on PostgreSQL.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from .throwaway import throwaway_site

SETTINGS = int(os.environ.get("BENCH_SETTINGS", "10000"))
CAME = int(os.environ.get("BENCH_CAME", "100000"))
ROUNDS = 7
AIM_MS = 100


def main() -> None:
    """Build a database in a temporary folder, measure, print."""
    with throwaway_site():
        from django.conf import settings
        from django.core.management import call_command

        from benchmarks.outreach_rows import fill

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0, interactive=False)
        fill(SETTINGS, CAME)
        _measure()


def _measure() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from community.outreach.selectors.dimensions import DIMENSIONS
    from community.outreach.selectors.gaps import gaps
    from community.outreach.selectors.reach import by, reach

    def figures(dimension: str) -> None:
        found = reach(dimension=dimension)
        gaps(found)
        by(found)

    print(f"{SETTINGS:,} settings, {CAME:,} attendances, {connection.vendor}; nothing is kept between two looks")
    for dimension in DIMENSIONS:
        first, again = _cpu(partial(figures, dimension))
        with CaptureQueriesContext(connection) as queries:
            figures(dimension)
        print(
            f"  figures by {dimension:<9} first {first:4.0f}, then {again:4.0f} ms CPU (aim {AIM_MS}), {len(queries):2} queries"
        )
    client, path = _officer(), reverse("outreach")
    with CaptureQueriesContext(connection) as queries:
        first, again = _cpu(lambda: client.get(path))
    asked = len(queries) // (ROUNDS + 1)
    print(
        f"  whole request        first {first:4.0f}, then {again:4.0f} ms CPU, {asked} queries with who is signed in and the menu"
    )


def _cpu(act: Callable[[], object]) -> tuple[float, float]:
    """CPU of this process in ms: the first time, and the median of those after it."""
    spent = []
    for _turn in range(ROUNDS + 1):
        started = time.process_time()
        act()
        spent.append(1_000 * (time.process_time() - started))
    return spent[0], statistics.median(spent[1:])


def _officer() -> Any:
    """The admin, as an outreach officer sees it."""
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.test import Client

    from foundation.accounts.models import User

    call_command("setup_roles", verbosity=0)
    person = User.objects.create(email="outreach@example.org", display_name="Officer")
    person.groups.add(Group.objects.get(name="Outreach officer"))
    client = Client()
    client.force_login(person)
    session = client.session
    factors = [{"method": "password", "at": time.time()}, {"method": "mfa", "at": time.time(), "type": "totp"}]
    session["account_authentication_methods"] = factors
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


if __name__ == "__main__":
    main()
