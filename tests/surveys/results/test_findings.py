"""What stands out is worked out once, with the release, and says the same in every language and after every restart."""

import copy
import datetime

import pytest
from django.core.cache import cache

from surveys.release.enums import ReleaseState
from surveys.results.audiences import PUBLIC, SUBGROUP
from surveys.results.differences import changes_between
from surveys.results.findings import findings_to_note, largest_changes, largest_gaps
from surveys.results.selectors import kept_figures, release_before
from tests.surveys.results.releases import fill, make_release

pytestmark = pytest.mark.django_db


def noted(release):
    """The release as the job leaves it."""
    release.report["findings"] = findings_to_note(release)
    release.save()
    cache.clear()
    return release


def test_what_was_noted_is_what_the_page_would_work_out(django_assert_num_queries):
    release = make_release()
    fill(release)
    worked_out = {
        key: largest_gaps(release, audience=audience, subgroup=key)
        for audience, key in ((PUBLIC, ""), (SUBGROUP, "health"), (SUBGROUP, "online-safety"))
    }
    noted(release)

    with django_assert_num_queries(0):
        assert largest_gaps(release, audience=PUBLIC) == worked_out[""]
        for key in ("health", "online-safety"):
            assert largest_gaps(release, audience=SUBGROUP, subgroup=key) == worked_out[key]
    assert "50 of 80" not in worked_out["health"][0].sentence
    assert "62%" in worked_out["health"][0].sentence
    assert {one.code for one in worked_out["health"]} == {"SAFE", "LIKES"}


def test_changes_are_noted_for_the_wave_before_and_worked_out_anew_once_that_was_corrected():
    before = make_release(slug="spring", opens_on=datetime.date(2025, 3, 1))
    fill(before, girls=(20, 60))
    release = make_release()
    fill(release)
    worked_out = largest_changes(release, before, audience=PUBLIC)
    noted(release)
    assert worked_out
    assert largest_changes(release, before, audience=PUBLIC) == worked_out

    before.state = ReleaseState.REPLACED
    before.save()
    corrected = before.__class__.objects.get(pk=before.pk)
    corrected.pk, corrected.number, corrected.state = None, 2, ReleaseState.RELEASED
    corrected.save()
    fill(corrected)

    assert largest_changes(release, corrected, audience=PUBLIC) == []


def test_a_first_opening_after_a_restart_asks_the_cells_for_nothing(client, django_assert_max_num_queries):
    release = make_release()
    fill(release)
    noted(release)
    with django_assert_max_num_queries(25) as asked:
        assert "62%" in client.get("/en/surveys/test/autumn/results/").content.decode()
    tables = [query["sql"] for query in asked.captured_queries if "surveys_releasecell" in query["sql"]]
    assert len(tables) <= 1  # How many took part.


def test_practice_is_never_compared_with_what_pupils_said():
    before = make_release(slug="spring", opens_on=datetime.date(2025, 3, 1))
    release = make_release()
    assert release_before(release) == before
    before.wave.is_demo = True
    before.wave.save()
    assert release_before(release) is None


def test_a_band_that_covered_other_numbers_is_another_answer():
    figures = []
    for codes in ([5, 6, 7, 8, 9], [5, 6, 7, 8, 9], [5, 6]):
        release = make_release(slug=f"wave-{len(figures)}", opens_on=datetime.date(2025, 1 + len(figures), 1))
        release.structure = copy.deepcopy(release.structure)  # its items are shared by all tests
        release.structure["items"][0]["answers"][0]["codes"] = codes
        fill(release)
        figures.append(kept_figures(release, ["SAFE"], audience=PUBLIC))
    assert [one.answer["key"] for one in changes_between(figures[1], figures[0])] == ["1", "2"]
    assert [one.answer["key"] for one in changes_between(figures[2], figures[1])] == ["2"]
