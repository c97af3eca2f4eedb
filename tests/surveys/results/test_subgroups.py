"""What a subgroup's members read: their own questions, and nothing of other subgroups."""

import datetime

import pytest
from django.contrib.auth.models import Permission

from foundation.partnership.models import Subgroup, SubgroupMember
from surveys.release.enums import ReleaseState
from tests.factories.accounts import UserFactory
from tests.surveys.results.releases import fill, make_release
from tests.surveys.results.test_public import bars, lines

pytestmark = pytest.mark.django_db
WAVE = "/results/health/test/autumn/"
PAGES = ["/results/health/", WAVE, f"{WAVE}SAFE/", f"{WAVE}SAFE/by/SEX/", f"{WAVE}SAFE.csv"]


@pytest.fixture
def subgroups() -> dict[str, Subgroup]:
    return {
        key: Subgroup.objects.get_or_create(key=key, defaults={"name": f"{key} subgroup"})[0]
        for key in ("health", "online-safety")
    }


@pytest.fixture
def member(client, subgroups):
    """Somebody signed in who sits on the health subgroup."""
    user = UserFactory()
    SubgroupMember.objects.create(user=user, subgroup=subgroups["health"])
    client.force_login(user)
    return user


def test_a_member_reads_what_their_subgroup_looks_after(client, member):
    fill(make_release())

    page = client.get("/results/health/").content.decode()

    assert "960 pupils took part." in page
    assert "How about Safe?" in page
    assert "How about Likes?" in page
    assert "How about Phone?" not in page
    assert client.get(f"{WAVE}PHONE/").status_code == 404


def test_a_subgroup_sees_groups_of_thirty_that_the_public_does_not(client, member):
    fill(make_release(schools=1), girls=(10, 20), boys=(5, 5))

    page = client.get(f"{WAVE}SAFE/by/SEX/").content.decode()

    assert bars(page)[:2] == [("Girl", "33%"), ("Girl", "67%")]
    assert "Too few to show: Boy." in page
    assert bars(client.get("/en/surveys/test/autumn/questions/SAFE/by/SEX/").content.decode()) == []


@pytest.mark.parametrize("where", PAGES)
def test_another_subgroups_pages_look_like_unknown_ones(client, member, where):
    fill(make_release())

    others = client.get(where.replace("health", "online-safety"))
    unknown = client.get(where.replace("health", "no-such-subgroup"))

    assert (others.status_code, unknown.status_code) == (404, 404)
    assert others.content.decode().replace("online-safety", "x") == unknown.content.decode().replace(
        "no-such-subgroup", "x"
    )
    assert client.get(where).status_code == 200


@pytest.mark.parametrize("where", ["/results/", *PAGES])
def test_who_is_not_signed_in_is_asked_to(client, subgroups, where):
    fill(make_release())

    response = client.get(where)

    assert response.status_code == 302
    assert "login" in response["Location"]


@pytest.mark.parametrize("where", PAGES)
def test_no_browser_keeps_a_members_page(client, member, where):
    fill(make_release())

    assert "no-store" in client.get(where)["Cache-Control"]


@pytest.mark.parametrize("state", [ReleaseState.READY, ReleaseState.REPLACED])
def test_nothing_is_seen_that_is_not_released(client, member, state):
    fill(make_release(state=state))

    assert "No results for this subgroup yet." in client.get("/results/health/").content.decode()
    assert {client.get(where).status_code for where in PAGES[1:]} == {404}


def test_survey_managers_and_administrators_read_every_subgroup(client, subgroups):
    fill(make_release())
    manager = UserFactory()
    manager.user_permissions.add(Permission.objects.get(codename="view_release", content_type__app_label="surveys"))
    client.force_login(manager)

    assert "online-safety subgroup" in client.get("/results/").content.decode()
    assert client.get("/results/online-safety/test/autumn/PHONE/").status_code == 200


def test_a_question_stands_beside_the_wave_before(client, member):
    fill(make_release(slug="spring", opens_on=datetime.date(2024, 9, 1)), girls=(10, 90), boys=(10, 90))
    fill(make_release())

    page = client.get(f"{WAVE}SAFE/").content.decode()

    assert "The same question in Spring" in page
    assert ("Never", "10%") in bars(page)
    assert "Spring: 1,200 pupils were asked." in page


def test_the_file_holds_what_the_members_page_shows(client, member):
    fill(make_release())

    shown = bars(client.get(f"{WAVE}SAFE/by/SEX/").content.decode())
    *rows, _note = lines(client.get(f"{WAVE}SAFE/by/SEX.csv"))

    assert sorted((row[4], f"{row[7]}%") for row in rows) == sorted(shown)


@pytest.mark.parametrize("where", PAGES)
def test_a_members_page_asks_little_of_the_database(client, member, where, django_assert_max_num_queries):
    fill(make_release(slug="spring", opens_on=datetime.date(2024, 9, 1)))
    fill(make_release())

    with django_assert_max_num_queries(45):
        client.get(where)
