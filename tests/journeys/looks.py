"""How journeys look at pages: on a small phone without scripts, and with axe in every width and direction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.axe import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
_LOOKS = ((320, "en"), (1_280, "en"), (320, "ar"))


@contextmanager
def a_phone(browser: Any, *, width: int) -> Iterator[Any]:
    """A page of a small phone that runs no scripts."""
    context = browser.new_context(viewport={"width": width, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def faults_of(browser: Any, addresses: dict[str, str], *, scheme: str) -> list[str]:
    """What axe finds on these pages (name -> address in English), with all that unfolds open, and which are wider than the
    window: on a phone, on a large screen, and from right to left."""
    faults = []
    for width, language in _LOOKS:
        # So tall that nothing hides below the bar of numbers, which axe would count against what it covers.
        context = browser.new_context(viewport={"width": width, "height": 9_000}, color_scheme=scheme)
        page = context.new_page()
        for name, address in addresses.items():
            page.goto(address.replace("/en/", f"/{language}/", 1))
            for more in page.locator("main details").all():
                more.evaluate("element => { element.open = true }")
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"{name}, {width}, {language}: {wide} wide")
            found = Axe().run(page, options=RULES)
            faults += [
                f"{name}, {width}, {language}: {each['id']} {each['nodes'][0]['target']} {each['nodes'][0]['html'][:120]}"
                for each in found.response["violations"]
            ]
        context.close()
    return faults
