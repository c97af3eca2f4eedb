"""No page takes real answers for invented ones, nor the other way round."""

import csv

import pytest
from django.core.cache import cache

from surveys.fieldwork.models import Wave
from surveys.importing.mapping import map_of
from surveys.importing.services import take_in_answers
from surveys.release.origin import IMPORTED, INVENTED, origin_of
from tests.surveys.importing.conftest import HEADINGS, MAP, ROW
from tests.surveys.release.waves import closed_wave
from tests.surveys.results.releases import fill, make_release

pytestmark = pytest.mark.django_db
INVENTED_WORDS = "These answers are invented, for practice."


def test_what_an_import_brought_in_is_told_from_generated_pupils(tmp_path):
    path = tmp_path / "answers.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADINGS.split(","), *[ROW.split(",")] * 12])
    take_in_answers(path=path, column_map=map_of(MAP))
    imported = Wave.objects.get()
    assert imported.is_demo  # SQLite keeps practice waves alone, but nobody invented these.
    assert origin_of(imported) == IMPORTED

    wave = closed_wave()
    assert origin_of(wave) == ""
    wave.is_demo = True
    assert origin_of(wave) == INVENTED


@pytest.mark.parametrize(
    ("origin", "is_demo", "said", "on_the_list"),
    [
        (INVENTED, True, INVENTED_WORDS, "Invented answers, for practice."),
        (None, True, INVENTED_WORDS, "Invented answers, for practice."),
        (IMPORTED, True, "These answers were collected elsewhere and are shown for practice.", "Answers collected elsewhere."),
        (IMPORTED, False, "These answers were collected elsewhere and brought here.", "Answers collected elsewhere."),
        ("", False, "", ""),
    ],
)  # fmt: skip
def test_every_page_says_where_answers_come_from(client, origin, is_demo, said, on_the_list):
    release = make_release()
    fill(release)
    Wave.objects.update(is_demo=is_demo)
    if origin is not None:
        release.structure["origin"] = origin
        release.save()
    cache.clear()
    sentences = {INVENTED_WORDS, "These answers were collected elsewhere and are shown for practice.",
                 "These answers were collected elsewhere and brought here."}  # fmt: skip
    for where in ("results/", "results/for-adults/", "topics/health/", "questions/SAFE/", "open-data/"):
        page = client.get(f"/en/surveys/test/autumn/{where}").content.decode()
        assert {one for one in sentences if one in page} == ({said} if said else set()), where
    listed = client.get("/en/surveys/").content.decode()
    for words in ("Invented answers, for practice.", "Answers collected elsewhere."):
        assert (words in listed) == (words == on_the_list)
