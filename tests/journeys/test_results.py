"""Results in a browser: accessible, no wider than the screen, readable with the keyboard and without scripts."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from foundation.partnership.models import SchoolLead, Subgroup, SubgroupMember
from tests.axe import Axe
from tests.factories.accounts import UserFactory
from tests.surveys.results.releases import fill, make_release, school_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAGS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
PUBLIC = [
    "/en/surveys/",
    "/en/surveys/test/autumn/results/",
    "/en/surveys/test/autumn/results/for-adults/",
    "/en/surveys/test/autumn/topics/health/",
    "/en/surveys/test/autumn/questions/SAFE/by/SEX/",
    "/en/surveys/test/autumn/open-data/",
]


@pytest.fixture
def release():
    made = make_release()
    fill(made)
    return made


@pytest.fixture
def reader(page, live_server, release):
    """Somebody signed in who sits on a subgroup and looks after a school; the addresses of their pages."""
    user = UserFactory()
    health, _ = Subgroup.objects.get_or_create(key="health", defaults={"name": "Health subgroup"})
    school = school_of(release, 0)
    SubgroupMember.objects.create(user=user, subgroup=health)
    SchoolLead.objects.create(user=user, school=school)
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return [
        "/results/",
        "/results/health/",
        "/results/health/test/autumn/SAFE/",
        "/schools/reports/",
        f"/schools/{school.pk}/report/test/autumn/",
    ]


def look_at(page, addresses: list[str], start: str, width: int) -> None:
    """Open each; nothing may be wider than the screen, refused by the policy, or against the rules of axe."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for address in addresses:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(start + address)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        # At its full height nothing is hidden behind the bar at the foot of the window, which axe would take for good.
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        found = Axe().run(page, options=TAGS)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
    assert said == []


@pytest.mark.parametrize("width", [320, 1280])
def test_public_results_are_accessible(page, live_server, release, width):
    look_at(page, PUBLIC, live_server.url, width)


@pytest.mark.parametrize("width", [320, 1280])
def test_members_and_schools_pages_are_accessible(page, live_server, reader, width):
    look_at(page, reader, live_server.url, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_young_person_finds_how_girls_and_boys_answered_with_the_keyboard(page, live_server, release, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/en/surveys/")

    for name in ("Test survey, Autumn", "Health", re.compile("By year group and other groups.*Safe"), "Sex"):
        link = page.get_by_role("link", name=name, exact=True).first
        where = link.get_attribute("href")
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{where}")

    expect(page.get_by_role("heading", level=1)).to_have_text("How about Safe?")
    row = page.get_by_role("table", name="Autumn: pupils who were asked: Girl (480), Boy (480).").first.get_by_role(
        "row", name="Girl"
    )
    expect(row).to_contain_text("62%")
    found = Axe().run(page, options=TAGS)
    assert found.violations_count == 0, found.generate_report()
