"""What everybody reads: the whole area, never before it is released, without a cookie, with few questions to the database."""

import csv
import datetime
import json
import re

import pytest

from surveys.release.enums import ReleaseState
from surveys.results.downloads import COLUMNS, NOTE
from surveys.results.site_search import find_results, public_addresses
from tests.surveys.results.releases import fill, make_release

pytestmark = pytest.mark.django_db
START = "/en/surveys/test/autumn/"
PAGES = [
    "results/",
    "results/for-adults/",
    "topics/health/",
    "questions/SAFE/",
    "questions/SAFE/by/year/",
    "questions/SAFE/by/SEX/",
    "open-data/",
]
FILES = [
    "topics/health.csv",
    "questions/SAFE.csv",
    "questions/SAFE/by/year.csv",
    "open-data/cells.csv",
    "open-data/metadata.json",
]


def told(client, release, address) -> str:
    page = re.sub(r"<[^>]+>|\s+", " ", client.get(START + address).content.decode())
    return re.sub(r"\s+", " ", page)


def test_what_protection_costs_is_told_of_many_percentages_to_half_a_point(client):
    """Errors come from true counts, and no gate attacks them."""
    release = make_release()
    fill(release)
    page = told(client, release, "open-data/")
    assert "100+ 0.5 1.5" in page
    assert "0.55" not in page
    assert "1.31" not in page
    assert "30–99" not in page, "of 299 percentages"


@pytest.mark.parametrize("address", ["results/", "open-data/"])
def test_what_the_attack_found_is_told_in_two_figures_and_of_many_small_counts(client, address):
    release = make_release()
    fill(release)
    page = told(client, release, address)
    assert "none of about 1,200 small counts" in page
    assert "1,234" not in page
    release.report["gate"] |= {"small_counts": 301, "naive_recoverable": 299}
    release.save()
    page = told(client, release, address)
    assert "none of the small counts" in page
    assert "301" not in page
    assert "299" not in page


def lines(response) -> list[list[str]]:
    """The rows of a file without its heading and its note."""
    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines()))
    assert rows[0] == list(COLUMNS)
    return rows[1:]


def bars(page: str) -> list[tuple[str, str]]:
    """(label, number) of every line of every chart."""
    return re.findall(
        r'cs-figure__label" scope="row" role="rowheader">([^<]*)</th>.*?cs-figure__number">([^<]*)<', page, re.DOTALL
    )


@pytest.mark.parametrize("where", PAGES)
def test_a_page_says_its_wave_and_how_it_is_rounded_and_sets_no_cookie(client, where):
    fill(make_release())

    response = client.get(START + where)

    text = response.content.decode()
    assert response.status_code == 200
    assert "Autumn" in text
    assert "Figures are rounded in fives so that no child can be picked out." in text
    assert not response.cookies


@pytest.mark.parametrize("state", [state for state in ReleaseState.values if state != ReleaseState.RELEASED])
def test_nothing_is_seen_before_it_is_released_or_after_it_is_replaced(client, state):
    fill(make_release(state=state))

    assert {client.get(START + where).status_code for where in [*PAGES, *FILES]} == {404}
    assert "Autumn" not in client.get("/en/surveys/").content.decode()
    assert find_results("safe", 5) == []
    assert [entry.path for entry in public_addresses()] == ["/en/surveys/"]


@pytest.mark.parametrize(
    "where",
    ["questions/NOBODY/", "questions/SAFE/by/ETHNICITY/", "topics/nothing/", "questions/NOBODY.csv", "topics/no.csv"],
)
def test_what_the_release_does_not_have_is_not_found(client, where):
    fill(make_release())

    assert client.get(START + where).status_code == 404


def test_a_question_shows_title_base_and_wave_in_words(client):
    fill(make_release())

    page = client.get(f"{START}questions/SAFE/").content.decode()

    assert bars(page) == [("Never", "44%"), ("Always", "56%"), ("Prefer not to say", "0%"), ("No answer", "0%")]
    assert "Autumn: 960 pupils were asked." in page


def test_groups_stand_under_each_answer(client):
    fill(make_release())

    page = client.get(f"{START}questions/SAFE/by/SEX/").content.decode()

    assert bars(page)[:4] == [("Girl", "62%"), ("Boy", "25%"), ("Girl", "38%"), ("Boy", "75%")]
    assert "Autumn: pupils who were asked: Girl (480), Boy (480)." in page


def test_too_few_pupils_leave_a_sentence_and_no_number(client):
    fill(make_release(), girls=(5, 5), boys=(0, 5))

    page = client.get(f"{START}questions/SAFE/by/year/").content.decode()

    assert "Too few pupils are in these groups for the figures to be shown." in page
    assert bars(page) == []
    assert "Download these figures" not in page
    assert lines(client.get(f"{START}questions/SAFE/by/year.csv"))[0][0] == NOTE


def test_the_largest_gap_stands_on_the_wave_with_both_numbers(client):
    fill(make_release())

    page = client.get(f"{START}results/").content.decode()

    assert "“Never”: 62% (Girl), 25% (Boy)." in page
    assert 'href="/en/surveys/test/autumn/questions/SAFE/"' in page


def test_equal_groups_make_no_finding(client):
    fill(make_release(), girls=(50, 50), boys=(50, 50))

    page = client.get(f"{START}results/").content.decode()

    assert "No gap between groups is larger than chance and rounding could make it." in page
    assert "Largest gaps" not in page


def test_a_change_since_the_wave_before_is_told(client):
    fill(make_release(slug="spring", opens_on=datetime.date(2024, 9, 1)), girls=(10, 90), boys=(10, 90))
    fill(make_release(), girls=(50, 50), boys=(50, 50))

    page = client.get(f"{START}results/").content.decode()

    assert "Largest changes since Spring" in page
    assert "50%, and 10% in Spring." in page


@pytest.mark.parametrize("where", ["questions/SAFE", "questions/SAFE/by/SEX", "questions/LIKES", "topics/health"])
def test_the_file_holds_what_the_page_shows_and_the_note(client, where):
    fill(make_release())

    shown = bars(client.get(f"{START}{where}/").content.decode())
    *rows, note = lines(client.get(f"{START}{where}.csv"))

    labels = [row[4] if "/by/" in where else row[2] or row[5] for row in rows]
    assert sorted(zip(labels, (f"{row[7]}%" for row in rows), strict=True)) == sorted(shown)
    assert note[0] == NOTE


def test_the_open_data_says_what_each_of_its_columns_is(client):
    fill(make_release())

    rows = lines(client.get(f"{START}open-data/cells.csv"))
    described = json.loads(client.get(f"{START}open-data/metadata.json").content)

    assert [column["name"] for column in described["tableSchema"]["columns"]] == list(COLUMNS)
    assert all(column["dc:description"] for column in described["tableSchema"]["columns"])
    assert described["url"].endswith("/en/surveys/test/autumn/open-data/cells.csv")
    assert {row[3] for row in rows} == {"", "Year group", "Sex"}
    assert all(int(row[6]) % 5 == 0 and int(row[8]) >= 100 for row in rows)


@pytest.mark.parametrize("where", PAGES)
def test_a_page_asks_little_of_the_database(client, where, django_assert_max_num_queries):
    fill(make_release(slug="spring", opens_on=datetime.date(2024, 9, 1)))
    fill(make_release())
    client.get("/en/surveys/")

    with django_assert_max_num_queries(30):
        client.get(START + where)


def test_site_search_and_sitemap_lead_to_waves_and_questions():
    fill(make_release())

    assert [hit.url for hit in find_results("about safe", 5)] == [START + "questions/SAFE/"]
    assert START + "results/" in [hit.url for hit in find_results("autumn", 5)]
    assert find_results("of", 5) == []
    assert {START + "results/", START + "topics/health/", START + "questions/SAFE/"} <= {
        entry.path for entry in public_addresses()
    }
