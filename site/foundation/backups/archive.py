"""The file of a backup: a tar whose first member, the manifest, lists every other with its size and SHA-256.

manifest.json        what, when, which versions, rows of each table, sizes and checksums
database.sqlite3.gz  or database.dump (pg_dump's own form)
media/…  private/…   the uploads
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from .errors import BackupError

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024
HALF = "is not a whole backup: it breaks off, or is not one of ours. Take another copy of it, or an older backup."


@dataclass
class Manifest:
    """What a backup says of itself."""

    engine: str
    """The vendor of the database: "sqlite" or "postgresql"."""
    database: str
    """The name of the member that holds the database."""
    made_at: str
    versions: dict[str, str]
    migrations: list[str]
    """Every migration that the database had been through, as "app.name"."""
    rows: dict[str, int]
    """Rows of each table in the backup."""
    left_out: dict[str, str]
    """Tables whose rows are not in it, and why."""
    format: int = FORMAT
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Each member but this one: its size in bytes and its SHA-256."""


def write(path: Path, manifest: Manifest, members: dict[str, Path]) -> None:
    """Write an archive of these files. A file that vanishes while we write (an upload that was deleted) is left out.

    Raises:
        OSError: the disk is full, or may not be written to.
    """
    for name, source in list(members.items()):
        try:
            manifest.files[name] = {"size": source.stat().st_size, "sha256": sum_of(source)}
        except FileNotFoundError:
            del members[name]
    with tarfile.open(path, "w") as tar:
        words = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
        tar.addfile(_plain(MANIFEST, len(words)), io.BytesIO(words))
        for name, source in members.items():
            with source.open("rb") as stream:
                tar.addfile(_plain(name, manifest.files[name]["size"]), stream)


def read_manifest(path: Path) -> Manifest:
    """What the archive says of itself.

    Raises:
        BackupError: there is no such file, it is not ours, or it was made in a form that we do not know.
    """
    try:
        with tarfile.open(path) as tar:
            first = tar.next()
            stream = tar.extractfile(first) if first and first.name == MANIFEST else None
            if stream is None:
                raise BackupError(f"{path} {HALF}")
            facts = json.load(stream)
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise BackupError(f"{path} is a folder. Name the backup in it, such as {path}/backup-….tar.") from None
    except (tarfile.TarError, EOFError, ValueError):
        raise BackupError(f"{path} {HALF}") from None
    if facts.get("format") != FORMAT:
        raise BackupError(
            f"{path} was made in form {facts.get('format')} and this site knows form {FORMAT}. "
            "Restore it with the version of the site that made it."
        )
    return Manifest(**facts)


def verify(path: Path, manifest: Manifest) -> None:
    """Read the whole archive once and compare every member with the manifest.

    Raises:
        BackupError: a member is missing, changed, or one that the manifest does not know.
    """
    found = set()
    try:
        for name, stream in _members(path):
            expected = manifest.files.get(name)
            if expected is None or not is_safe(name):
                raise BackupError(f"{path} holds {name!r}, which its list does not know. Do not use it.")
            if _sum(stream) != expected["sha256"]:
                raise BackupError(f"{name} in {path} is damaged: its checksum is wrong. Use another copy.")
            found.add(name)
    except (tarfile.TarError, EOFError):
        raise BackupError(f"{path} {HALF}") from None
    if missing := sorted(set(manifest.files) - found):
        raise BackupError(f"{path} {HALF} {len(missing)} files are missing, the first is {missing[0]}.")


def unpack(path: Path, wanted: dict[str, Path]) -> None:
    """Write members of the archive to these places."""
    for name, stream in _members(path):
        if target := wanted.get(name):
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                while chunk := stream.read(CHUNK):
                    out.write(chunk)


def is_safe(name: str) -> bool:
    """Whether a member stays below the folder that it is unpacked into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def sum_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return _sum(stream)


def _sum(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Every member but the manifest, in the order of the file."""
    with tarfile.open(path) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isreg() else None
            if stream is None:
                raise BackupError(f"{path} holds {member.name!r}, which is no plain file. Do not use it.")
            if member.name != MANIFEST:
                yield member.name, stream


def _plain(name: str, size: int) -> tarfile.TarInfo:
    """A member that says nothing of the machine: no owner, no time."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member
