"""Making a backup, and going back to one."""

import os
import shutil
import tempfile
import time
from pathlib import Path
from types import ModuleType

import django
import wagtail
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import FileSystemStorage, storages
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from foundation.registries.backups import tables_left_out

from . import archive, postgresql, sealing, sqlite
from .errors import BackupError, explained

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}
UNFINISHED = ".unfinished-"
RESTORING = ".restoring-"
NAME = "backup-%Y-%m-%d-%H%M%S.tar"


def make_backup(*, destination: Path, keep_days: int | None = None) -> Path:
    """Write a backup into a folder, or to a file that does not exist yet; the path of the whole file.

    It is written beside its place and renamed when it is whole, so a file with its name is never half a backup.

    Args:
        destination: a folder that exists, or the name of the file.
        keep_days: delete older backups of ours in the same folder, once the new one is whole.

    Raises:
        BackupError: with what to do about it; nothing is left behind.
    """
    name = timezone.now().strftime(NAME) + (sealing.SUFFIX if sealing.is_wanted() else "")
    path = destination / name if destination.is_dir() else destination
    if path.exists():
        raise BackupError(f"{path} is there already. Name another file, or a folder.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}. Make it first, readable by this account alone.")
    _forget_unfinished(path.parent)
    _ask_for_room(path.parent)
    folder = None
    old_mask = os.umask(0o077)
    try:
        folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=path.parent))
        exclusions = {entry.table: entry.reason for entry in tables_left_out()}
        database, rows = _engine().dump(folder, list(exclusions))
        manifest = archive.Manifest(
            engine=_vendor(),
            database=database.name,
            made_at=timezone.now().isoformat(timespec="seconds"),
            versions={"django": django.__version__, "wagtail": wagtail.__version__},
            migrations=sorted(f"{app}.{name}" for app, name in _applied()),
            rows=rows,
            left_out=exclusions,
        )
        plain = folder / "backup.tar"
        archive.write(plain, manifest, {database.name: database, **_uploads()})
        if sealing.is_wanted():
            sealing.seal(plain, folder / path.name)
        else:
            plain.rename(folder / path.name)
        with (folder / path.name).open("rb") as whole:
            os.fsync(whole.fileno())
        (folder / path.name).rename(path)
    except OSError as error:
        raise explained(error) from error
    finally:
        os.umask(old_mask)
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
    if keep_days is not None:
        _forget_old(path, keep_days)
    return path


def verify_backup(*, source: Path) -> archive.Manifest:
    """Read a backup to its end and compare it with its own list; what it says of itself.

    Raises:
        BackupError: it is damaged, half, or not ours.
    """
    try:
        with sealing.opened(source) as plain:
            manifest = archive.read_manifest(plain)
            archive.verify(plain, manifest)
    except OSError as error:
        raise explained(error) from error
    return manifest


def restore_backup(*, source: Path, may_replace: bool = False) -> archive.Manifest:
    """Put a backup in the place of the database and the uploads. The site must be stopped.

    Everything is verified and unpacked before anything is changed; the database changes in one transaction, the uploads after it.

    Raises:
        BackupError: with what to do about it. Unless it says otherwise nothing was changed.
    """
    try:
        with sealing.opened(source) as plain:
            return _restore(plain, may_replace=may_replace)
    except OSError as error:
        raise explained(error) from error


def _restore(source: Path, *, may_replace: bool) -> archive.Manifest:
    manifest = archive.read_manifest(source)
    archive.verify(source, manifest)
    _ask_for_our_kind(manifest)
    roots = _roots()
    if not may_replace and not (_engine().is_empty() and not any(_has_files(root) for root in roots.values())):
        raise BackupError(
            "There is a database or there are uploads here already. To lose them and go back to the backup, add --replace."
        )
    staged: dict[str, Path] = {}
    try:
        for kind, root in roots.items():
            root.mkdir(parents=True, exist_ok=True)
            staged[kind] = Path(tempfile.mkdtemp(prefix=RESTORING, dir=root))
        with tempfile.TemporaryDirectory(dir=source.resolve().parent, prefix=UNFINISHED) as name:
            folder = Path(name)
            places = {member: _place(member, staged, folder) for member in manifest.files}
            archive.unpack(source, places)
            _engine().load(folder / manifest.database, manifest.rows)
        for kind, root in roots.items():
            _take_the_place(staged[kind], root)
    finally:
        for leftover in staged.values():
            shutil.rmtree(leftover, ignore_errors=True)
    for cache in caches.all():
        cache.clear()
    return manifest


def _vendor() -> str:
    return connections[DEFAULT_DB_ALIAS].vendor


def _engine() -> ModuleType:
    return ENGINES[_vendor()]


def _applied() -> set[tuple[str, str]]:
    return set(MigrationLoader(connections[DEFAULT_DB_ALIAS]).applied_migrations)


def _roots() -> dict[str, Path]:
    """Where uploads lie, by the folder in the archive. Uploads in an object store are the store's to back up."""
    roots = {}
    if isinstance(storages["default"], FileSystemStorage):
        roots["media"] = Path(settings.MEDIA_ROOT)
    if isinstance(storages["private"], FileSystemStorage):
        roots["private"] = Path(settings.PRIVATE_ROOT)
    return roots


def _uploads() -> dict[str, Path]:
    return {
        f"{kind}/{path.relative_to(root).as_posix()}": path
        for kind, root in _roots().items()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.relative_to(root).parts[0].startswith(RESTORING)
    }


def _place(member: str, staged: dict[str, Path], folder: Path) -> Path:
    kind, _slash, rest = member.partition("/")
    return staged[kind] / rest if rest and kind in staged else folder / member


def _has_files(root: Path) -> bool:
    return root.is_dir() and any(root.iterdir())


def _take_the_place(staged: Path, root: Path) -> None:
    """Empty the folder of all but what was unpacked into it. The folder itself stays: it may be a mounted volume."""
    for old in root.iterdir():
        if old != staged:
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    for new in staged.iterdir():
        new.rename(root / new.name)


def _ask_for_our_kind(manifest: archive.Manifest) -> None:
    if manifest.engine != _vendor():
        raise BackupError(
            f"This backup is of {manifest.engine} and DATABASE_URL names {_vendor()}. Set DATABASE_URL to a database of that kind."
        )
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations) | {
        replaced for migration in loader.disk_migrations.values() for replaced in migration.replaces
    }
    unknown = sorted(set(manifest.migrations) - {f"{app}.{name}" for app, name in known})
    if unknown:
        raise BackupError(
            f"This backup is from a newer version of the site ({unknown[0]} is not known here). Install that version first."
        )


def _ask_for_room(folder: Path) -> None:
    """Refuse at once where the disk cannot hold it: the database twice (the copy and its packed form) and the uploads."""
    try:
        database = _size_of_database()
    except DatabaseError as error:
        raise BackupError("The database does not answer. Check DATABASE_URL and that the server runs.") from error
    needed = 2 * database + sum(path.stat().st_size for path in _uploads().values())
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(
            f"The disk is too full: {folder} has {free // 2**20:,} MB free and this backup may need {needed // 2**20:,} MB."
        )


def _size_of_database() -> int:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        if _vendor() == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def _forget_unfinished(folder: Path) -> None:
    """What a killed run left behind may hold rows that no backup may. A run of the last hour may still be going on."""
    for left in folder.glob(f"{UNFINISHED}*"):
        if left.stat().st_mtime < time.time() - 3600:
            shutil.rmtree(left, ignore_errors=True)


def _forget_old(newest: Path, days: int) -> None:
    for path in newest.parent.glob("backup-????-??-??-??????.tar*"):
        if path != newest and path.stat().st_mtime < time.time() - days * 86_400:
            path.unlink()
