"""`make rehearsal`: start everything, walk through it as people would, print what held, take it all away again.

--short                 only what no test of one process can show
REHEARSAL_DATABASE_URL  a PostgreSQL as a superuser (postgres://postgres@127.0.0.1:5432/postgres); the rehearsal makes and drops
                        a database and two roles of its own
REHEARSAL_PORT          the first of five ports (8110)
REHEARSAL_IMAGE         an image (scripts/build_image.sh): its programs take the place of this checkout's
REHEARSAL_ENGINE        what starts it (podman)
CADDY                   the program, where it is not on the path; without Caddy a small proxy stands in
"""

import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from .journeys import JOURNEYS, SHORT, Failed, Journey, People
from .stage import CannotStart, Stage


def main() -> int:
    """0 where every journey held."""
    # Stopped by somebody, it takes everything away all the same.
    signal.signal(signal.SIGTERM, lambda *_given: sys.exit(1))
    began = time.perf_counter()
    journeys = [each for each in JOURNEYS if each[1] in SHORT] if "--short" in sys.argv else JOURNEYS
    url = os.environ.get("REHEARSAL_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as name:
        stage = Stage(Path(name), first_port=int(os.environ.get("REHEARSAL_PORT", "8110")), database_url=url)
        try:
            stage.prepare()
            prepared = time.perf_counter()
            stage.start()
            whose = os.environ.get("REHEARSAL_IMAGE", "this checkout")
            print(f"Two servers and a worker of {whose}, {stage.proxy_name}, PostgreSQL as two roles, Redis.")
            print(
                f"Prepared in {prepared - began:.0f} s, all answering {time.perf_counter() - prepared:.1f} s later.\n"
            )
            failed = _walk(stage, journeys)
            if failed:
                told = [line for line in stage.written().splitlines() if '"level": "info"' not in line]
                print("\nThe last that the processes complained of:", *told[-30:], sep="\n")
        except CannotStart as why:
            print(f"The rehearsal could not start. {why}", file=sys.stderr)
            return 1
        finally:
            stage.close()
    print(f"\n{len(journeys) - failed} of {len(journeys)} held, {time.perf_counter() - began:.0f} s in all.")
    return 1 if failed else 0


def _walk(stage: Stage, journeys: list[Journey]) -> int:
    """Each journey in turn, one line for each; how many failed."""
    people, failed = People(stage), 0
    for title, journey in journeys:
        began = time.perf_counter()
        try:
            found, mark = journey(people), "held"
        except (Failed, OSError, KeyError) as why:
            found, mark, failed = f"{type(why).__name__}: {why}", "FAILED", failed + 1
        print(f"{mark:<7}{title:<58}{time.perf_counter() - began:>6.1f} s  {found}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
