"""Findings providers: who can tell, for a subgroup's public page, its figures and what was done about them."""

from collections.abc import Callable
from dataclasses import dataclass

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


findings_providers: Registry[FindingsProvider] = Registry("published findings of a subgroup")
