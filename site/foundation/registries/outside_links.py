"""Links that stand on public pages and are kept in no page: the report on broken links names those that cannot work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .base import Registry


@dataclass(frozen=True)
class WrongLink:
    """An address that cannot work as it is written: where it is kept, what is wrong, where it leads."""

    where: str
    what_is_wrong: str
    target: str


@dataclass(frozen=True)
class OutsideLinks:
    """Looks through a room's own links, without asking any other site."""

    wrong: Callable[[], Iterable[WrongLink]]


outside_links: Registry[OutsideLinks] = Registry("links that are kept outside of pages")
