"""The order of the files where several processes share them: long ones first, so that none is alone at the end."""

from collections import Counter
from typing import Any


def long_files_first(items: list[Any]) -> None:
    """Sort tests by their files: those with a browser first, then those with many tests; within a file as before.

    Only one file that needs the demonstration site stands in front. The process that takes it loads the site, and another
    that asked for it at the same time would wait all that while.
    """
    sizes = Counter(item.path for item in items)
    with_browser = {item.path for item in items if item.get_closest_marker("browser")}
    on_demo = sorted({item.path for item in items if "demo_site" in item.fixturenames}, key=lambda path: -sizes[path])

    def place(item: Any) -> tuple[int, int, str]:
        if item.path in on_demo[:1]:
            kind = 0
        elif item.path in with_browser:
            kind = 2 if item.path in on_demo else 1
        else:
            kind = 3
        return kind, -sizes[item.path], str(item.path)

    items.sort(key=place)
