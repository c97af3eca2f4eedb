"""Shapes of the public document over time: what makes a published document of an older shape into one of today's.

Whoever changes what `build_document` names raises `DOCUMENT_VERSION` and adds a step here. A step sees the document and
nothing else: it may add an empty field, rename or drop one, and never says a word that nobody has accepted. Without it
a new field would stand in every owner's list of changes as something that they have not sent.
"""

from collections.abc import Callable
from copy import deepcopy

from . import document as documents
from .document import Document

Step = Callable[[Document], Document]
FIRST = 1
STEPS: dict[int, Step] = {}
"""Version -> makes a document of this version into one of the next."""


def version_of(document: Document) -> int:
    """The shape of a document; the earliest ones do not say it."""
    return int(document.get("version") or FIRST)


def is_of_today(document: Document) -> bool:
    """Whether readers of today's shape can read it as it is."""
    return version_of(document) == documents.DOCUMENT_VERSION


def in_todays_shape(document: Document) -> Document:
    """The document in today's shape; itself where it has it already.

    Raises:
        KeyError: a step is missing. A test walks all of them.
    """
    version = version_of(document)
    if version == documents.DOCUMENT_VERSION:
        return document
    result = deepcopy(document)
    for passed in range(version, documents.DOCUMENT_VERSION):
        result = {**STEPS[passed](result), "version": passed + 1}
    return result
