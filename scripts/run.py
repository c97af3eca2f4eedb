"""Serve the demonstration: migrate, load the content once, say how to sign in, then become the web server.

All set-up happens in one process, because starting Django costs more than most of the steps.
"""

import gzip
import os
import socket
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(1, str(ROOT))
sys.path.insert(1, str(ROOT / "site"))
os.chdir(ROOT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscp.settings.dev")

ADDRESS = os.environ.get("BIND", "127.0.0.1:8000")
os.environ.setdefault("BASE_URL", f"http://{ADDRESS}")


def prepare() -> None:
    """Bring the database up to date and load the demonstration; both do nothing where nothing is to do."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    start_from_fresh(settings.DATABASES["default"])
    print("Bringing the database up to date …", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("setup_roles", verbosity=0)
    call_command("compile_catalogues", verbosity=0)
    if settings.DEMO_MODE:
        print("Loading the demonstration content (kept if it is there) …", flush=True)
        call_command("load_demo", verbosity=0)
        name_the_site()
        call_command("load_demo_users")


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


def main() -> None:
    stop_if_taken()
    prepare()
    print(f"\nThe site is at http://{ADDRESS}/ (stop with Ctrl-C)\n", flush=True)
    gunicorn = Path(sys.executable).with_name("gunicorn")
    # sys.executable is ours and the arguments are constants.
    os.execv(gunicorn, [str(gunicorn), "--config", "gunicorn.conf.py", "--bind", ADDRESS])


if __name__ == "__main__":
    main()
