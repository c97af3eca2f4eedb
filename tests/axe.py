"""axe as the browser tests ask it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe as PlainAxe
from axe_playwright_python.sync_playwright import AxeResults


class Axe(PlainAxe):
    """Takes its half a megabyte of script to a page once, however often the page is asked (light and dark, say), and
    brings back what is wrong alone: the list of everything that is right has every element of the page in it."""

    def run(self, page: Any, context: Any = None, options: dict[str, Any] | None = None) -> AxeResults:
        if page.evaluate("typeof window.axe === 'undefined'"):
            page.evaluate(self.axe_script)
        words = self._format_script_args(context=context, options={"resultTypes": ["violations"], **(options or {})})
        return AxeResults(page.evaluate(f"axe.run({words})"))
