"""Translations: the screen, the marks, and the file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.models import Question, Wording
from surveys.questionnaire.services.translating import file_of, read_file
from surveys.questionnaire.wordings import texts_of

KEY = "question.SLEEP.text"
ENGLISH = "Did you sleep well?"


def standing(version, key=KEY):
    return next(text.standing for text in texts_of(version, "ar") if text.key == key)


def sent(words, english=ENGLISH, **more):
    return {f"text.{KEY}": words, f"english.{KEY}": english, **more}


def test_the_screen_has_each_english_text_beside_a_field_in_its_own_direction(manager, base):
    html = manager.get(f"{base}translations/ar/").content.decode()
    assert ENGLISH in html
    assert f'name="text.{KEY}"' in html
    assert 'lang="ar" dir="rtl"' in html


def test_a_translation_is_kept_changed_and_taken_away(manager, base, version):
    manager.post(f"{base}translations/ar/", sent("كيف نمت؟"))
    assert Wording.objects.get(key=KEY).text == "كيف نمت؟"
    manager.post(f"{base}translations/ar/", sent("  "))
    assert not Wording.objects.filter(key=KEY).exists()


def test_a_translation_is_marked_when_the_english_changes_until_somebody_looks(manager, base, version):
    assert standing(version) == "there"
    Question.objects.filter(code="SLEEP").update(text="How did you sleep?")
    assert standing(version) == "stale"
    html = manager.get(f"{base}translations/ar/?show=open").content.decode()
    assert "English changed" in html
    assert f"<del>{ENGLISH}</del>" in html
    words = Wording.objects.get(key=KEY).text
    manager.post(f"{base}translations/ar/", sent(words, "How did you sleep?"))
    assert standing(version) == "stale"
    manager.post(f"{base}translations/ar/", sent(words, "How did you sleep?", **{f"fine.{KEY}": "1"}))
    assert standing(version) == "there"


def test_english_that_changed_under_the_translator_is_said_and_marked(manager, base, version):
    Question.objects.filter(code="SLEEP").update(text="How did you sleep?")
    page = manager.post(f"{base}translations/ar/", sent("كيف نمت؟", ENGLISH), follow=True)
    assert "changed while you were working" in page.content.decode()
    assert Wording.objects.get(key=KEY).text == "كيف نمت؟"
    assert standing(version) == "stale"


def test_counts_of_each_language(manager, base, version):
    row = manager.get(f"{base}translations/").context["rows"][0]
    assert (row["there"], row["stale"]) == (1, 0)
    assert row["there"] + row["missing"] == len(texts_of(version, "ar"))


def test_a_language_that_the_survey_does_not_have_has_no_screen(manager, base):
    assert manager.get(f"{base}translations/fr/").status_code == 404


def test_the_file_goes_out_and_comes_back_with_what_was_filled_in(manager, base, version):
    Question.objects.filter(code="HOURS").update(help_text="=SUM(A1) is not a number")
    content = manager.get(f"{base}translations/ar/file/").content
    assert b"'=SUM(A1)" in content
    filled = content.decode("utf-8-sig").replace(
        "Did somebody help?,,missing", "Did somebody help?,-هل ساعدك أحد؟,missing"
    )
    file = SimpleUploadedFile("ar.csv", filled.encode("utf-8-sig"))
    page = manager.post(f"{base}translations/ar/file/", {"file": file}, follow=True)
    assert "2 translations are saved" in page.content.decode()
    assert Wording.objects.get(key="question.HELPED.text").text == "-هل ساعدك أحد؟"
    assert standing(version, "question.HELPED.text") == "there"


def test_a_formula_in_a_translation_survives_the_way_out_and_back(version):
    Wording.objects.filter(key=KEY).update(text="=1+1")
    assert read_file(file_of(version, "ar"))[KEY] == ("=1+1", ENGLISH)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00nonsense", "not UTF-8"),
        (b"name,age\nx,1\n", "lacks the columns"),
        (b"", "lacks the columns"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(manager, base, content, said):
    file = SimpleUploadedFile("ar.csv", content or b"\n")
    page = manager.post(f"{base}translations/ar/file/", {"file": file}, follow=True)
    assert said in page.content.decode()
    assert Wording.objects.count() == 1


def test_no_file_at_all_is_said(manager, base):
    page = manager.post(f"{base}translations/ar/file/", {}, follow=True)
    assert "Choose the CSV file" in page.content.decode()
