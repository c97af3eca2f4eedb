"""Every type of page on a small phone and a large screen, light and dark, in both directions: accessible and whole."""

from typing import Any

import pytest

from tests.axe import Axe

pytestmark = pytest.mark.browser

# target-size is not among axe's defaults, so the tags are named.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "home": "/en/",
    "worried": "/en/worried/",
    "worried-route": "/en/worried/child/",
    "helplines": "/en/worried/helplines/",
    "hide-your-visit": "/en/worried/hide-your-visit/",
    "audience": "/en/young-people/",
    "topic-index": "/en/topics/",
    "topic": "/en/topics/online/",
    "guidance": "/en/young-people/online/",
    "leaflet": "/en/parents/leaflet-who-to-call/",
    "print-sheet": "/en/parents/leaflet-who-to-call/print/",
    "documents": "/en/documents/",
    "documents-found": "/en/documents/?q=report&kind=report",
    "documents-none": "/en/documents/?q=zzqqxx",
    "document": "/en/documents/annual-report-2019-20/",
    "news-index": "/en/news/",
    "news": "/en/news/online-exploitation/",
    "event-index": "/en/events/",
    "event": "/en/events/dsl-forum/",
    "information": "/en/about/",
    "information-figures": "/en/about/camden/",
    "business-plan": "/en/about/business-plan/objective-1/",
    "partnership": "/en/about/partnership/",
    "subgroup": "/en/about/partnership/quality-assurance/",
    "glossary": "/en/glossary/",
    "contact": "/en/contact/",
    "form": "/en/community/ask-us-to-speak/",
    "search": "/en/search/?q=bullying",
    "home-ar": "/ar/",
    "worried-ar": "/ar/worried/",
    "worried-route-ar": "/ar/worried/child/",
    "helplines-ar": "/ar/worried/helplines/",
    "audience-ar": "/ar/parents/",
    "leaflet-ar": "/ar/parents/leaflet-who-to-call/",
    "print-sheet-ar": "/ar/parents/leaflet-who-to-call/print/",
    "home-bn": "/bn/",
    "leaflet-bn": "/bn/parents/leaflet-who-to-call/",
}
BEYOND_THE_EDGE = """width => [...document.querySelectorAll("body *")]
  .filter(e => { const box = e.getBoundingClientRect(); return box.width && (box.right > width + 1 || box.left < -1) && box.left > -999 })
  .filter(e => !e.closest("[aria-hidden=true], .cs-table-scroll, .govuk-visually-hidden, .govuk-skip-link, svg"))
  .filter(e => getComputedStyle(e).position !== "absolute" && !e.closest(".cs-voices, .cs-break"))
  .slice(0, 5).map(e => e.tagName + "." + e.className)"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_whole_and_quiet(
    name: str, width: int, demo_site: str, page: Any, watch: Any, picture: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    answer = page.goto(demo_site + PAGES[name])
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    assert "cookie" not in answer.headers.get("vary", "").lower()
    _wait_until_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 320:
        assert page.evaluate(BEYOND_THE_EDGE, width) == []
    # At its full height nothing is hidden behind the bar at the foot of the window, which axe would take for good.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        _wait_until_drawn(page)
        picture(page, f"{name}-{width}-{scheme}")
        assert _violations(page) == [], scheme


def _wait_until_drawn(page: Any) -> None:
    """The fonts are there, and what was just asked for (a size, a scheme) stands on the screen: on a busy machine
    either may take longer than the load of the page, and then colours and boxes of before would be judged."""
    page.evaluate(
        "async () => { await document.fonts.ready;"
        " await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));"
        " const ends = one => one.effect && one.effect.getComputedTiming().endTime !== Infinity;"
        " await Promise.allSettled(document.getAnimations().filter(ends).map(one => one.finished)); }"
    )


def _violations(page: Any) -> list[str]:
    """What axe finds, a line each: the rule and the first place."""
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found.response["violations"]]
