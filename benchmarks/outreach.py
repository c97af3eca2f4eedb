"""`python -m benchmarks.outreach`: the outreach cockpit with ten thousand settings and a hundred thousand attendances.

Settings come from the directory's generator; who came is put down in bulk. CPU of this process, median of five, and the
number of queries, for each way to group.
"""

import logging
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = int(os.environ.get("BENCH_SETTINGS", "10000"))
CAME = int(os.environ.get("BENCH_CAME", "100000"))
AIM_MS, AIM_QUERIES = 100, 12


def main() -> None:
    """Build a database in a temporary folder, measure, print."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        _prepare(Path(folder))
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        _fill()
        _measure()


def _prepare(folder: Path) -> None:
    sys.path.insert(1, str(ROOT / "site"))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="benchmarks.settings",
        DATABASE_URL=os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder / 'bench.sqlite3'}",
        MEDIA_ROOT=str(folder / "media"),
        STATIC_ROOT=str(folder / "static"),
        LOG_LEVEL="ERROR",
        PYTHONWARNINGS="ignore",
    )
    (folder / "static").mkdir()
    import django

    django.setup()
    logging.disable(logging.WARNING)


def _fill() -> None:
    from django.utils import timezone

    from community.models import ListEntry, Setting
    from community.programme.models import Booking, Course, CourseDate, Credit
    from foundation.partnership.models import Ward

    lot = random.Random(3)
    wards = Ward.objects.bulk_create(Ward(name=f"Ward {number}") for number in range(20))
    ListEntry.objects.bulk_create(
        ListEntry(kind="language", code=code, label=code)
        for code in ("bn", "so", "ar")
        if not ListEntry.objects.filter(code=code)
    )
    Setting.objects.bulk_create(
        (
            Setting(
                name=f"Invented Club {number}", slug=f"invented-{number}", state=lot.choice(["known", "draft", "lapsed"]),
                types=lot.choice([["sport"], ["tuition", "language"], ["faith"], ["arts", "music"], []]),
                languages=lot.choice([[], ["bn"], ["so", "ar"]]), staff_paid=lot.choice([None, 1, 3, 9]), ward=lot.choice(wards),
            )
            for number in range(SETTINGS)
        ),
        batch_size=1_000,
    )  # fmt: skip
    keys = list(Setting.objects.values_list("pk", flat=True))
    now = timezone.now()
    dates = []
    for number in range(400):
        kind = ("training", "forum", "briefing")[number % 3]
        course = Course.objects.create(title=f"Course {number}", slug=f"course-{number}", kind=kind, summary="x")
        start = now - timedelta(days=lot.randint(1, 1_400))
        dates.append(
            CourseDate.objects.create(
                course=course, starts_at=start, ends_at=start + timedelta(hours=2), capacity=300, state="held"
            )
        )
    bookings = Booking.objects.bulk_create(
        (
            Booking(
                date=lot.choice(dates), name="Somebody", email=f"somebody{number}@example.org", setting_id=lot.choice(keys),
                state="attended", code=f"c{number:08}",
            )
            for number in range(CAME)
        ),
        batch_size=2_000,
    )  # fmt: skip
    Credit.objects.bulk_create((Credit(booking=one, item_code="B4") for one in bookings[::2]), batch_size=2_000)


def _measure() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from community.outreach.selectors.gaps import credited, gaps
    from community.outreach.selectors.reach import DIMENSIONS, by, reach

    print(f"{SETTINGS:,} settings, {CAME:,} attendances")
    for dimension in DIMENSIONS:
        spent = []
        for _turn in range(5):
            started = time.process_time()
            found = reach()
            gaps(found, credited())
            by(dimension, found)
            spent.append(1_000 * (time.process_time() - started))
        with CaptureQueriesContext(connection) as queries:
            gaps(reach(), credited())
        print(
            f"  by {dimension:<9} {statistics.median(spent):6.0f} ms CPU (aim {AIM_MS}),"
            f" {len(queries)} queries (aim {AIM_QUERIES})"
        )


if __name__ == "__main__":
    main()
