"""Findings providers: who can tell what children told us and what was done about it, for a subgroup's public page and for
a page that came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from .base import Registry


@dataclass(frozen=True)
class Finding:
    """A published finding in a sentence, with the page that shows its figures."""

    sentence: str
    url: str
    response: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class FindingsProvider:
    """Answers for one room."""

    findings_for: Callable[[str], list[Finding]]
    """`findings_for(subgroup_key)`: what is published for this subgroup, newest first."""
    findings_behind: Callable[[UUID], list[Finding]] | None = None
    """`findings_behind(translation_key)`: what is published that led to this page of the site. Asked on every page, so an
    answer of none must cost no query."""


findings_providers: Registry[FindingsProvider] = Registry("published findings of a subgroup")
