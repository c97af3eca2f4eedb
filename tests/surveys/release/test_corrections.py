"""A correction: planned like the first, attacked together with it, and in its place once it is out."""

import random

import pytest

from foundation.partnership.models import School
from surveys.errors import SurveyError
from surveys.release.enums import ReleaseState
from surveys.release.models import Release, ReleaseCell, ReleaseTruth
from surveys.release.services import change_plan, publish_release
from surveys.results.selectors import release_of

from .waves import closed_wave, computed, planned, seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return closed_wave()


def test_a_correction_says_why_and_takes_the_place_of_the_first(wave):
    first = computed(wave)
    publish_release(release=first, by=None)

    with pytest.raises(SurveyError, match="Say why"):
        planned(wave)
    second = computed(wave, reason="A column was read wrongly.")
    assert second.state == ReleaseState.READY, second.report["gate"]["problems"][:3]
    publish_release(release=second, by=None)
    first.refresh_from_db()

    assert first.state == ReleaseState.REPLACED
    assert release_of(survey="test", wave="autumn") == second


@pytest.mark.parametrize("breakdowns", [[], ["FSM", "SAFE"]], ids=["a breakdown less", "a question more"])
def test_what_was_counted_as_a_question_becomes_no_breakdown_nor_the_reverse(wave, breakdowns):
    """The gate would compare the two roundings with nothing: they are tables of different families."""
    first = planned(wave)
    Release.objects.filter(pk=first.pk).update(state=ReleaseState.RELEASED)

    with pytest.raises(SurveyError, match="a correction must have the same"):
        planned(wave, reason="A column was read wrongly.", breakdowns=breakdowns)
    second = planned(wave, reason="A column was read wrongly.")
    with pytest.raises(SurveyError, match="a correction must have the same"):
        change_plan(release=second, crossed_by="SEX", breakdowns=breakdowns, by=None)
    second.refresh_from_db()
    assert second.breakdowns == ["FSM"]


def test_a_re_release_with_one_class_added_is_attacked_together_with_the_first(wave):
    first = computed(wave)
    publish_release(release=first, by=None)
    school = next(iter(first.structure["schools"]))
    seal(wave, School.objects.get(pk=school), 6, random.Random(7), years=(8,))
    second = computed(wave, reason="A class came in late.")

    gate = second.report["gate"]
    assert second.state == ReleaseState.READY or any("earlier release" in one["why"] for one in gate["problems"])
    if second.state == ReleaseState.REFUSED:
        assert not second.cells.exists()


def test_a_correction_is_attacked_with_what_people_saw_and_with_nothing_else(wave):
    publish_release(release=computed(wave), by=None)
    cell = ReleaseCell.objects.all()[0]
    cell.value += 5
    cell.save()

    with pytest.raises(SurveyError, match="not those that were published"):
        computed(wave, reason="A class came in late.")
    assert Release.objects.filter(state=ReleaseState.RELEASED).count() == 1


def test_without_the_true_counts_of_the_first_no_correction_is_made(wave):
    publish_release(release=computed(wave), by=None)
    ReleaseTruth.objects.all().delete()

    with pytest.raises(SurveyError, match="deleted"):
        computed(wave, reason="Late.")
