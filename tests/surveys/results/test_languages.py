"""Public results in other languages: the site's own words are translated, and nobody reads another reader's language."""

import re

import pytest

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
