"""Numbers that an operator watches: what a room adds to `/health/metrics`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .base import Registry


@dataclass(frozen=True)
class Gauge:
    """One metric: `read` gives a number for each value of the label. Never of one school, class or person."""

    help: str
    read: Callable[[], Iterable[tuple[str, float]]]
    label: str = ""


gauges: Registry[Gauge] = Registry("numbers that an operator watches, by the name of the metric")
