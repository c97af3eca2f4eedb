"""Personal data: what a room holds under somebody's e-mail address, and what an erasure does with it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from .base import Registry


class OnErasure(Enum):
    """What becomes of a row that holds the address of somebody who is erased."""

    DELETE = "deleted"
    EMPTY = "the address is taken out"
    KEEP = "kept"


@dataclass(frozen=True)
class AddressRule:
    """A field that may hold a person's e-mail address."""

    field: str
    """`app_label.Model.field`."""
    on_erasure: OnErasure
    why: str
    forget: Callable[[Any], None] | None = None
    """The room's own way to forget such a row, in the place of deleting it or emptying the field."""


address_rules: Registry[AddressRule] = Registry("fields that may hold a person's e-mail address")
erasure_guards: Registry[Callable[[Any], list[str]]] = Registry(
    "reasons why an account cannot be erased yet, in words for the person who asks"
)

erasure_steps: Registry[Callable[[Any], None]] = Registry("what a room deletes itself when an account is erased")


def register_rules(*rules: AddressRule) -> None:
    """Each under the name of its field."""
    for rule in rules:
        address_rules.register(rule.field, rule)
