"""Translations saved from the screen or from a file."""

import csv
import io
from collections.abc import Mapping

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from foundation.audit import services as audit
from foundation.exports.csv import safe_cell, write_csv

from ...errors import Frozen, SurveyError, WrongState
from ..enums import VersionState
from ..guards import REFUSAL
from ..models import Version, Wording
from ..states import TRANSLATABLE
from ..wordings import english_of, texts_of

COLUMNS = ("key", "what it is", "english", "translation", "standing")
MOST_WORDS = 4000


class FileRefused(SurveyError):
    """The file is not one that was downloaded from here."""


@transaction.atomic
def save_translations(
    *, version: Version, language: str, given: Mapping[str, tuple[str, str]], by: AbstractBaseUser | None = None
) -> tuple[int, list[str]]:
    """Keep translations; an empty one takes the old away.

    given: text key -> (translation, the English that it was made from). Keys that the version does not have are left out.

    Returns how many were written, and the keys whose English changed meanwhile: those are kept, and stale.
    """
    held = Version.objects.select_for_update().get(pk=version.pk)
    if held.state == VersionState.FROZEN:
        raise Frozen(REFUSAL)
    if held.state not in TRANSLATABLE:
        raise WrongState("Translations cannot change in this state.")
    today = {key: english for key, _, english in english_of(held)}
    kept, moved = 0, []
    for key, (words, made_from) in given.items():
        if key not in today:
            continue
        kept += 1
        if not words.strip():
            for wording in held.wordings.filter(language=language, key=key):
                wording.delete()
            continue
        same = _plain(made_from) == _plain(today[key])
        if not same:
            moved.append(key)
        Wording.objects.update_or_create(
            version=held,
            language=language,
            key=key,
            defaults={"text": words.strip()[:MOST_WORDS], "english": today[key] if same else made_from},
        )
    if kept:
        audit.record(
            action="surveys.translations_saved",
            actor=by,
            subject=held,
            facts={"language": language, "texts": kept, "version": held.number},
        )
    return kept, moved


def file_of(version: Version, language: str) -> bytes:
    """Every text with its translation as CSV that a spreadsheet opens as text (UTF-8 with a mark, no formulas)."""
    rows = [(t.key, t.label, t.english, t.words, t.standing) for t in texts_of(version, language)]
    return write_csv(COLUMNS, rows).encode()


def read_file(content: bytes) -> dict[str, tuple[str, str]]:
    """What `save_translations` takes, from a file that `file_of` made and somebody filled in; empty cells are left out.

    Raises:
        FileRefused: it is no text, or lacks the columns.
    """
    try:
        typed = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("This file is not UTF-8 text. Save it as “CSV UTF-8” and try again.") from None
    delimiter = ";" if typed.split("\n", 1)[0].count(";") > typed.split("\n", 1)[0].count(",") else ","
    try:
        rows = list(csv.DictReader(io.StringIO(typed, newline=""), delimiter=delimiter))
    except csv.Error:
        raise FileRefused("This file cannot be read as a table. Download it again and fill in that copy.") from None
    if not rows or not {"key", "english", "translation"} <= set(rows[0]):
        raise FileRefused("This file lacks the columns “key”, “english” and “translation”. Download it here first.")
    return {
        _unguard(row["key"] or ""): (_unguard(row["translation"]), _unguard(row["english"] or ""))
        for row in rows
        if (row["translation"] or "").strip()
    }


def _unguard(cell: str) -> str:
    """The text without the apostrophe that kept a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and safe_cell(cell[1:]) == cell else cell


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
