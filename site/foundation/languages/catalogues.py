"""Translations of the site's own words: `locale/<language>/LC_MESSAGES/django.po` becomes `django.mo` beside it.

Made with polib, so that a fresh machine needs no gettext. The .mo files are not kept in the repository.
"""

import os
import tempfile
from pathlib import Path

import polib
from django.conf import settings


def catalogue_files() -> list[Path]:
    """Every .po file of the site, in the order of the languages' codes."""
    return sorted(file for folder in settings.LOCALE_PATHS for file in Path(folder).glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> list[Path]:
    """Make the .mo files that are missing or older than their .po; say which were made.

    A file appears whole or not at all, because several processes may do this at once.
    """
    made = []
    for source in catalogue_files():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        handle, unfinished = tempfile.mkstemp(dir=source.parent, suffix=".unfinished")
        with os.fdopen(handle, "wb") as file:
            file.write(polib.pofile(str(source)).to_binary())
        Path(unfinished).chmod(0o644)
        Path(unfinished).replace(target)
        made.append(target)
    return made
