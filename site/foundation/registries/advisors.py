"""What waits for Young Advisors: rooms that have drafts, questionnaires or results for them say so."""

from collections.abc import Callable
from dataclasses import dataclass

from .base import Registry


@dataclass(frozen=True)
class WaitingForAdvisors:
    """One thing to look at."""

    title: str
    url: str
    kind: str
    """What it is, in a word or two for the reader: "Page", "Questionnaire", "Results"."""


@dataclass(frozen=True)
class AdvisorsProvider:
    """Answers for one room; its own views ask again who may see them."""

    waiting: Callable[[], list[WaitingForAdvisors]]
    """`waiting()`: what waits now, the oldest first."""


advisors_providers: Registry[AdvisorsProvider] = Registry("what waits for Young Advisors")
