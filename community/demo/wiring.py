"""What the registry brings to a new site, and what it adds to the demonstration."""

from foundation.registries.demo import DemoPart, demo_parts

from .lists import load_lists
from .loading import load_demo_settings


def connect() -> None:
    """In the order of the names: pick-lists, the standard (the quality room's part), then settings that use both."""
    demo_parts.register("community 0: pick-lists", DemoPart(load_lists, is_for_everybody=True))
    demo_parts.register("community 2: settings", DemoPart(load_demo_settings))
