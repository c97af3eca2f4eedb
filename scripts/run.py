"""Serve the demonstration: migrate, load the content once, say how to sign in, then become the web server.

All of it happens in one process, because starting Django costs more than most of the steps. What has been done is
remembered in the database, so that a second start does none of it.
"""

import gzip
import hashlib
import os
import socket
import sys
import traceback
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(1, str(ROOT))
sys.path.insert(1, str(ROOT / "site"))
os.chdir(ROOT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscp.settings.dev")

ADDRESS = os.environ.get("BIND", "127.0.0.1:8000")
os.environ.setdefault("BASE_URL", f"http://{ADDRESS}")
READ_BY_THE_STEPS = ("community", "home", "locale", "site", "surveys", "requirements")
"""Folders whose files decide what the steps below make."""


def prepare() -> int | None:
    """Bring the database up to date and load the demonstration; what is there stays. None where all was done before,
    else the mark to set when the rest is done too (`finish`).

    A stop in the middle leaves the mark unset: the next start goes through the steps again, and each of them does what
    is still to do.
    """
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    start_from_fresh(settings.DATABASES["default"])
    wanted = mark_of_files()
    if mark_in_database() == wanted:
        return None
    relax_writing()
    if migrations_are_missing():
        print("Bringing the database up to date …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    call_command("setup_roles", verbosity=0)
    call_command("compile_catalogues", verbosity=0)
    if settings.DEMO_MODE:
        print("Loading the demonstration content (kept if it is there) …", flush=True)
        call_command("load_demo", verbosity=0, no_admin_search=True)
        name_the_site()
        call_command("load_demo_users", verbosity=0)
        call_command("setup_review", verbosity=0)
    return wanted


def finish(mark: int) -> None:
    """What nobody needs to wait for: the search inside the admin, the release of last year's practice wave and what was
    done about it. Then the mark, for all is done."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("update_index", verbosity=0)
    if settings.DEMO_MODE:
        from surveys.demo.release import release_demo_waves
        from surveys.demo.responses import load_demo_responses

        release_demo_waves()
        load_demo_responses()
    set_mark(mark)


def mark_of_files() -> int:
    """A number that changes with any file that the steps read, with where the site is served, and with its key, by which
    the demonstration's second factors and links were made."""
    from django.conf import settings

    key = hashlib.sha256(f"mark of the steps: {settings.SECRET_KEY}".encode()).hexdigest()
    mark = zlib.crc32(f"{ADDRESS} {os.environ.get('DEMO_MODE')} {os.environ.get('MEDIA_ROOT')} {key}".encode())
    for path in sorted(_files_of_the_steps()):
        facts = path.stat()
        mark = zlib.crc32(f"{path} {facts.st_size} {facts.st_mtime_ns}".encode(), mark)
    # SQLite keeps 31 bits; nought is what a new database has.
    return (mark & 0x7FFFFFFF) or 1


def _files_of_the_steps() -> Iterator[Path]:
    for folder in READ_BY_THE_STEPS:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in {".pyc", ".mo", ".unfinished"} and path.is_file():
                yield path


def mark_in_database() -> int | None:
    """The mark that the last complete start left; None where there is none, or no place for one (PostgreSQL)."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor != "sqlite" or not Path(settings.MEDIA_ROOT).exists():
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        return int(cursor.fetchone()[0]) or None


def set_mark(mark: int) -> None:
    """In the header of the database file, so that it goes with the file."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA user_version = {mark}")


def relax_writing() -> None:
    """While the steps run, nothing waits for the disk at each of some hundred commits.

    In WAL mode NORMAL cannot damage a database; a power cut may undo the last steps, and the next start repeats them.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = NORMAL")


def migrations_are_missing() -> bool:
    """Whether a migration on disk is not in the database's list. Asking `migrate` itself takes two seconds."""
    from importlib.util import find_spec
    from pkgutil import iter_modules

    from django.apps import apps
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = set(MigrationRecorder(connection).applied_migrations())
    for app in apps.get_app_configs():
        name = settings.MIGRATION_MODULES.get(app.label, f"{app.name}.migrations")
        spec = find_spec(name) if name else None
        for module in iter_modules(spec.submodule_search_locations or [] if spec else []):
            if module.name[0] not in "_~" and not module.ispkg and (app.label, module.name) not in applied:
                return True
    return False


def name_the_site() -> None:
    """Links that leave the page (QR codes, mails, feeds) lead to where this demonstration is served."""
    from wagtail.models import Site

    host, port = ADDRESS.rsplit(":", 1)
    here = Site.objects.filter(is_default_site=True, hostname__in=["localhost", "127.0.0.1"])
    here.update(hostname=host, port=int(port))


def start_from_fresh(database: dict[str, Any]) -> None:
    """Begin a new SQLite database as a copy of one that has been through the migrations; see fresh_database.py."""
    path, fresh = Path(str(database["NAME"])), ROOT / "site" / "cscp" / "fresh.sqlite3.gz"
    if not database["ENGINE"].endswith("sqlite3") or path.exists() or not fresh.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside it and renamed, so that a stop in the middle leaves no half of a database.
    part = path.with_suffix(".part")
    part.write_bytes(gzip.decompress(fresh.read_bytes()))
    part.rename(path)


def stop_if_taken() -> None:
    """Say so at once when something else listens on the address, before any work is done."""
    host, port = ADDRESS.rsplit(":", 1)
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, int(port))) == 0:
            sys.exit(
                f"Something already listens on {ADDRESS}. Stop it, or choose another: BIND=127.0.0.1:8001 make run"
            )


def say_how_to_sign_in() -> None:
    """Printed at each start, for it is what a newcomer looks for."""
    from django.conf import settings

    from foundation.accounts.demo import how_to_sign_in

    if settings.DEMO_MODE:
        from surveys.demo.fieldwork import how_to_answer

        print(how_to_sign_in(), *how_to_answer(os.environ["BASE_URL"]), sep="\n", flush=True)


def serve(*, mark: int | None) -> None:
    """Become gunicorn, whose worker is a copy of this process: what Django has loaded it need not load again."""
    from django.core.cache import caches
    from django.db import connections
    from gunicorn.app.wsgiapp import WSGIApplication

    from foundation.cache import kept

    # Connections do not survive a copy of the process, and what was kept is from before the load.
    connections.close_all()
    for cache in caches.all():
        cache.clear()
    kept.forget_everything()
    if mark is not None and os.fork() == 0:
        _finish_beside(mark)
    sys.argv = ["gunicorn", "--config", "gunicorn.conf.py", "--bind", ADDRESS]
    WSGIApplication("%(prog)s [OPTIONS]", prog="gunicorn").run()


def _finish_beside(mark: int) -> NoReturn:
    """In a process of its own, behind the pages that are asked for meanwhile. Unfinished, it leaves no mark."""
    status = 1
    try:
        os.nice(10)
        finish(mark)
        status = 0
    except KeyboardInterrupt:
        print("The admin's search was not finished; the next start does it.", flush=True)
    except Exception:
        traceback.print_exc()
    finally:
        # Without the clean-up of the process that this one is a copy of.
        os._exit(status)


def main() -> None:
    stop_if_taken()
    mark = prepare()
    say_how_to_sign_in()
    print(f"\nThe site is at http://{ADDRESS}/ (stop with Ctrl-C)\n", flush=True)
    serve(mark=mark)


if __name__ == "__main__":
    main()
