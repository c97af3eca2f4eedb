"""Public results in other languages: the site's own words are translated, and nobody reads another reader's language."""

import re

import pytest

from surveys.models import Topic
from tests.surveys.results.releases import GIRL, NEVER, count, fill, make_release

pytestmark = pytest.mark.django_db
WHERE = (
    "results/", "results/for-adults/", "topics/health/", "questions/SAFE/", "questions/SAFE/by/year/",
    "questions/SAFE/by/FSM/", "questions/LIKES/", "open-data/",
)  # fmt: skip
CONTENT = re.compile(
    r"Test survey|Autumn|How about \w+\?|Never|Always|Sport|Art|Girl|Boy|Yes|No|Health|CSVW?|Benjamini|Hochberg"
)
"""What was written in English: the survey, its questions and answers."""


def words(page: str) -> str:
    """What the middle of a page says in Latin letters that are not content."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL).group()
    main = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", main, flags=re.DOTALL)
    return " ".join(re.findall(r"[A-Za-z]{2,}", CONTENT.sub(" ", main)))


@pytest.mark.parametrize("language", ["ar", "bn"])
def test_no_english_word_of_the_site_is_left_on_a_public_page(client, language):
    release = make_release()
    fill(release)
    count(release, "SAFE", 0, {(9, GIRL): {NEVER: 5}})
    for where in WHERE:
        page = client.get(f"/{language}/surveys/test/autumn/{where}").content.decode()
        assert words(page) == "", where
    for where in ("", "you-said-we-did/"):
        assert words(client.get(f"/{language}/surveys/{where}").content.decode()) == "", where


def with_names(**names):
    """A released wave of a survey; `names`: topic, survey and wave in Arabic."""
    release = make_release()
    fill(release)
    things = {"topic": Topic.objects.get(), "survey": release.wave.survey, "wave": release.wave}
    for key, words in names.items():
        things[key].names = {"ar": {"text": words, "english": things[key].name}}
        things[key].save()
    return release


def test_topics_surveys_and_waves_are_named_in_the_language_of_the_page(client):
    with_names(topic="الصحة", survey="استبيان", wave="خريف")
    pages = {where: client.get(f"/ar/surveys/test/autumn/{where}").content.decode() for where in WHERE}
    pages["home"] = client.get("/ar/surveys/").content.decode()
    assert "<title>الصحة, استبيان, خريف" in re.sub(r"<title>\s+", "<title>", pages["topics/health/"])
    assert ">الصحة</h1>" in pages["topics/health/"]
    for where, page in pages.items():
        assert "استبيان, خريف" in page, where
        assert not re.search(r"Test survey|Autumn|>Health<", page), where
    english = client.get("/en/surveys/test/autumn/topics/health/").content.decode()
    assert ">Health</h1>" in english
    assert 'lang="en"' not in english.split("<main")[1].split("</main>")[0]


def test_a_name_without_a_translation_stands_in_english_and_says_so(client):
    with_names(topic="الصحة", survey="استبيان")
    page = client.get("/ar/surveys/test/autumn/topics/health/").content.decode()
    assert 'استبيان, <bdi lang="en" dir="ltr">Autumn</bdi>' in page
    assert (
        client.get("/bn/surveys/test/autumn/topics/health/")
        .content.decode()
        .count('<bdi lang="en" dir="ltr">Health</bdi>')
        == 1
    )


def test_figures_that_were_kept_for_a_reader_of_arabic_are_named_in_english_for_the_next(client):
    fill(make_release())
    first = client.get("/ar/surveys/test/autumn/questions/SAFE/by/year/").content.decode()
    second = client.get("/en/surveys/test/autumn/questions/SAFE/by/year/").content.decode()
    assert "الصف 8" in first
    assert "Year 8" not in first
    assert "Year 8" in second
    assert "الصف" not in re.search(r"<main.*?</main>", second, re.DOTALL).group()


def test_a_file_carries_the_note_in_its_own_language(client):
    fill(make_release())
    english = client.get("/en/surveys/test/autumn/questions/SAFE/by/year.csv").content.decode("utf-8-sig")
    arabic = client.get("/ar/surveys/test/autumn/questions/SAFE/by/year.csv").content.decode("utf-8-sig")
    assert "Figures are rounded in fives" in english
    assert "Figures are rounded in fives" not in arabic
    assert "مقربة إلى مضاعفات الخمسة" in arabic
