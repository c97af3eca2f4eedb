"""A parent finds a club, compares, asks, reports: on a small phone without JavaScript, and every page read by axe."""

import io
import re
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from tests.factories.listings import make_listing, stated
from tests.journeys.looks import a_phone, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DIRECTORY = "/en/clubs-near-you/"
PATHS = {
    "search": "",
    "found": "?near=NW5+1AA&within=3200&age=9&day=2",
    "nothing found": "?q=zzzzz",
    "errors": "?near=NW5+9ZZ&age=nine&day=9",
    "listing": "kite-club/?s=drum-group",
    "questions": "kite-club/questions/",
    "compare": "shortlist/?s=kite-club,drum-group,gone",
    "questions of a shortlist": "questions/?s=kite-club,drum-group",
    "risk": "kite-club/wrong/",
    "risk unanswered": "kite-club/wrong/?go=1",
    "at risk": "kite-club/wrong/?risk=yes",
    "report": "kite-club/wrong/?risk=no",
    "missing": "missing/",
    "meaning": "what-listing-means/",
    "absent": "gone/",
}


@pytest.fixture
def register(transactional_db: None) -> None:
    """Two clubs, a table of three postcodes with its map, a few lists and questions."""
    from django.core.cache import cache

    from community.models import ChecklistItem, District, ListEntry, SchoolTerm, StandardVersion
    from community.places.hexes import shapes_of
    from foundation.partnership.models import Ward
    from tests.factories.community import PostcodeFactory
    from tests.factories.listings import POINTS

    cache.clear()
    shapes = shapes_of(
        (code.split()[0], east + step, north + step)
        for code, (east, north) in POINTS.items()
        for step in range(0, 700, 90)
    )
    for code, (easting, northing) in POINTS.items():
        outward = code.split()[0]
        PostcodeFactory(code=code, easting=easting, northing=northing)
        District.objects.update_or_create(
            outward=outward,
            defaults={
                "easting": easting, "northing": northing, "postcodes": 1, "in_area": 1,
                "outline": shapes[outward].path, "label_x": easting // 10, "label_y": -northing // 10,
            },
        )  # fmt: skip
    for kind, code, label in (
        ("language", "bn", "Bengali"),
        ("send", "quiet", "A quiet room"),
        ("access", "lift", "Lift"),
    ):
        ListEntry.objects.update_or_create(kind=kind, code=code, defaults={"label": label})
    Ward.objects.get_or_create(name="Belsize")
    SchoolTerm.objects.get_or_create(name="All", defaults={"first_day": date(2020, 1, 1), "last_day": date(2099, 1, 1)})
    version, _made = StandardVersion.objects.get_or_create(
        code="journey", defaults={"title": "T", "in_force_from": date(2026, 1, 1)}
    )
    StandardVersion.objects.update(is_current=False)
    StandardVersion.objects.filter(pk=version.pk).update(is_current=True)
    for number, code in enumerate(("A6", "B1")):
        ChecklistItem.objects.get_or_create(
            standard=version, code=code,
            defaults={
                "area": code[0], "order": number, "question": "?", "basis": "law", "applies_to": ["all"],
                "parent_question": f"Question {code}?", "good_answer": "A good answer.", "red_flag": "They do not answer.",
            },
        )  # fmt: skip
    make_listing(
        name="Kite Club", summary="Kites for all.", languages=["bn"], send_tags=["quiet"],
        statements={"B1": [stated("A written policy", "seen", expires_on="2099-01-01")]},
        awards=[{"name": "Mark", "issuer": "An issuer", "level": "", "expires_on": "2099-01-01", "url": "https://example.org/"}],
        venue={"access_tags": ["lift"], "directions": "By the lock."},
    )  # fmt: skip
    make_listing(name="Drum Group", postcode="NW1 1AA", activity={"cost_type": "donation"}, session={"weekday": 5})


@pytest.fixture
def phone(browser: Any) -> Any:
    """A small phone whose browser runs no script."""
    with a_phone(browser, width=320) as page:
        yield page
        assert page.context.cookies() == []


def test_a_parent_finds_compares_and_asks_on_a_phone_without_javascript(
    register: None, live_server: Any, phone: Any
) -> None:
    phone.goto(live_server.url + DIRECTORY)
    phone.get_by_label("What are you looking for?").fill("fotball")
    phone.get_by_label("Postcode, or its first half").fill("nw5 1aa")
    phone.get_by_label("How far").select_option(label="2 miles (3,200 metres)")
    phone.get_by_label("Age of your child").fill("9")
    phone.get_by_role("button", name="Find clubs").click()
    main = phone.inner_text("main")
    assert "2 clubs and classes" in main
    assert "so we looked for “football”" in main
    assert main.index("Kite Club") < main.index("Drum Group")
    phone.get_by_role("link", name=re.compile("Add to shortlist.*Kite Club")).click()
    phone.get_by_role("link", name=re.compile("Add to shortlist.*Drum Group")).click()
    assert "Your shortlist: 2 clubs" in phone.inner_text("main")
    phone.get_by_role("link", name="Compare", exact=True).click()
    assert "You give what you can" in phone.inner_text("main")
    phone.get_by_role("link", name="Questions to ask them").click()
    sheet = phone.inner_text("main")
    assert "Question B1?" in sheet
    assert "Ask only: Drum Group" in sheet
    assert "999" in sheet
    phone.goto(f"{live_server.url}{DIRECTORY}kite-club/")
    phone.get_by_role("link", name="Tell us what is wrong").click()
    phone.get_by_label("Yes, or I am not sure").check()
    phone.get_by_role("button", name="Continue").click()
    assert "We did not store anything." in phone.inner_text("main")


def test_a_filter_is_taken_away_and_a_district_is_chosen_from_the_list(
    register: None, live_server: Any, phone: Any
) -> None:
    phone.goto(f"{live_server.url}{DIRECTORY}?day=5&age=9")
    assert "Drum Group" in phone.inner_text("main")
    assert "Kite Club" not in phone.inner_text("main")
    phone.get_by_role("link", name="Remove: Saturday").click()
    assert "Kite Club" in phone.inner_text("main")
    phone.get_by_role("link", name="NW1 1 clubs").click()
    main = phone.inner_text("main")
    assert "In NW1" in main
    assert "Kite Club" not in main


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_phone(
    register: None, live_server: Any, browser: Any, scheme: Any
) -> None:
    addresses = {name: f"{live_server.url}{DIRECTORY}{path}" for name, path in PATHS.items()}
    assert faults_of(browser, addresses, scheme=scheme) == []


def test_on_paper_the_questions_fit_on_one_sheet(register: None, live_server: Any, browser: Any, tmp_path: Any) -> None:
    from pypdf import PdfReader

    page = browser.new_page()
    page.goto(f"{live_server.url}{DIRECTORY}kite-club/questions/")
    page.pdf(path=tmp_path / "sheet.pdf", format="A4", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "sheet.pdf").pages
    assert len(sheets) == 1
    assert "Question A6?" in sheets[0].extract_text()
    assert "Always visit" in sheets[0].extract_text()


@pytest.mark.parametrize(
    "path",
    ["kite-club/", "kite-club/questions/", "questions/?s=kite-club,drum-group", "shortlist/?s=kite-club,drum-group"],
)
def test_what_a_parent_prints_fits_on_two_sheets_of_a4(
    full_register: None, live_server: Any, browser: Any, path: str
) -> None:
    page = browser.new_page()
    page.goto(live_server.url + DIRECTORY + path, timeout=90_000)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    page.close()
    assert len(sheets) <= 2
    printed = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert "trust your own judgement" in printed
    if "questions" in path:
        assert "999" in printed
    if path == "kite-club/":
        assert "020 7946 0000" in printed
        assert "hello@example.org" in printed


@pytest.fixture
def full_register(register: None) -> None:
    """A listing that says a great deal, and every question of the standard."""
    from community.directory.indexing import index_setting
    from community.models import Listing, Setting
    from community.quality.services.standard import load_all
    from tests.factories.community import ActivityFactory, SessionFactory
    from tests.factories.listings import publish_as

    load_all(False)
    club = Setting.objects.get(slug="kite-club")
    club.description, club.public_phone = "We fly kites of every kind, and build them first. " * 12, "020 7946 0000"
    club.save()
    for number in range(2):
        more = ActivityFactory(setting=club, name=f"Kites {number}", description="Building and flying. " * 6)
        SessionFactory(activity=more, venue=club.venues.get(), weekday=number)
    codes = [f"{area}{number}" for area in "ABCD" for number in range(1, 7)]
    publish_as(club, statements={code: [stated(f"Has thing {code} in place", "seen")] for code in codes})
    index_setting(setting_id=club.pk)
    assert Listing.objects.filter(slug="kite-club").exists()
