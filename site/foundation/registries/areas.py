"""The pages of people who sign in and are no staff: where each of them belongs after the sign-in page."""

from collections.abc import Callable
from dataclasses import dataclass

from foundation.accounts.models import User

from .base import Registry


@dataclass(frozen=True)
class Area:
    """One part of the site behind the sign-in; its own views ask again who may come in."""

    title: Callable[[], str]
    """`title()`: its name for the reader, in the language of the page."""
    url: Callable[[], str]
    is_for: Callable[[User], bool]
    """`is_for(user)`: whether this person has something there."""


areas: Registry[Area] = Registry("parts of the site for people who sign in and are no staff")


def areas_of(user: User) -> list[Area]:
    """Where this person belongs; nowhere, as long as nobody gave them a part."""
    return [area for area in areas if area.is_for(user)]
