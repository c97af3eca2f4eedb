"""Openings: what a room has open for the public just now (a survey, a booking), for the home page to show."""

from collections.abc import Callable
from dataclasses import dataclass

from .base import Registry


@dataclass(frozen=True)
class Opening:
    """One thing that is open now."""

    title: str
    url: str
    summary: str


@dataclass(frozen=True)
class OpeningsProvider:
    """Answers for one room."""

    open_now: Callable[[], list[Opening]]


openings_providers: Registry[OpeningsProvider] = Registry("what is open to the public now")
