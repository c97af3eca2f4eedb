"""What the quality room tells the rest of the house."""

from foundation.registries.demo import DemoPart, demo_parts

from .services.standard import load_all


def connect() -> None:
    """Every partnership starts with the standard; the demonstration's settings stand on it."""
    demo_parts.register("community 1: the standard and awards", DemoPart(load_all, is_for_everybody=True))
