"""What is made once for a whole file of tests, instead of before each of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, TypeVar

from django.db import transaction

Made = TypeVar("Made")


def made_once(blocker: Any, make: Callable[[], Made]) -> Iterator[Made]:
    """`yield from` this in a fixture of scope `module`: what `make` puts into the database stays to the end of the file.

    Each test's own changes are undone after it, in the database alone, so a test must read its objects anew. `blocker` is
    `django_db_blocker`; the fixture needs `django_db_setup`, and calls `forget_all` first. Not for files with a test that
    has real transactions, nor with one that expects these tables to be empty.
    """
    with blocker.unblock(), ExitStack() as opened:
        opened.enter_context(transaction.atomic())
        made = make()
        until_the_end = opened.pop_all()
    yield made
    with blocker.unblock(), until_the_end:
        transaction.set_rollback(True)
