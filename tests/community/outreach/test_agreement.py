"""Every number of the cockpit is the length of the list that it leads to, and the same as the registry and the report say."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.models import SelfAssessment, Setting, StandardVersion
from community.outreach.selectors.gaps import gaps
from community.outreach.selectors.over_time import funnel, report
from community.outreach.selectors.reach import reach
from foundation.partnership.models import Ward
from tests.factories.community import MembershipFactory, SettingFactory
from tests.factories.listings import make_listing

from .conftest import went

LINK = re.compile(r'<a href="(/admin/outreach/settings/\?[^"]+)">(.*?)</a>', re.DOTALL)


@pytest.fixture
def borough(three):
    """Settings of every ward, kind, language and size, closed ones among them, and some that came to much."""
    today, wards = timezone.localdate(), [Ward.objects.create(name=f"Invented ward {number}") for number in (1, 2)]
    for number in range(4):
        listed = make_listing(name=f"Invented Listed {number}", slug=f"invented-listed-{number}")
        Setting.objects.filter(pk=listed.pk).update(
            ward=wards[number % 2], staff_paid=number * 2, confirm_due=today + timedelta(days=20 * (number - 1))
        )
        SelfAssessment.objects.create(
            setting=listed, standard=StandardVersion.objects.get(is_current=True), submitted_at=timezone.now(),
            expires_on=today + timedelta(days=100 * (number - 1)),
        )  # fmt: skip
        MembershipFactory(setting=listed)
        MembershipFactory(setting=listed)
        went(listed, counts=["B4", "A5"], days_ago=200 * number)
        went(listed, counts=["B3"], for_leads=True, is_lead=number == 1)
    for number, state in enumerate(("removed", "archived", "declined", "out_of_scope")):
        gone = SettingFactory(name=f"Invented Gone {number}", state=state, ward=wards[0])
        MembershipFactory(setting=gone)
        went(gone, counts=["B4"])
    SettingFactory(types=["sport", "faith"], languages=["bn", "so"], staff_volunteers=4, ward=wards[1])
    return wards


def number_and_rows(desk, path):
    """What the heading of a list says, and how many lines its file has."""
    page = desk.get(path)
    assert page.status_code == 200, path
    said = re.search(r"<h2>.*\((\d+)\)</h2>", page.content.decode())
    lines = desk.get(f"{path}&export=csv").content.decode().splitlines()
    return int(said[1]), len(lines) - 1


@pytest.mark.parametrize("dimension", ["ward", "type", "language", "size"])
def test_every_number_of_the_cockpit_is_the_length_of_the_list_behind_it(desk, borough, dimension):
    page = desk.get(reverse("outreach"), {"by": dimension}).content.decode()
    followed = 0
    for address, words in LINK.findall(page):
        path = html.unescape(address)
        # The name of a ward or kind has its number in the next cell; every other link begins with its own.
        own = "has=" in path or "gap=" in path
        told = (
            re.search(r"\d+", words)
            if own
            else re.search(r"<td>(\d+)</td>", page[page.index(f'<a href="{address}"') :])
        )
        number = int(told[0] if own else told[1])
        assert number_and_rows(desk, path) == (number, number), path
        followed += 1
    assert followed > 25


def test_the_cockpit_the_report_the_quarters_and_the_register_tell_the_same(desk, borough):
    found = reach()
    listed = Setting.objects.filter(state="listed", merged_into=None)
    assert found.count("listed") == listed.count() == 4
    assert found.count("confirmed") == listed.filter(confirm_due__gte=timezone.localdate()).count() == 3
    said = {line.label: line.value for line in report(since=timezone.localdate(), until=timezone.localdate())}
    assert said["Settings that we know"] == found.total == funnel().stages[0].counts[-1]
    assert said["Of these listed"] == found.count("listed")


def test_what_counts_for_leads_alone_counts_for_nobody_else(borough):
    leads = {gap.key: gap for gap in gaps(reach())}["item-B3"]
    assert leads.total - leads.count == 1


@pytest.mark.django_db
def test_an_item_that_nobody_came_for_is_the_largest_gap_not_a_missing_one(three):
    went(SettingFactory(), counts=["B11"], state="absent")
    keys = {gap.key: gap for gap in gaps(reach())}
    assert keys["item-B11"].count == keys["item-B11"].total == 4
