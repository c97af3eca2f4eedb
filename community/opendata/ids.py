"""Stable ids of what has none of its own: the same parts always give the same uuid."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6c2b5f0e-5d0c-5c39-9a43-0d6f3e0f7a11")
"""Drawn once. Another one would change every derived id that harvesters hold."""


def derived(*parts: object) -> UUID:
    """The id of a thing named by these parts, such as ("organization", setting id)."""
    return uuid5(NAMESPACE, "/".join(str(part) for part in parts))
