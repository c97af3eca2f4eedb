"""How people go through the site: in a hurry on an old phone, with a keyboard, without JavaScript, on paper."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SMALL = {"width": 320, "height": 568}
LOOSE_NUMBERS = r"""() => {
  const walk = document.createTreeWalker(document.querySelector("#main-content"), NodeFilter.SHOW_TEXT)
  const found = []
  while (walk.nextNode()) {
    const { textContent, parentElement } = walk.currentNode
    if (/\d{3,} \d{3,}/.test(textContent) && !parentElement.closest("bdi, [dir=ltr], svg")) found.push(textContent)
  }
  return found
}"""
FOCUS_IS_MARKED = """() => {
  const it = document.activeElement, row = it.closest(".cs-call__row") || it
  return [it, row].some(one => getComputedStyle(one).outlineStyle !== "none")
}"""
FOCUS_IS_HIDDEN = """() => {
  const active = document.activeElement, it = active.getBoundingClientRect()
  const bar = document.querySelector(".cs-bar").getBoundingClientRect()
  return !active.closest(".cs-bar, .cs-exit") && it.height > 0 && it.top >= bar.top && it.bottom <= bar.bottom
}"""


@pytest.fixture
def plain(demo_site: str, browser: Browser) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False, base_url=demo_site, viewport=SMALL)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("path", "numbers"),
    [
        ("/en/worried/", ["999", "020 7974 3317", "020 7974 4444", "0800 1111"]),
        ("/en/worried/child/", ["999", "0800 1111", "020 7974 3317"]),
        ("/en/worried/parent/", ["999", "020 7974 3317"]),
        ("/ar/worried/", ["999", "020 7974 3317"]),
    ],
)
def test_the_numbers_stand_above_the_fold_of_the_smallest_phone(
    path: str, numbers: list[str], demo_site: str, page: Page, watch: Any
) -> None:
    page.set_viewport_size(SMALL)
    page.goto(demo_site + path)
    foot = page.locator(".cs-bar").bounding_box()["y"]
    for number in numbers:
        box = page.locator(".cs-call a", has_text=number).bounding_box()
        assert box is not None, number
        assert box["y"] + box["height"] <= foot, number


def test_the_front_page_says_who_to_call_above_the_fold(demo_site: str, page: Page, watch: Any) -> None:
    page.set_viewport_size(SMALL)
    page.goto(demo_site + "/en/")
    worried = page.locator(".cs-worried__link")
    box = worried.bounding_box()
    foot = page.locator(".cs-bar").bounding_box()["y"]
    assert box is not None
    assert box["y"] + box["height"] <= foot
    assert page.locator(".cs-worried__phone[href='tel:999']").first.bounding_box()["y"] < foot


def test_no_door_of_the_front_page_stands_alone(demo_site: str, page: Page, watch: Any) -> None:
    for width in (640, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(demo_site + "/en/")
        boxes = [cell.bounding_box() for cell in page.locator(".cs-doors .cs-grid__cell").all()]
        last_row = [box for box in boxes if abs(box["y"] - boxes[-1]["y"]) < 2]
        assert len(last_row) > 1 or last_row[0]["width"] > boxes[0]["width"] * 1.5, width


def test_a_number_keeps_its_order_in_arabic(demo_site: str, page: Page, watch: Any) -> None:
    page.goto(demo_site + "/ar/parents/leaflet-who-to-call/")
    # Names of bodies stand in a `bdi` too, and may run either way; numbers never.
    numbers = page.locator("#main-content a[href^='tel:'] bdi").all()
    assert numbers
    for place in numbers:
        assert place.get_attribute("dir") == "ltr"
    loose = page.evaluate(LOOSE_NUMBERS)
    assert loose == []


def test_the_keyboard_reaches_the_content_and_the_first_number(demo_site: str, page: Page, watch: Any) -> None:
    page.goto(demo_site + "/en/worried/")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent.trim()")
    assert first in {"Skip to main content", "Exit this page"}
    seen = []
    for _step in range(20):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))
        if "tel:999" in seen:
            break
    assert "tel:999" in seen
    mark = page.evaluate(FOCUS_IS_MARKED)
    assert mark, "what has the focus can be seen"


def test_the_keyboard_never_loses_the_focus_behind_the_bar(demo_site: str, page: Page, watch: Any) -> None:
    page.set_viewport_size(SMALL)
    page.goto(demo_site + "/en/young-people/")
    for _step in range(30):
        page.keyboard.press("Tab")
        hidden = page.evaluate(FOCUS_IS_HIDDEN)
        assert not hidden, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_the_menu_opens_without_javascript(plain: Page) -> None:
    plain.goto("/en/")
    plain.locator(".cs-menu__button").click()
    plain.get_by_role("link", name="About the partnership").first.click()
    assert plain.url.endswith("/en/about/")


def test_a_document_is_found_and_opened_without_javascript(plain: Page) -> None:
    plain.goto("/en/documents/")
    plain.get_by_role("searchbox").fill("business plan")
    plain.get_by_role("button", name="Show documents").click()
    assert "q=business+plan" in plain.url
    plain.get_by_role("link", name="Summary business plan").first.click()
    assert plain.get_by_role("heading", level=1).inner_text() == "Summary business plan"
    file = plain.locator(".cs-file__link").first
    assert "DOCX" in file.inner_text() or "PDF" in file.inner_text()
    answer = plain.request.get(file.get_attribute("href"))
    assert answer.status == 200
    assert (
        "attachment" in answer.headers.get("content-disposition", "")
        or answer.headers["content-type"] == "application/pdf"
    )


def test_documents_are_narrowed_and_widened_again_without_javascript(plain: Page) -> None:
    plain.goto("/en/documents/")
    before = plain.locator("#results-title").inner_text()
    plain.get_by_label("Kind of document").select_option(index=1)
    plain.get_by_role("button", name="Show documents").click()
    assert plain.locator("#results-title").inner_text() != before
    plain.locator(".cs-chosen__link").first.click()
    assert plain.locator("#results-title").inner_text() == before


def test_helplines_are_chosen_by_reader_without_javascript(plain: Page) -> None:
    plain.goto("/en/worried/helplines/")
    plain.get_by_role("link", name="I am under 19").click()
    assert plain.url.endswith("#child")
    assert plain.locator("#child a[href='tel:08001111']").count() == 1


def test_a_question_opens_without_javascript(plain: Page) -> None:
    plain.goto("/en/worried/")
    question = plain.locator(".cs-questions__item").first
    question.locator("summary").click()
    assert question.locator(".cs-questions__answer").is_visible()


def test_a_leaflet_changes_language_and_says_that_nobody_checked_it(plain: Page) -> None:
    plain.goto("/en/parents/leaflet-who-to-call/")
    plain.locator(".cs-layout__side").get_by_role("link", name="বাংলা").click()
    assert plain.url.endswith("/bn/parents/leaflet-who-to-call/")
    assert plain.locator("html").get_attribute("lang") == "bn"
    assert plain.locator(".cs-unchecked").count() == 1


def test_a_page_in_one_language_says_so(plain: Page) -> None:
    plain.goto("/en/topics/online/")
    assert plain.locator(".cs-english-only").is_visible()
    plain.goto("/en/worried/")
    assert plain.locator(".cs-english-only").count() == 0


def test_a_leaflet_prints_with_its_numbers_and_its_code(demo_site: str, page: Page, watch: Any) -> None:
    page.goto(demo_site + "/en/parents/leaflet-who-to-call/print/")
    page.emulate_media(media="print")
    assert page.locator(".cs-leaflet__lines").get_by_text("0800 1111").is_visible()
    assert page.locator(".cs-leaflet__qr svg").is_visible()
    assert not page.locator(".cs-leaflet__back").is_visible()
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_paper_leaves_out_menus_and_opens_the_answers(demo_site: str, page: Page, watch: Any) -> None:
    page.goto(demo_site + "/en/worried/")
    page.emulate_media(media="print")
    assert not page.locator(".cs-bar").is_visible()
    assert not page.locator(".cs-header__nav").is_visible()
    assert page.locator(".cs-print-sheet").is_visible()


def test_an_event_goes_into_the_calendar_and_news_into_a_reader(plain: Page) -> None:
    plain.goto("/en/events/dsl-forum/")
    calendar = plain.request.get(plain.get_by_role("link", name="Add to my calendar").get_attribute("href"))
    assert "BEGIN:VEVENT" in calendar.text()
    plain.goto("/en/news/")
    feed = plain.request.get(plain.get_by_role("link", name="News feed (RSS)").get_attribute("href"))
    assert "<rss" in feed.text()


def test_text_at_twice_its_size_still_fits(demo_site: str, page: Page, watch: Any) -> None:
    """1280 px at 400 % is 320 px wide and 200 px high: nothing sticks and nothing is cut."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(demo_site + "/en/worried/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("getComputedStyle(document.querySelector('.cs-bar')).position") == "static"


def test_a_group_asks_for_a_talk_and_loses_nothing_by_a_mistake(plain: Page) -> None:
    plain.goto("/en/community/")
    plain.get_by_role("link", name="Ask us to speak").click()
    plain.get_by_label("Your group").fill("Kentish Town chess club")
    plain.get_by_label("Your email address").fill("club")
    plain.get_by_label("Staying safe online").check()
    plain.wait_for_timeout(3_100)  # who is faster is taken for a robot
    plain.get_by_role("button", name="Send").click()
    summary = plain.get_by_role("alert")
    for words in ("Fill in: Your name", "valid email address", "Choose an answer: How many people will be there?"):
        assert words in summary.inner_text()
    assert plain.title().startswith("Error:")
    assert plain.get_by_label("Your group").input_value() == "Kentish Town chess club"
    assert plain.get_by_label("Your email address").input_value() == "club"
    assert plain.get_by_label("Staying safe online").is_checked()
    plain.get_by_label("Your name").fill("A volunteer")
    plain.get_by_label("Your email address").fill("club@example.org")
    plain.get_by_label("11 to 30").check()
    plain.wait_for_timeout(3_100)
    plain.get_by_role("button", name="Send").click()
    assert plain.get_by_role("heading", level=1).inner_text() == "Thank you. We have your request."
    assert plain.context.cookies() == []


def test_the_film_plays_and_its_words_can_be_read(demo_site: str, page: Page, watch: Any) -> None:
    page.goto(demo_site + "/en/worried/hide-your-visit/")
    film = page.locator("video")
    assert film.locator("track[kind=captions][srclang=en]").count() == 1
    page.get_by_text("Read what is said in the film").click()
    assert page.get_by_text("A silent film of 25 seconds.").is_visible()
    answer = page.request.get(demo_site + film.locator("source").get_attribute("src"), headers={"Range": "bytes=0-99"})
    assert answer.status == 206
    assert len(answer.body()) == 100
    assert answer.headers["content-type"] == "video/mp4"
