"""A school's own report: the school beside the area, in words where it is small, never another school's."""

import re

import pytest

from foundation.partnership.models import School, SchoolLead
from surveys.release.enums import ReleaseState
from tests.factories.accounts import UserFactory
from tests.surveys.results.releases import ALWAYS, GIRL, NEVER, count, fill, make_release, school_of
from tests.surveys.results.test_public import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client):
    user = UserFactory()
    client.force_login(user)
    return user


def report(release, number: int = 0, ending: str = "/") -> str:
    return f"/schools/{school_of(release, number).pk}/report/test/autumn{ending}"


def look_after(user, release, number: int = 0) -> None:
    SchoolLead.objects.create(user=user, school=school_of(release, number))


def table(page: str, question: str) -> list[tuple[str, str, str]]:
    """(answer, the school, the area) of a question's table."""
    body = re.search(rf"{re.escape(question)}</h3>(.*?)</table>", page, re.DOTALL).group(1)
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    return [(label, *re.findall(r'cs-beside__number">(.*?)<', rest)) for label, rest in rows]


def test_the_school_stands_beside_the_area(client, lead):
    release = make_release()
    fill(release)
    count(release, "SAFE", 0, {(9, GIRL): {NEVER: 160}})
    look_after(lead, release)

    page = client.get(report(release)).content.decode()

    assert table(page, "How about Safe?")[:2] == [("Never", "62%", "52%"), ("Always", "38%", "48%")]
    assert "Autumn: about 480 of your pupils were asked, 1,120 in the whole area." in page
    assert "Figures are rounded in fives" in page


@pytest.mark.parametrize(("pupils", "words"), [(20, True), (25, True), (30, False)])
def test_a_small_school_reads_words_and_no_number_can_be_read_off_a_bar(client, lead, pupils, words):
    release = make_release()
    for number in (1, 2):
        count(release, "SAFE", number, {(8, GIRL): {NEVER: 50, ALWAYS: 50}})
    count(release, "SAFE", 0, {(8, GIRL): {NEVER: 10, ALWAYS: pupils - 10}})
    look_after(lead, release)

    page = client.get(report(release)).content.decode()

    _label, own, area = table(page, "How about Safe?")[0]
    first = lines(client.get(report(release, ending=".csv")))[0]
    assert ("%" in own, "%" in area) == (not words, True)
    assert page.count("cs-figure__bar") == (4 if words else 8), "a bar for each percentage, none for words"
    assert (first[6], first[7]) == (("", own) if words else ("10", own.rstrip("%")))


def test_under_twenty_only_the_question_is_named(client, lead):
    release = make_release()
    for number in (1, 2):
        count(release, "SAFE", number, {(8, GIRL): {NEVER: 500}})
    count(release, "SAFE", 0, {(8, GIRL): {NEVER: 10, ALWAYS: 5}})
    count(release, "PHONE", 0, {(8, GIRL): {NEVER: 40}})
    look_after(lead, release)

    page = client.get(report(release)).content.decode()

    assert "Too few of your pupils were asked for these to be shown: How about Safe?" in " ".join(page.split())
    assert "How about Safe?</h3>" not in page
    assert {row[0] for row in lines(client.get(report(release, ending=".csv")))[:-1]} == {"PHONE"}


def test_the_area_is_not_shown_where_the_public_would_not_see_it(client, lead):
    release = make_release()
    count(release, "SAFE", 0, {(8, GIRL): {NEVER: 400}})
    look_after(lead, release)

    page = client.get(report(release)).content.decode()

    assert table(page, "How about Safe?")[0] == ("Never", "100%", "too few to show")
    assert "in the whole area" not in page


@pytest.mark.parametrize("ending", ["/", ".csv"])
def test_another_school_looks_like_an_unknown_one(client, lead, ending):
    release = make_release()
    fill(release)
    look_after(lead, release)

    others = client.get(report(release, 1, ending))
    unknown = client.get(f"/schools/999999/report/test/autumn{ending}")

    assert (others.status_code, unknown.status_code) == (404, 404)
    assert others.content == unknown.content
    assert client.get(report(release, 0, ending)).status_code == 200


@pytest.mark.parametrize("ending", ["/", ".csv"])
def test_a_school_that_closed_has_no_report_for_its_last_lead(client, lead, ending):
    release = make_release()
    fill(release)
    look_after(lead, release)
    assert client.get(report(release, ending=ending)).status_code == 200
    School.objects.update(is_active=False)

    assert client.get(report(release, ending=ending)).status_code == 404
    assert "Invented School" not in client.get("/schools/reports/").content.decode()


def test_a_school_that_took_no_part_has_no_report(client, lead):
    release = make_release()
    fill(release)
    look_after(lead, release)
    release.structure["schools"] = {}
    url = f"/schools/{lead.school_leads.get().school_id}/report/test/autumn/"
    release.save()

    assert client.get(url).status_code == 404
    assert "No report yet." in client.get("/schools/reports/").content.decode()


@pytest.mark.parametrize("state", [ReleaseState.READY, ReleaseState.REPLACED])
def test_no_report_before_the_release(client, lead, state):
    release = make_release(state=state)
    fill(release)
    look_after(lead, release)

    assert client.get(report(release)).status_code == 404
    assert "No report yet." in client.get("/schools/reports/").content.decode()


def test_the_file_holds_what_the_report_shows(client, lead):
    release = make_release()
    fill(release)
    look_after(lead, release)

    page = client.get(report(release)).content.decode()
    *rows, note = lines(client.get(report(release, ending=".csv")))

    own = {(row[5], f"{row[7]}%") for row in rows if row[0] == "SAFE" and row[4] == "Invented School 0"}
    area = {(row[5], f"{row[7]}%") for row in rows if row[0] == "SAFE" and row[4] == "The whole area"}
    shown = table(page, "How about Safe?")
    assert own == {(label, mine) for label, mine, _theirs in shown}
    assert area == {(label, theirs) for label, _mine, theirs in shown}
    assert note[0].startswith("Figures are rounded in fives")


def test_the_reports_of_a_lead_are_listed_and_no_others(client, lead):
    release = make_release()
    fill(release)
    look_after(lead, release)

    page = client.get("/schools/reports/").content.decode()

    assert report(release) in page
    assert report(release, 1) not in page


def test_who_is_not_signed_in_is_asked_to(client):
    release = make_release()

    assert "login" in client.get(report(release))["Location"]
    assert "login" in client.get("/schools/reports/")["Location"]


def test_the_report_asks_little_of_the_database(client, lead, django_assert_max_num_queries):
    release = make_release()
    fill(release)
    look_after(lead, release)

    with django_assert_max_num_queries(45):
        client.get(report(release))
