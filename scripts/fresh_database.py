"""Make `site/cscp/fresh.sqlite3.gz` anew: an empty database that has been through every migration.

Running some 290 migrations takes about twenty seconds of computing; copying their result takes none. `make run` starts a new
SQLite database from this file and then migrates it as ever, so that an old file only costs time. A test compares it with
what the migrations make. For maintainers, after adding a migration: `make fresh-database`.
"""

import gzip
import os
import sqlite3
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "site" / "cscp" / "fresh.sqlite3.gz"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made, packed = Path(folder) / "made.sqlite3", Path(folder) / "packed.sqlite3"
        os.environ["DATABASE_URL"] = f"sqlite:///{made}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscp.settings.dev")
        sys.path[1:1] = [str(ROOT), str(ROOT / "site")]
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        with sqlite3.connect(made) as database:
            # Sessions, users and keys there are none; what is left is what the migrations put in.
            database.execute("VACUUM INTO ?", [str(packed)])
        # No time in the file, so that the same database gives the same bytes.
        FILE.write_bytes(gzip.compress(packed.read_bytes(), compresslevel=9, mtime=0))
    print(f"{FILE.relative_to(ROOT)}: {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
