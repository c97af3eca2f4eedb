"""Where things are kept: database, caches, page counts, files, background tasks."""

from typing import Any

from .environment import BASE_DIR, env

VAR_DIR = BASE_DIR / "var"

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # WAL alone makes lock errors worse; IMMEDIATE is what ends them. FULL, so that an acknowledged answer is on disk.
    _database["CONN_MAX_AGE"] = None
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete: a deleted answer is overwritten, not only forgotten.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; "
            "PRAGMA secure_delete=ON;"
        ),
    }
else:
    _database["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=600)
    _database["CONN_HEALTH_CHECKS"] = True
    # A database that does not answer must become a 503 page at once, not a page that never comes.
    _options = _database.setdefault("OPTIONS", {})
    _options.setdefault("connect_timeout", 3)
    # A network that swallows everything is noticed after ten seconds, not after the system's quarter of an hour.
    _options.setdefault("tcp_user_timeout", 10_000)
    _options.setdefault("keepalives_idle", 10)
    _options.setdefault("keepalives_interval", 5)
    _options.setdefault("keepalives_count", 2)

# The role that alone may read sealed answers; only the process that seals and releases is given it (docs/decisions/0030).
if _sealed := env.str("SEALED_DATABASE_URL", default=""):
    DATABASES["sealed"] = {**_database, **env.db_url_config(_sealed)}

REDIS_URL = env.str("REDIS_URL", default="")


def _cache(prefix: str, seconds: int | None, entries: int) -> dict[str, Any]:
    if REDIS_URL:
        return {
            "BACKEND": "foundation.cache.backends.SafeRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": prefix,
            "TIMEOUT": seconds,
        }
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": prefix,
        "TIMEOUT": seconds,
        "OPTIONS": {"MAX_ENTRIES": entries},
    }


CACHES = {
    "default": _cache("site", 300, 5_000),
    "pages": _cache("pages", 3_600, 2_000),
    # Pages with a query (search, page 2 of a list) live apart, so that inventing queries never pushes out real pages.
    "page_queries": _cache("page-queries", 3_600, 200),
    "renditions": _cache("renditions", 86_400, 5_000),
}

PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
PAGE_CACHE_SECONDS = 300
# The parameters that views of public pages read. An address with any other is made anew for each reader.
PAGE_CACHE_QUERY = ("q", "page", "kind", "type", "audience", "topic", "year", "sort", "useful")

PAGE_COUNTS = env.bool("PAGE_COUNTS", default=True)
# Counts wait in memory for so long; nought means that nobody writes them but an explicit call (tests).
PAGE_COUNTS_SECONDS = env.int("PAGE_COUNTS_SECONDS", default=10)

MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
MEDIA_URL = "/media/"
# What settings show the partnership in confidence. Never below MEDIA_ROOT or STATIC_ROOT: no web server serves it.
PRIVATE_ROOT = env.path("PRIVATE_ROOT", default=str(VAR_DIR / "private"))
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
STORAGES = {
    "default": {"BACKEND": "foundation.media.held.UploadStorage"},
    "private": {"BACKEND": "foundation.media.private.PrivateStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Without a worker the work is done at once, so that a demonstration needs one process.
TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks_db.DatabaseBackend"
            if env.bool("BACKGROUND_WORKER", default=False)
            else "django_tasks.backends.immediate.ImmediateBackend"
        )
    }
}

# Set, it makes `manage.py backup` write files that only its holder can read. Kept where the backups are not.
BACKUP_KEY = env.str("BACKUP_KEY", default="")
