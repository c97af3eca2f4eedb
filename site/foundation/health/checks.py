"""What the site needs to do its work, each as a question with a yes or no."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

LEAST_FREE_BYTES = 200 * 1024 * 1024
_migrated = False


def database_answers() -> bool:
    """Whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return False


def is_migrated() -> bool:
    """Whether every migration is applied. Once true it stays true for this process: its code does not change."""
    global _migrated  # noqa: PLW0603
    if not _migrated:
        try:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            return False
    return _migrated


def disk_has_room() -> bool:
    """Whether uploads and, with SQLite, the database have room to grow."""
    folders = [Path(settings.MEDIA_ROOT)]
    if connection.vendor == "sqlite":
        folders.append(Path(str(settings.DATABASES["default"]["NAME"])).parent)
    return all(_free(folder) >= LEAST_FREE_BYTES for folder in folders)


def cache_answers() -> bool:
    """Whether the shared cache answers; the site works without it, only slower."""
    is_answering: Callable[[], bool] | None = getattr(caches["default"], "is_answering", None)
    return is_answering() if is_answering is not None else True


def _free(folder: Path) -> int:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
