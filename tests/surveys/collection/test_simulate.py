"""Generated pupils: the same seed draws the same, a real wave is refused, tiny groups are among them."""

from statistics import mean

import pytest
from django.core.management import CommandError, call_command

from surveys.collection.models import Pooled, Sealed
from surveys.fieldwork.models import WaveSchool
from surveys.simulate.plan import Place, lessons
from surveys.simulate.pupils import Pupils

from .conftest import document, question

ASKED = document(
    question(
        "MOOD", options=[{"value": n, "text": {}, "symbol": f"face_{6 - n}", "kind": "ordinary"} for n in range(1, 6)]
    ),
    question(
        "HOME", options=[{"value": n, "text": {}, "symbol": f"face_{6 - n}", "kind": "ordinary"} for n in range(1, 6)]
    ),
    question("CLUBS", "choose-all"),
    question("HOURS", "number"),
)


def drawn(seed=1, count=400):
    return list(Pupils(ASKED, year_group=8, school="a", seed=seed).draw(count))


def test_the_same_seed_draws_the_same_pupils_and_another_seed_others():
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_answers_go_together_as_in_life():
    pairs = [(one["MOOD"], one["HOME"]) for one in drawn(count=3000) if {"MOOD", "HOME"} <= one.keys()]
    unhappy = [home for mood, home in pairs if mood >= 4 and home > 0]
    happy = [home for mood, home in pairs if 0 < mood <= 2 and home > 0]
    assert mean(unhappy) > mean(happy) + 0.1


def test_the_plan_has_every_pupil_and_tiny_groups():
    places = [Place(school, year) for school in range(6) for year in (8, 10)]
    planned = list(lessons(places, pupils=1200, seed=3))
    assert sum(lesson.pupils for lesson in planned) == 1200
    by_place = {
        place: sum(x.pupils for x in planned if (x.school_id, x.year_group) == (place.school_id, place.year_group))
        for place in places
    }
    assert any(size < 10 for size in by_place.values())
    assert max(lesson.pupils for lesson in planned) <= 35


@pytest.mark.django_db
def test_a_practice_wave_is_answered_and_a_real_one_is_refused(make_wave, make_school, capsys):
    wave = make_wave(ASKED)
    WaveSchool.objects.create(wave=wave, school=make_school(), year_groups=[8, 10])
    name = f"{wave.survey.key}/{wave.slug}"
    with pytest.raises(CommandError, match="marked as practice"):
        call_command("simulate_wave", name, "--pupils", "60", "--direct")
    wave.is_demo = True
    wave.save()
    call_command("simulate_wave", name, "--pupils", "60", "--direct")
    assert "60 sealed or pooled" in capsys.readouterr().out
    assert Sealed.objects.count() + Pooled.objects.count() == 60


@pytest.mark.django_db
def test_an_unknown_wave_is_named_with_those_that_there_are(make_wave):
    wave = make_wave()
    with pytest.raises(CommandError, match=f"There are: {wave.survey.key}/autumn"):
        call_command("simulate_wave", "no/such", "--direct")
