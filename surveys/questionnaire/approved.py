"""The approved list of characteristics, read from `approved.yaml`: the only ones that a questionnaire can ask about."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..years import Phase
from .enums import Demographic

FILE = Path(__file__).with_name("approved.yaml")


@cache
def approved_questions() -> dict[str, dict[str, Any]]:
    """Characteristic -> the question as `services.building` reads it."""
    entries: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {Demographic(key).value: {**entry, "demographic": key} for key, entry in entries.items()}


def may_ask(*, demographic: str, phase: str) -> bool:
    """Whether this phase may be asked about this characteristic."""
    return phase in approved_questions()[demographic].get("phases", list(Phase.values))
