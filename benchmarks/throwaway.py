"""A site for one run: Django with a database, uploads and static files in a folder that goes afterwards."""

import gzip
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def throwaway_site(**environment: str) -> Iterator[Path]:
    """Set Django up, and give the folder. The database is the empty one that the site ships with (a benchmark migrates it
    as ever, should it be old), or that of BENCH_DATABASE_URL.

    `environment` is set beside what every benchmark needs; a benchmark with settings of its own names them there.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        (folder / "static").mkdir()
        database = folder / "bench.sqlite3"
        database.write_bytes(gzip.decompress((ROOT / "site" / "cscp" / "fresh.sqlite3.gz").read_bytes()))
        sys.path.insert(1, str(ROOT / "site"))
        os.environ.update(
            {
                "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
                "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{database}",
                "MEDIA_ROOT": str(folder / "media"),
                "STATIC_ROOT": str(folder / "static"),
                "LOG_LEVEL": "ERROR",
                "PYTHONWARNINGS": "ignore",
                **environment,
            }
        )
        import django  # here, because the settings are read from the environment

        django.setup()
        logging.disable(logging.WARNING)
        yield folder
