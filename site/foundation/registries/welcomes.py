"""The first mail to somebody whose account an Administrator makes: a room whose people sign in without a password says so."""

from collections.abc import Callable

from foundation.accounts.models import User

from .base import Registry

welcomes: Registry[Callable[[User], None]] = Registry("the first mail to people of a role, under the name of the role")
"""For who has that role and no other: it is sent in the place of the link to choose a password."""
