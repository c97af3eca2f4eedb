"""The style guide in a browser: every component, light and dark, mirrored, and the button that leaves."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from django.urls import path
from playwright.sync_api import Page

from foundation.style_guide import style_guide

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
urlpatterns = [path("style-guide/", style_guide)]


@pytest.fixture
def guide(live_server: Any, page: Page) -> Iterator[Any]:
    """Opens the guide; the list of console errors is on the returned function."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(re.sub(r"^(\w+://[^/]+).*", r"\1", request.url)))

    def open_guide(query: str = "") -> Page:
        page.goto(f"{live_server.url}/style-guide/{query}")
        # The refused form takes focus, as it should; everything else is looked at from the top.
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        return page

    with override_settings(ROOT_URLCONF=__name__):
        yield open_guide
    assert [text for text in errors if "Permissions-Policy" not in text] == []
    assert hosts <= {live_server.url}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("query", "width"), [("", 320), ("", 1280), ("?l=ar", 320), ("?l=ar", 1280)])
def test_no_component_has_a_fault_that_axe_can_see(guide, page, query, width, scheme):
    from tests.axe import Axe

    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    guide(query)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_exit_replaces_the_page_so_that_back_does_not_return(guide, page):
    guide()
    page.route("**/exit/", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    before = page.evaluate("history.length")
    page.locator(".cs-exit__button").click()
    page.wait_for_url("**/exit/")
    assert page.evaluate("history.length") == before


def test_shift_three_times_leaves(guide, page):
    guide()
    page.route("**/exit/", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/exit/")


def test_capital_letters_in_a_field_do_not_leave(guide, page):
    guide()
    page.locator("#id_a-name").focus()
    for _ in range(6):
        page.keyboard.press("Shift")
    page.wait_for_timeout(200)
    assert page.url.endswith("/style-guide/")


def test_the_menu_closes_with_escape_and_gives_focus_back(guide, page):
    guide()
    page.locator(".cs-menu__button").click()
    assert page.locator(".cs-menu__panel").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".cs-menu__panel").is_visible()
    assert page.evaluate("document.activeElement.className").endswith("cs-menu__button")


def test_without_script_menu_exit_and_forms_still_work(guide, live_server, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/style-guide/")
    page.locator(".cs-menu__button").click()
    assert page.locator(".cs-menu__panel").is_visible()
    assert page.locator(".cs-exit__button").get_attribute("href") == "/exit/"
    assert page.locator(".govuk-password-input__toggle").first.is_hidden()
    for label in page.locator(".govuk-radios__label, .govuk-checkboxes__label").all():
        assert label.is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 375])
def test_the_helplines_bar_is_one_line_on_a_phone(guide, page, width):
    page.set_viewport_size({"width": width, "height": 640})
    guide()
    assert page.locator(".cs-bar").bounding_box()["height"] <= 48
    assert page.locator(".cs-bar__link").first.is_visible()


def test_nothing_sticks_in_a_window_as_low_as_at_400_percent(guide, page):
    page.set_viewport_size({"width": 320, "height": 256})
    guide()
    for name in (".cs-bar", ".cs-exit"):
        assert page.locator(name).evaluate("node => getComputedStyle(node).position") == "static"


def test_paper_shows_the_numbers_and_no_chrome(guide, page):
    guide()
    page.emulate_media(media="print")
    assert page.locator(".cs-print-sheet").is_visible()
    for name in (".cs-bar", ".cs-exit", ".cs-footer", ".cs-menu"):
        assert not page.locator(name).is_visible()
