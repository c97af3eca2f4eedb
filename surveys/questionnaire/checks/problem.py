"""What a check finds."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a wave can open with it."""

    STOP = "stop"
    LOOK = "look"


@dataclass(frozen=True)
class Problem:
    """One finding. `where` is "question.CODE", "section.KEY", "translations.LANGUAGE", "intro" or "" (the whole)."""

    severity: Severity
    where: str
    sentence: str


def stop(where: str, sentence: str) -> Problem:
    """It must be put right before a wave opens."""
    return Problem(Severity.STOP, where, sentence)


def look(where: str, sentence: str) -> Problem:
    """Somebody should look at it, and may leave it."""
    return Problem(Severity.LOOK, where, sentence)


def at(question: dict[str, object]) -> str:
    """Where a problem of this question stands."""
    return f"question.{question['code']}"
