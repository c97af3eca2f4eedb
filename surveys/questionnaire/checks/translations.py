"""Translations that are missing, or that were made from other English words than today's."""

from collections import Counter
from collections.abc import Iterator

from ..models import Version
from ..wordings import texts_of
from .problem import Problem, stop


def problems(version: Version) -> Iterator[Problem]:
    """For each language of the survey, how many texts are missing and how many are out of date."""
    counts: Counter[tuple[str, str]] = Counter((text.language, text.standing) for text in texts_of(version))
    for language in version.questionnaire.survey.languages:
        missing, stale = counts[language, "missing"], counts[language, "stale"]
        if missing:
            yield stop(
                f"translations.{language}",
                f"{missing} texts are not translated ({language}). Translate them, or take the language off the survey.",
            )
        if stale:
            yield stop(
                f"translations.{language}",
                f"{stale} translations ({language}) were made before the English changed. Look at them again.",
            )
