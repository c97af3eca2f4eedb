"""Queries of pages that stand outside the page tree: a budget each, and no more for many rows than for few.

The pages of the tree: tests/home/test_queries.py. Filters of the directory and the open data interface: beside their tests.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.partnership.models import Subgroup, SubgroupMember
from tests.factories.accounts import UserFactory, holder_of, sign_in
from tests.factories.community import MembershipFactory
from tests.factories.listings import make_listing
from tests.factories.pages import a_home_page
from tests.surveys.results.releases import fill, make_release

pytestmark = pytest.mark.django_db
DIRECTORY = "/en/clubs-near-you/"


def queries_of(client, path):
    """Of a page whose frame is known; the page itself is made anew."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(seen)


def assert_budgets(client, budgets, more):
    """Each path keeps to its budget, and costs the same once `more` has made more rows."""
    few = {path: queries_of(client, path) for path in budgets}
    assert {path: (number, budgets[path]) for path, number in few.items() if number > budgets[path]} == {}
    more()
    many = {path: queries_of(client, path) for path in budgets}
    assert {path: (few[path], number) for path, number in many.items() if number > few[path]} == {}


@pytest.fixture(autouse=True)
def home():
    return a_home_page()


def clubs(first, last):
    return [make_listing(name=f"Invented Club {number}", slug=f"club-{number}") for number in range(first, last)]


def test_the_registry(client):
    clubs(0, 3)
    budgets = {
        DIRECTORY: 12,
        f"{DIRECTORY}?near=NW5+1AA": 12,
        f"{DIRECTORY}club-1/": 12,
        f"{DIRECTORY}club-1/questions/": 12,
        "/export/settings.csv": 6,
    }
    assert_budgets(client, budgets, lambda: clubs(3, 12))


def test_the_open_data(client):
    first = clubs(0, 3)[0]
    budgets = {
        "/o/": 4, "/o/services": 6, f"/o/services/{first.pk}": 6, "/o/service_at_locations": 8, "/o/taxonomies": 4, "/o/taxonomy_terms": 5,
    }  # fmt: skip
    assert_budgets(client, budgets, lambda: clubs(3, 12))


def test_the_area_of_an_owner(client):
    owner = UserFactory()
    setting = clubs(0, 1)[0]
    MembershipFactory(setting=setting, user=owner)
    sign_in(client, owner, second_factor=False)
    budgets = {f"/en/my-setting/{setting.pk}/": 40, f"/en/my-setting/{setting.pk}/history/": 20}

    def more():
        for each in clubs(1, 5):
            MembershipFactory(setting=each)
        MembershipFactory(setting=setting)

    assert_budgets(client, budgets, more)


def test_the_views_of_a_subgroup(client):
    fill(make_release())
    subgroup = Subgroup.objects.get_or_create(key="health", defaults={"name": "Health"})[0]
    member = UserFactory()
    SubgroupMember.objects.create(user=member, subgroup=subgroup)
    client.force_login(member)
    wave = "/results/health/test/autumn/"
    budgets = {
        "/results/": 15,
        "/results/health/": 30,
        wave: 30,
        f"{wave}SAFE/": 30,
        f"{wave}SAFE/by/SEX/": 30,
        f"{wave}SAFE.csv": 15,
    }

    def more():
        for number in range(5):
            SubgroupMember.objects.create(user=UserFactory(), subgroup=subgroup)
            Subgroup.objects.get_or_create(key=f"other-{number}", defaults={"name": f"Other {number}"})

    assert_budgets(client, budgets, more)


def test_the_registers_lists_in_the_admin(client):
    sign_in(client, holder_of("Registry officer"))
    clubs(0, 3)
    assert_budgets(client, {"/admin/registry/records/": 40}, lambda: clubs(3, 12))
