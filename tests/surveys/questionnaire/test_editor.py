"""Making and changing questions in the admin."""

import pytest
from django.test import Client

from surveys.models import Option, Question, Section, Version, Wording
from surveys.questionnaire.stamps import snapshot_of, stamp_of
from tests.factories.accounts import holder_of, sign_in
from tests.factories.questionnaire import QuestionFactory, SectionFactory, VersionFactory


def typed(section, **more):
    """What the form of a question sends; `options` and `rows` are lists of words or of whole lines."""
    sent = {
        "text": "How was lunch?",
        "kind": "choice",
        "section": section.pk,
        "number_min": 0,
        "number_max": 24,
        "do": "save",
    }
    for prefix in ("options", "rows"):
        lines = more.pop(prefix, ["Good", "Bad"] if prefix == "options" else [])
        sent[f"{prefix}-total"] = len(lines)
        for place, line in enumerate(lines):
            for name, value in (line if isinstance(line, dict) else {"text": line}).items():
                sent[f"{prefix}-{place}-{name}"] = value
    return {**sent, **more}


def of(question, **more):
    """What the form of this question sends when nothing was changed."""
    options = [{"pk": o.pk, "text": o.text, "kind": o.kind} for o in question.options.all()]
    kept = {
        "before": snapshot_of(question),
        "code": question.code,
        "text": question.text,
        "kind": question.kind,
        "stamp": stamp_of(question),
    }
    kept |= {"allows_prefer_not": "on"} if question.allows_prefer_not else {}
    return typed(question.section, **{"options": options, **kept, **more})


@pytest.fixture
def section(version):
    return version.sections.get(key="sleep")


@pytest.fixture
def sleep(version):
    return Question.objects.get(code="SLEEP")


def test_a_question_is_made_with_its_answers_in_one_go(manager, base, section):
    sent = typed(section, options=["Good", "", "Bad", {"text": "Not sure", "kind": "another", "symbol": "unsure"}])
    assert manager.post(f"{base}questions/add/{section.pk}/", sent).status_code == 302
    made = Question.objects.get(code="LUNCH")
    assert [(o.value, o.text, o.kind) for o in made.options.all()] == [
        (1, "Good", "ordinary"),
        (2, "Bad", "ordinary"),
        (3, "Not sure", "another"),
    ]
    assert list(section.questions.values_list("code", flat=True))[-1] == "LUNCH"


def test_a_grid_and_a_number_are_made(manager, base, section):
    manager.post(
        f"{base}questions/add/{section.pk}/", typed(section, kind="grid", code="FRUIT", rows=["Apples", "Pears"])
    )
    assert [row.key for row in Question.objects.get(code="FRUIT").rows.all()] == ["apples", "pears"]
    sent = typed(section, kind="number", code="CUPS", number_max=9, bands_typed="0, 1, 5", number_unit="cups")
    manager.post(f"{base}questions/add/{section.pk}/", sent)
    made = Question.objects.get(code="CUPS")
    assert (made.number_bands, made.number_max, made.options.count()) == ([0, 1, 5], 9, 0)


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        ("add:options", ["One", "Two", "Three", "", ""]),
        ("up:options:2", ["One", "Three", "Two"]),
        ("down:options:0", ["Two", "One", "Three"]),
        ("remove:options:1", ["One", "Three"]),
        ("up:options:0", ["One", "Two", "Three"]),
        ("remove:options:99", ["One", "Two", "Three"]),
        ("remove:rows:0", ["One", "Two", "Three"]),
    ],
)
def test_lines_are_added_moved_and_removed_without_a_script_and_nothing_is_saved(manager, base, section, do, expected):
    page = manager.post(
        f"{base}questions/add/{section.pk}/", typed(section, options=["One", "Two", "Three"], do=do, text="Half a que")
    )
    assert [line["text"].value() for line in page.context["options"].forms] == expected
    assert "Half a que" in page.content.decode()
    assert not Question.objects.filter(text="Half a que").exists()


def test_the_answers_of_another_question_can_be_taken(manager, base, section, sleep):
    page = manager.post(f"{base}questions/add/{section.pk}/", typed(section, do="take", take_from=sleep.pk))
    assert [line["text"].value() for line in page.context["options"].forms][:2] == ["Yes", "No"]
    assert [line["pk"].value() for line in page.context["options"].forms][:2] == [None, None]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "SLEEP"}, "Another question of this version has the code SLEEP"),
        ({"code": "9 LIVES"}, "capital letters, digits and _"),
        ({"text": ""}, "This field is required"),
        ({"kind": "number", "number_min": 9, "number_max": 3}, "must be above the smallest"),
        ({"bands_typed": "none, some"}, "whole numbers with commas"),
        ({"shown_if_code": "SLEEP"}, "Tick the answers that lead"),
        ({"shown_if_code": "LOVE", "shown_if_values": [1]}, "Select a valid choice"),
        ({"kind": "text"}, "Select a valid choice"),
        ({"number_max": 100000}, "less than or equal to 999"),
        ({"options": ["x" * 121]}, "at most 120"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(manager, base, section, wrong, said):
    page = manager.post(
        f"{base}questions/add/{section.pk}/", typed(section, may_act_note="We would ask cooks.", **wrong)
    )
    assert page.status_code == 422
    html = page.content.decode()
    assert said in html
    assert "Nothing was saved yet" in html
    assert "We would ask cooks." in html
    assert Question.objects.count() == 6


def test_only_earlier_questions_that_can_lead_are_offered(manager, base, section):
    page = manager.get(f"{base}questions/{Question.objects.get(code='CLUBS').pk}/")
    assert [code for code, _ in page.context["form"].fields["shown_if_code"].choices] == ["", "SLEEP"]
    page = manager.get(f"{base}questions/add/{section.pk}/")
    assert [code for code, _ in page.context["form"].fields["shown_if_code"].choices] == ["", "SLEEP", "CLUBS", "HOURS"]


def test_an_answer_keeps_its_number_and_a_number_is_never_given_again(manager, base, sleep):
    _, no = sleep.options.all()
    lines = [{"pk": no.pk, "text": "Not at all"}, {"text": "A little"}]
    manager.post(f"{base}questions/{sleep.pk}/", of(sleep, options=lines))
    assert [(o.value, o.text) for o in sleep.options.all()] == [(2, "Not at all"), (3, "A little")]


def test_the_same_words_under_the_same_code_get_the_same_number_in_the_other_phase(manager, version):
    other = VersionFactory(questionnaire__survey=version.questionnaire.survey, questionnaire__phase="primary")
    section = SectionFactory(version=other)
    manager.post(
        f"/admin/surveys/versions/{other.pk}/questions/add/{section.pk}/",
        typed(section, code="SLEEP", options=["Maybe", "no", "Yes"]),
    )
    made = Question.objects.get(code="SLEEP", section=section)
    assert {o.text: o.value for o in made.options.all()} == {"Yes": 1, "no": 2, "Maybe": 3}


def test_a_new_code_takes_translations_and_routing_along(manager, base, version, sleep):
    manager.post(f"{base}questions/{sleep.pk}/", of(sleep, code="SLEPT_WELL"))
    assert Question.objects.get(code="HELPED").shown_if_code == "SLEPT_WELL"
    assert Wording.objects.get().key == "question.SLEPT_WELL.text"


def test_the_second_of_two_people_sees_what_changed_and_loses_nothing(manager, base, sleep):
    opened = of(sleep, text="Did you sleep like a log?")
    manager.post(f"{base}questions/{sleep.pk}/", of(sleep, text="How did you sleep?"))
    page = manager.post(f"{base}questions/{sleep.pk}/", opened)
    assert page.status_code == 409
    html = page.content.decode()
    assert "Somebody else saved this" in html
    assert page.context["theirs"] == [("question", "Did you sleep well?", "How did you sleep?")]
    assert "<strong>How did you sleep?</strong>" in html
    assert "Did you sleep like a log?" in html
    sleep.refresh_from_db()
    assert sleep.text == "How did you sleep?"
    again = manager.post(f"{base}questions/{sleep.pk}/", {**opened, "stamp": page.context["stamp"]})
    assert again.status_code == 302
    sleep.refresh_from_db()
    assert sleep.text == "Did you sleep like a log?"


def test_two_people_at_different_questions_do_not_disturb_each_other(manager, base, sleep):
    hours = Question.objects.get(code="HOURS")
    first, second = of(sleep, text="Slept well?"), of(hours, text="Hours?", number_max=12)
    assert manager.post(f"{base}questions/{sleep.pk}/", first).status_code == 302
    assert manager.post(f"{base}questions/{hours.pk}/", second).status_code == 302


def test_a_question_that_somebody_deleted_meanwhile_is_made_anew(manager, base, sleep):
    opened = of(sleep, text="Did you sleep like a log?")
    manager.post(f"{base}questions/{sleep.pk}/act/", {"act": "delete"})
    manager.post(f"{base}questions/{sleep.pk}/", opened)
    assert Question.objects.get(code="SLEEP").text == "Did you sleep like a log?"


def test_a_section_changed_by_two_people(manager, base, section):
    stamp = stamp_of(section)
    form = {"title": "Night", "topic": section.topic_id, "stamp": stamp}
    assert manager.post(f"{base}sections/{section.pk}/", form).status_code == 302
    page = manager.post(f"{base}sections/{section.pk}/", {**form, "title": "Rest"})
    assert page.status_code == 409
    assert "Night" in page.content.decode()
    assert Section.objects.get(pk=section.pk).title == "Night"


def test_the_first_page_changed_by_two_people(manager, base, version):
    form = {"intro": "Hello", "before": version.intro}
    assert manager.post(f"{base}intro/", form).status_code == 302
    page = manager.post(f"{base}intro/", {**form, "intro": "Good morning"})
    assert page.status_code == 409
    assert "Good morning" in page.content.decode()
    assert Version.objects.get(pk=version.pk).intro == "Hello"


def test_sections_and_questions_are_moved_and_deleted(manager, base, version, section, sleep):
    manager.post(f"{base}questions/{sleep.pk}/act/", {"act": "down"})
    assert list(section.questions.values_list("code", flat=True))[:2] == ["HELPED", "SLEEP"]
    manager.post(f"{base}sections/{section.pk}/act/", {"act": "down"})
    assert list(version.sections.values_list("key", flat=True)) == ["love", "sleep"]
    manager.post(f"{base}sections/{section.pk}/act/", {"act": "down"})
    manager.post(f"{base}sections/{section.pk}/act/", {"act": "delete"})
    assert list(version.sections.values_list("key", flat=True)) == ["love"]


def test_a_characteristic_comes_from_the_approved_list_with_its_translations(manager, base, version, section):
    manager.post(f"{base}sections/{section.pk}/act/", {"act": "approved", "demographic": "sex"})
    made = Question.objects.get(demographic="sex")
    assert made.options.filter(kind="another").exists()
    assert Wording.objects.get(version=version, key="question.SEX.text").language == "ar"
    page = manager.post(f"{base}sections/{section.pk}/act/", {"act": "approved", "demographic": "sex"}, follow=True)
    assert "asked already" in page.content.decode()
    page = manager.post(f"{base}sections/{section.pk}/act/", {"act": "approved", "demographic": "shoes"}, follow=True)
    assert "Choose a characteristic" in page.content.decode()
    page = manager.post(f"{base}sections/{section.pk}/act/", {"act": "approved", "demographic": "gender"}, follow=True)
    assert Question.objects.get(demographic="gender").year_groups == [10]


def test_a_frozen_version_refuses_every_change_and_its_screens_only_show(
    manager, base, version, section, sleep, freeze
):
    sent = of(sleep, text="Changed")
    frozen = freeze(version)
    for address, form in (
        (f"questions/{sleep.pk}/", sent),
        (f"questions/add/{section.pk}/", typed(section)),
        (f"questions/{sleep.pk}/act/", {"act": "delete"}),
        (f"sections/{section.pk}/", {"title": "Changed", "topic": section.topic_id, "stamp": stamp_of(section)}),
        (f"sections/{section.pk}/act/", {"act": "delete"}),
        (f"sections/{section.pk}/act/", {"act": "approved", "demographic": "sex"}),
        ("intro/", {"intro": "Changed", "before": version.intro}),
        ("step/", {"act": "reopen"}),
        ("step/", {"act": "freeze"}),
        ("translations/ar/", {"text.question.SLEEP.text": "Changed", "english.question.SLEEP.text": sleep.text}),
    ):
        said = manager.post(f"{base}{address}", form, follow=True).content.decode()
        assert "cannot change any more" in said or "cannot be done now" in said, address
    assert Version.objects.get(pk=version.pk).document == frozen.document
    assert Question.objects.get(pk=sleep.pk).text == "Did you sleep well?"
    html = manager.get(f"{base}questions/{sleep.pk}/").content.decode()
    assert '<fieldset class="sq-plain" disabled>' in html
    assert 'value="save"' not in html.split("disabled>")[1]
    assert "New question" not in manager.get(base).content.decode()
    assert manager.post(f"{base}copy/").status_code == 302
    assert Version.objects.get(number=version.number + 1).state == "draft"


def test_the_review_is_noted_or_skipped_with_a_reason(manager, base, version):
    manager.post(f"{base}step/", {"act": "send"})
    assert Version.objects.get().state == "in-review"
    page = manager.post(f"{base}step/", {"act": "review", "words": ""}, follow=True)
    assert "at least a sentence" in page.content.decode()
    manager.post(f"{base}step/", {"act": "review", "words": "Say bedtime, not sleep."})
    assert "Say bedtime, not sleep." in manager.get(base).content.decode()


def test_an_administrator_looks_and_changes_nothing_and_others_see_nothing(base, version, section):
    administrator = sign_in(Client(), holder_of("Administrator"))
    editor = sign_in(Client(), holder_of("Editor"))
    for address in ("", "checks/", "translations/", f"questions/add/{section.pk}/"):
        assert administrator.get(f"{base}{address}").status_code == 200
        assert editor.get(f"{base}{address}").status_code in (302, 403)
    for address in ("step/", "copy/", "intro/", f"questions/add/{section.pk}/", "translations/ar/"):
        assert administrator.post(f"{base}{address}", {}).status_code in (302, 403)
    assert Version.objects.count() == 1
    assert Question.objects.count() == 6


def test_a_survey_is_made_with_its_phases_and_begun(manager):
    sent = {"name": "Shout out", "kind": "consultation", "languages_typed": "so, AR, en", "secondary_years": [7, 8]}
    assert manager.post("/admin/surveys/add/", sent).status_code == 302
    page = manager.get("/admin/surveys/")
    survey = page.context["surveys"][0]
    assert (survey.key, survey.languages) == ("shout-out", ["so", "ar"])
    manager.post(f"/admin/surveys/{survey.pk}/secondary/start/")
    assert Version.objects.get().questionnaire.year_groups == [7, 8]
    bad = manager.post(f"/admin/surveys/{survey.pk}/", {**sent, "languages_typed": "Somali!", "secondary_years": []})
    assert "is no language code" in bad.content.decode()
    assert "Keep at least one year group" in bad.content.decode()


def test_the_checks_page_links_to_what_is_to_be_mended(manager, base, version, section):
    bad = QuestionFactory(section=section, code="LONELY", options=[(1, "Yes")])
    html = manager.get(f"{base}checks/").content.decode()
    assert f"{base}questions/{bad.pk}/" in html
    assert "It has 1 options" in html
    assert f"{base}translations/ar/" in html


def test_the_preview_shows_the_draft_and_has_nowhere_to_send_to(manager, base):
    page = manager.get(f"{base}preview/page/?year=10&language=ar")
    html = page.content.decode()
    assert "هل نمت جيدا؟" in html
    assert '"send": ""' in html or '"send":""' in html
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert manager.get(f"{base}preview/?year=99&language=xx").context["year"] == 8
    assert Option.objects.count() == 9 + 2
