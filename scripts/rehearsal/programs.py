"""Where the site's own programs come from: this checkout, or an image that is started as deploy/compose.yaml starts it."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
OWNER_IN_THE_IMAGE = 10001
LIKE_COMPOSE = [
    "--read-only", "--tmpfs=/tmp:size=512m,mode=1777", "--cap-drop=ALL", "--security-opt=no-new-privileges",
]  # fmt: skip
OF_THIS_MACHINE = ("PATH", "HOME", "LANG", "VIRTUAL_ENV", "TMPDIR", "CONTAINERS_CONF")


class Programs(Protocol):
    """How `python` and `gunicorn` of the site are started and stopped, and where they find their folders."""

    told: dict[str, str]
    """Variables that say where folders lie."""
    backups: str
    """The folder of backups as the programs see it."""
    is_built: bool
    """Static files and catalogues are there already."""

    def command(self, name: str, words: list[str], variables: list[str]) -> list[str]: ...

    def stop(self, name: str, process: "subprocess.Popen[bytes]", how: signal.Signals) -> None: ...


class Checkout:
    """This checkout, with the Python that runs the rehearsal."""

    is_built = False

    def __init__(self, folder: Path) -> None:
        self.backups = str(folder / "backups")
        (folder / "backups").mkdir(exist_ok=True)
        self.told = {
            "DJANGO_SETTINGS_MODULE": "cscp.settings.production", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "MEDIA_ROOT": str(folder / "media"), "PRIVATE_ROOT": str(folder / "private"),
            "STATIC_ROOT": str(folder / "static"), "METRICS_ROOT": str(folder / "metrics"),
        }  # fmt: skip

    def command(self, name: str, words: list[str], variables: list[str]) -> list[str]:
        del name, variables  # the process inherits them
        return [sys.executable, *(["-m", *words] if words[0] == "gunicorn" else words[1:])]

    def stop(self, name: str, process: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
        del name
        os.killpg(process.pid, how)


class Image:
    """An image built from deploy/Dockerfile: nothing of it can be written, nobody in it is root, and it has no rights.

    The folders of uploads and backups are the machine's. It uses the machine's network, where the rehearsal's PostgreSQL, Redis
    and mailbox answer on 127.0.0.1 alone.
    """

    is_built = True
    backups = "/data/backups"

    def __init__(self, name: str, engine: str, folder: Path) -> None:
        self._name, self._engine = name, engine
        self.told: dict[str, str] = {}
        self._volumes = []
        for part in ("media", "private", "backups"):
            (folder / part).mkdir(mode=0o751, exist_ok=True)
            os.chown(folder / part, OWNER_IN_THE_IMAGE, OWNER_IN_THE_IMAGE)
            self._volumes.append(f"--volume={folder / part}:/data/{part}")

    def command(self, name: str, words: list[str], variables: list[str]) -> list[str]:
        # A variable without a value is handed on from the engine's own environment: no secret stands on a command line.
        given = [f"--env={variable}" for variable in variables]
        if words[0] == "gunicorn":
            words = [*words, "--worker-tmp-dir", "/dev/shm"]  # as the image says itself
        return [
            self._engine, "run", "--rm", f"--name=rehearsal-{name}", "--network=host", *LIKE_COMPOSE, *self._volumes, *given,
            self._name, *words,
        ]  # fmt: skip

    def stop(self, name: str, process: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
        del process  # what is stopped is the container; the program that waits for it then ends too
        subprocess.run(
            [self._engine, "kill", f"--signal={how.name}", f"rehearsal-{name}"], check=True, capture_output=True
        )


def programs_for(folder: Path) -> Programs:
    """As REHEARSAL_IMAGE and REHEARSAL_ENGINE ask."""
    image = os.environ.get("REHEARSAL_IMAGE")
    return Image(image, os.environ.get("REHEARSAL_ENGINE", "podman"), folder) if image else Checkout(folder)
