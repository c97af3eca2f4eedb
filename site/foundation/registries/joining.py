"""What joining the register brings: a room that has something for people who run settings says so on their landing page."""

from collections.abc import Callable
from dataclasses import dataclass

from .base import Registry


@dataclass(frozen=True)
class JoiningBenefit:
    """One thing, in words for somebody who runs a club."""

    title: str
    text: str
    url: str


@dataclass(frozen=True)
class JoiningProvider:
    """Answers for one room."""

    benefits: Callable[[str], list[JoiningBenefit]]
    """`benefits(audience)`: what it has for the readers of the landing page of this audience (its slug), none for others.
    It costs no query."""


joining_providers: Registry[JoiningProvider] = Registry("what joining the register brings")
