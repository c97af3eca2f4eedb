"""Shows addresses of guides that cannot work in the report on broken links."""

from collections.abc import Iterator

from foundation.registries.outside_links import OutsideLinks, WrongLink, outside_links

from .listing import links_that_cannot_work


def connect() -> None:
    """Once."""
    outside_links.register("community: guides and awards", OutsideLinks(_wrong))


def _wrong() -> Iterator[WrongLink]:
    for title, fault, address in links_that_cannot_work():
        yield WrongLink(title, fault, address)
