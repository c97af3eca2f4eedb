"""Ten minutes before a meeting: an outreach officer signs in with two factors, sees what is missing, writes to those behind
it, keeps a note, takes the year's figures and looks at a campaign. Every screen read by axe, narrow and wide, light and dark."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from community.newsletter.models import Issue, Segment
from community.outreach.models import Campaign, Note, Poster, PosterCount
from tests.axe import Axe
from tests.community.outreach.conftest import went
from tests.factories.accounts import PASSWORD, code, give_authenticator, holder_of
from tests.factories.community import MembershipFactory, SettingFactory
from tests.factories.listings import make_listing
from tests.factories.pages import a_home_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def borough(transactional_db: None) -> Campaign:
    """Nine settings, a third of them on a course, and a campaign with a page, two posters and a date."""
    from community.quality.services.standard import load_standard

    load_standard()
    home = a_home_page()
    for number in range(9):
        club = (
            make_listing(name=f"Invented Listed Club {number}", slug=f"invented-listed-{number}")
            if number < 4
            else SettingFactory(name=f"Invented Known Club {number}", state="known", types=["faith"])
        )
        if number % 3 == 0:
            went(club, counts=["B4"])
            MembershipFactory(setting=club)
    today = timezone.localdate()
    campaign = Campaign.objects.create(
        name="Private fostering", aim="People know what it is.", starts_on=today - timedelta(days=9), ends_on=today
    )
    campaign.pages.add(home)
    poster = Poster.objects.create(campaign=campaign, page=home, place="Invented Library")
    PosterCount.objects.create(poster=poster, day=today, opens=12)
    Note.objects.create(
        setting=club, kind="call", happened_on=today, text="They move.", next_step="Look at the new hall", next_on=today
    )
    return campaign


@pytest.fixture
def desk(browser: Any, live_server: Any, transactional_db: None) -> Any:
    """An outreach officer's browser, signed in by the forms: password, then a code of the app."""
    person = holder_of("Outreach officer", email="outreach@example.org")
    give_authenticator(person)
    context = browser.new_context(viewport={"width": 1_280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[name=code]").fill(code())
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/**")
    yield page
    context.close()


def test_from_a_gap_to_a_message_a_note_the_years_figures_and_a_campaign(
    desk: Any, live_server: Any, borough: Campaign, picture: Any
) -> None:
    desk.goto(f"{live_server.url}{reverse('outreach')}")
    desk.get_by_role("link", name="6 of 9 settings have had nobody on a course in the last 24 months").click()
    assert "(6)" in desk.inner_text("main h2")
    assert desk.locator("main tbody tr").count() == 6
    desk.get_by_role("button", name="Write to them").click()
    desk.wait_for_url("**/admin/newsletter/new/**")
    desk.get_by_label("Title").fill("A course near you")
    desk.get_by_label("Subject of the mail").fill("A free course near you")
    desk.get_by_label("First words").fill("There are places left.")
    desk.get_by_role("button", name="Start", exact=True).click()
    desk.wait_for_url("**/newsletter/issues/**")
    segment = Segment.objects.get()
    assert segment.settings.count() == 6
    assert Issue.objects.get().segment == segment
    picture(desk, "outreach-draft")

    # A mentoring note, with the keyboard alone.
    desk.goto(f"{live_server.url}{reverse('outreach_settings')}?gap=trained")
    desk.get_by_role("link", name="Invented Known Club 4").focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("kind").select_option("mentoring")
    desk.get_by_label("what was agreed").focus()
    desk.keyboard.type("First talk about the award.")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Send the folder")
    desk.get_by_label("next step by").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    desk.get_by_role("button", name="Keep", exact=True).focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("The note is kept.")).to_be_visible()
    assert Note.objects.filter(setting__name="Invented Known Club 4", kind="mentoring").count() == 1
    desk.goto(f"{live_server.url}{reverse('outreach')}")
    step = desk.locator(".cs-steps li", has_text="Send the folder")
    step.get_by_role("button", name="Done").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Done: Send the folder")).to_be_visible()

    # The year's figures, as a file.
    desk.get_by_role("link", name="Annual report").click()
    desk.get_by_label("Until").fill(timezone.localdate().isoformat())
    with desk.expect_download() as downloading:
        desk.get_by_role("button", name="Download for a spreadsheet").click()
    table = Path(downloading.value.path()).read_text(encoding="utf-8-sig")
    assert "Settings that we know,9" in table
    assert "Training: people who came,fewer than 5" in table

    # The campaign: its reach, and a poster for one more place.
    desk.get_by_role("link", name="Campaigns", exact=True).click()
    desk.get_by_role("link", name="How far it reached").click()
    assert "12" in desk.locator("tr", has_text="Invented Library").inner_text()
    desk.get_by_label("where it hangs").fill("Invented Pool")
    desk.get_by_role("button", name="Make the sheet").click()
    desk.get_by_role("link", name=re.compile(r"Print\s*: Invented Pool")).click()
    assert Poster.objects.get(place="Invented Pool").code in desk.inner_text("main")
    expect(desk.locator("main svg.cs-qr")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_screen_is_wider_than_the_phone(
    desk: Any, live_server: Any, borough: Campaign, scheme: Any, picture: Any
) -> None:
    note = Note.objects.get()
    poster = borough.posters.get()
    screens = {
        "cockpit": reverse("outreach"), "language": reverse("outreach") + "?by=language",
        "list": reverse("outreach_settings") + "?gap=trained", "notes": reverse("outreach_notes", args=[note.setting_id]),
        "visits": reverse("outreach_work"), "over-time": reverse("outreach_over_time"), "report": reverse("outreach_report"),
        "campaigns": reverse("outreach_campaigns:index"), "campaign": reverse("outreach_campaign", args=[borough.pk]),
        "campaign-form": reverse("outreach_campaigns:edit", args=[borough.pk]),
        "poster": reverse("outreach_poster_sheet", args=[borough.pk, poster.pk]),
    }  # fmt: skip
    faults = []
    desk.emulate_media(color_scheme=scheme)
    for width in (320, 1_280):
        desk.set_viewport_size({"width": width, "height": 900})
        for name, path in screens.items():
            assert desk.goto(f"{live_server.url}{path}").status == 200, path
            found = Axe().run(desk, context="main", options={"runOnly": {"type": "tag", "values": TAGS}})
            faults += [
                f"{name} {width}: {each['id']} {each['nodes'][0]['html'][:140]}"
                for each in found.response["violations"]
            ]
            wide = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                faults.append(f"{name} {width}: {wide} px too wide")
            picture(desk, f"outreach-{name}-{width}-{scheme}")
    assert faults == []
