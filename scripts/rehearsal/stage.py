"""Everything that runs during the rehearsal, in a folder and on ports of its own; all of it is gone afterwards."""

import contextlib
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from . import proxy
from .certificate import make_certificate
from .mailbox import Mailbox
from .programs import OF_THIS_MACHINE, ROOT, Checkout, Programs, programs_for

DATABASE = "safeguarding_rehearsal"
WEB, SEALER = "rehearsal_web", "rehearsal_sealer"
PARTNERSHIP = ["--name", "Rehearsal Safeguarding Children Partnership", "--area", "Rehearsal", "--contact-email"]
OFFICE = "office@example.org"


class CannotStart(Exception):
    """Something that the rehearsal needs is not there; says what."""


class Stage:
    """Two servers with nothing in common but PostgreSQL, Redis and the folders of uploads; and what stands around them."""

    def __init__(self, folder: Path, *, first_port: int, database_url: str) -> None:
        self.folder, self._admin_url = folder, database_url
        self.proxy_port, self.redis_port, self.mail_port = first_port, first_port + 3, first_port + 4
        self.web_ports = [first_port + 1, first_port + 2]
        self.base = f"https://localhost:{self.proxy_port}"
        self.facts: dict[str, Any] = {}
        self.proxy_name = ""
        self._here = Checkout(folder)
        self.programs = programs_for(folder)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._python_proxy: Any = None
        self._mailbox: Mailbox | None = None
        self._password = secrets.token_urlsafe(16)
        self._keys = {name: secrets.token_urlsafe(48) for name in ("SECRET_KEY", "AUDIT_KEY", "SECOND_FACTOR_KEY")}

    @property
    def mailbox(self) -> Mailbox:
        assert self._mailbox
        return self._mailbox

    @property
    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))

    @property
    def token(self) -> str:
        """What monitoring shows."""
        return self._password

    def prepare(self) -> None:
        """Database and its roles, migrations, starter pages, static files, content; then the rights of the roles."""
        for port in (self.proxy_port, *self.web_ports, self.redis_port, self.mail_port):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    raise CannotStart(f"Something listens on port {port}. Choose others: REHEARSAL_PORT=9000.")
        self._make_database()
        self._start_redis()
        self._mailbox = Mailbox(self.mail_port)
        for words in (["migrate"], ["setup_roles"], ["setup_partnership", *PARTNERSHIP, OFFICE]):
            self.manage(*words, "--verbosity", "0", role="owner")
        if not self.programs.is_built:
            for words in (["compile_catalogues"], ["collectstatic", "--no-input"]):
                self.manage(*words, "--verbosity", "0", role="owner")
        # Made with the tools of the tests, which no image holds.
        made = self._run(["python", "-m", "scripts.rehearsal.content"], role="owner", programs=self._here)
        self.facts = json.loads(made)
        self.manage("update_index", "--verbosity", "0", role="owner")
        with self.as_owner() as connection:
            connection.execute(_roles_script())

    def start(self) -> None:
        """Both servers, the worker and the proxy; returns when all of them answer."""
        for number in (0, 1):
            self.start_web(number)
        self._start_own("worker", ["python", "manage.py", "db_worker", "--interval", "0.2"], role="sealer")
        certificate, key = make_certificate(self.folder)
        caddy = os.environ.get("CADDY") or shutil.which("caddy")
        if caddy:
            self.proxy_name = "Caddy, with deploy/caddy/Caddyfile"
            self._start_caddy(caddy, certificate, key)
        else:
            self.proxy_name = "the small proxy of this script (no Caddy here)"
            self._python_proxy = proxy.start(
                port=self.proxy_port, upstreams=self.web_ports, certificate=certificate, key=key
            )
        self._wait_for(self.proxy_port)

    def start_web(self, number: int) -> None:
        port = self.web_ports[number]
        self._start_own(f"web{number}", ["gunicorn"], role="web", BIND=f"127.0.0.1:{port}")
        # It takes connections before it has read its own code.
        self._wait_for(port, path="/health/live")

    def stop_web(self, number: int, *, how: signal.Signals = signal.SIGTERM) -> None:
        process = self._running.pop(f"web{number}")
        self.programs.stop(f"web{number}", process, how)
        process.wait(timeout=40)

    def manage(self, *words: str, role: str) -> str:
        """Run a command of manage.py as one of the roles of the database."""
        return self._run(["python", "manage.py", *words], role=role, programs=self.programs)

    def as_owner(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self._url("owner"), autocommit=True)

    def as_web(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self._url("web"), autocommit=True)

    def written(self) -> str:
        """All that the processes wrote."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def close(self) -> None:
        """Stop what runs and take away what was made; goes on whatever fails."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._python_proxy:
            self._python_proxy.shutdown()
        if self._mailbox:
            self._mailbox.close()
        with contextlib.suppress(psycopg.Error), psycopg.connect(self._admin_url, autocommit=True) as connection:
            _drop(connection)

    def _make_database(self) -> None:
        try:
            connection = psycopg.connect(self._admin_url, autocommit=True, connect_timeout=3)
        except psycopg.OperationalError:
            raise CannotStart("PostgreSQL does not answer. REHEARSAL_DATABASE_URL names one, as a superuser.") from None
        with connection:
            _drop(connection)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
            for role in (WEB, SEALER):
                command = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
                connection.execute(command.format(sql.Identifier(role), sql.Literal(self._password)))

    def _start_redis(self) -> None:
        if not shutil.which("redis-server"):
            raise CannotStart("There is no redis-server. On Debian: apt install redis-server.")
        command = [
            "redis-server",
            "--port",
            str(self.redis_port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self._start("redis", [*command, "--dir", str(self.folder)], {})

    def _start_caddy(self, caddy: str, certificate: Path, key: Path) -> None:
        """The real file; what differs is the port, a certificate for this hour, and that nothing asks the internet."""
        text = (ROOT / "deploy/caddy/Caddyfile").read_text()
        text = text.replace("{\n", "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n", 1)
        text = text.replace("{$SITE_HOST} {", f"{self.base} {{\n\ttls {certificate} {key}", 1)
        (self.folder / "Caddyfile").write_text(text)
        told = {
            "UPSTREAM": " ".join(f"127.0.0.1:{port}" for port in self.web_ports), "UPLOADS": str(self.folder / "media"),
            "RESTING": str(ROOT / "deploy/caddy"),
            **dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(self.folder)),
        }  # fmt: skip
        self._start("caddy", [caddy, "run", "--config", str(self.folder / "Caddyfile"), "--adapter", "caddyfile"], told)

    def _start_own(self, name: str, words: list[str], *, role: str, **more: str) -> None:
        told = self._told(role, self.programs) | more
        self._start(name, self.programs.command(name, words, list(told)), told)

    def _start(self, name: str, command: list[str], told: dict[str, str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                command, cwd=ROOT, env=_of_this_machine() | told, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip

    def _run(self, words: list[str], *, role: str, programs: Programs) -> str:
        told = self._told(role, programs)
        done = subprocess.run(
            programs.command("command", words, list(told)), cwd=ROOT, env=_of_this_machine() | told, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise CannotStart(f"{' '.join(words[:3])} failed:\n{done.stderr[-2000:]}")
        return done.stdout

    def _told(self, role: str, programs: Programs) -> dict[str, str]:
        """What a process of the site is told."""
        told = {
            "ALLOWED_HOSTS": "localhost", "BASE_URL": self.base, "DATABASE_URL": self._url("web" if role != "owner" else role),
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0", "BACKGROUND_WORKER": "1", "TRUSTED_PROXIES": "127.0.0.1",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}", "DEFAULT_FROM_EMAIL": "site@example.org",
            "WEB_CONCURRENCY": "1", "METRICS_TOKEN": self._password,
            **self._keys, **programs.told,
        }  # fmt: skip
        if role == "sealer":
            told |= {"SEALED_DATABASE_URL": self._url("sealer"), "BACKUP_KEY": self._password}
        return told

    def _url(self, role: str) -> str:
        parts = urlsplit(self._admin_url)
        user = {"web": WEB, "sealer": SEALER}.get(role)
        place = f"{user}:{self._password}@{parts.hostname}:{parts.port or 5432}" if user else parts.netloc
        return urlunsplit((parts.scheme, place, f"/{DATABASE}", parts.query, ""))

    def _wait_for(self, port: int, *, path: str = "", seconds: float = 120) -> None:
        """Until somebody listens there; with a path, until it is answered."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.connect()
                if path:
                    connection.request("GET", path)
                    connection.getresponse().read()
                return connection.close()
            time.sleep(0.1)
        raise CannotStart(f"Nothing answers on port {port}:\n{self.written()[-2000:]}")


def _of_this_machine() -> dict[str, str]:
    return {name: os.environ[name] for name in OF_THIS_MACHINE if name in os.environ}


def _roles_script() -> str:
    """deploy/postgresql/roles.sql with the names that psql would fill in."""
    lines = (ROOT / "deploy/postgresql/roles.sql").read_text().splitlines()
    text = "\n".join(line for line in lines if not line.startswith("--"))
    return text.replace(":web", WEB).replace(":sealer", SEALER).replace(":schema", "public")


def _drop(connection: "psycopg.Connection[Any]") -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
    for role in (WEB, SEALER):
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
