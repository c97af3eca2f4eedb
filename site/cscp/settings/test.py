"""The test suite: quick password hashing, mail in memory, files in a temporary folder."""

import tempfile

from .base import *

SECRET_KEY = "only-for-tests"
DEBUG = False
DEMO_MODE = True
SERVE_MEDIA = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = tempfile.mkdtemp(prefix="media-")
PRIVATE_ROOT = tempfile.mkdtemp(prefix="private-")
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# A file instead of memory lets a developer keep the migrated test database: pytest --reuse-db.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = VAR_DIR / "unused-by-tests.sqlite3"
    if _name := env.str("CSCP_TEST_DB", default=""):
        DATABASES["default"]["TEST"] = {"NAME": _name}
# Each has tests that turn it on; elsewhere a test sees the page that it asked for, and no thread writes behind its back.
PAGE_CACHE = False
PAGE_COUNTS = False
PAGE_COUNTS_SECONDS = 0
LOG_REQUESTS = False
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
REFERENCE_DATA = env.str("CSCP_REFERENCE_DATA", default="")
# Several test processes may share a Redis: each has keys of its own, so that none empties another's.
for _kept in CACHES.values():
    _kept["KEY_PREFIX"] = f"{_kept.get('KEY_PREFIX', '')}-test-{env.str('PYTEST_XDIST_WORKER', default='alone')}"
