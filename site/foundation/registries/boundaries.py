"""Moments at which a room's pages change by themselves, so that no kept page outlives one."""

from collections.abc import Callable
from datetime import datetime

from .base import Registry

boundary_providers: Registry[Callable[[datetime], datetime | None]] = Registry(
    "the next moment after the given one at which public pages change by themselves"
)
