"""What the checks find, and that they leave a good questionnaire alone."""

import pytest

from surveys.demo.questionnaire import load_demo_questionnaire
from surveys.models import Option, Question, Survey, Version, Wording
from surveys.questionnaire.checks import Severity, problems_of
from surveys.questionnaire.checks.codes import problems as code_problems
from surveys.questionnaire.checks.groups import problems as group_problems
from surveys.questionnaire.checks.readability import school_year_of, syllables_of
from surveys.questionnaire.checks.suitability import minutes_for
from surveys.questionnaire.document import compile_document
from tests.factories.questionnaire import QuestionFactory, SectionFactory, VersionFactory, every_kind_of_question
from tests.surveys.collection.conftest import document as compiled
from tests.surveys.collection.conftest import question as compiled_question


def sentences(version, where=None):
    return [p.sentence for p in problems_of(version) if where is None or p.where == where]


def stops(version):
    return [p for p in problems_of(version) if p.severity == Severity.STOP]


def question_of(**fields):
    """A version with this one question, for Year 8, in English only; what the checks say about it."""
    version = VersionFactory(questionnaire__survey__languages=[], questionnaire__year_groups=[8])
    QuestionFactory(section=SectionFactory(version=version), code="THE_ONE", **fields)
    return " ".join(sentences(version, "question.THE_ONE"))


pytestmark = pytest.mark.django_db


def test_nothing_stops_the_demonstration_and_little_is_worth_a_look():
    load_demo_questionnaire()
    for version in Version.objects.all():
        assert stops(version) == []
        assert len(problems_of(version)) <= 6
        assert all(10 < minutes_for(compile_document(version), y) < 30 for y in version.questionnaire.year_groups)


def test_a_plain_question_is_left_alone():
    assert question_of() == ""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"options": [(1, "Yes")]}, "has 1 options"),
        ({"options": [(n, f"Answer {n}") for n in range(1, 13)]}, "has 12 options"),
        ({"options": [(1, "Yes"), (2, "yes")]}, "there 2 times"),
        ({"kind": "choose-all"}, "none of these"),
        ({"kind": "grid"}, "no rows"),
        ({"kind": "number", "number_min": 5, "number_max": 5}, "largest number"),
        ({"kind": "number", "number_max": 200}, "bands"),
        ({"kind": "number", "number_bands": [0, 5, 3]}, "bands must rise"),
        ({"kind": "text"}, "small consultations only"),
        ({"is_sensitive": True, "minimum_year": 10}, "meant for Year 10"),
        ({"is_sensitive": True}, "from which year group"),
        ({"is_sensitive": True, "allows_prefer_not": False, "minimum_year": 8}, "prefer not to answer"),
        ({"demographic": "orientation"}, "meant for Year 9"),
        ({"year_groups": [11]}, "No year group is asked it"),
        ({"shown_if_code": "LATER", "shown_if_values": [1]}, "not asked before it"),
        ({"text": "word " * 40 + "?"}, "has 40 words"),
        (
            {"text": "Approximately how frequently do you experience considerable psychological difficulties?"},
            "Try easier words for",
        ),
    ],
)
def test_a_question_that_cannot_work_is_named_with_what_to_do(fields, expected):
    assert expected in question_of(**fields)


def test_a_consultation_may_have_two_boxes_of_text_and_no_third():
    version = VersionFactory(questionnaire__survey__languages=[], questionnaire__survey__kind=Survey.Kind.CONSULTATION)
    section = SectionFactory(version=version)
    for _ in range(2):
        QuestionFactory(section=section, kind="text")
    assert stops(version) == []
    QuestionFactory(section=section, kind="text")
    assert "3 boxes" in stops(version)[0].sentence


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"shown_if_values": [7]}, "no answer of it"),
        ({"shown_if_values": []}, "Choose which answers"),
        ({"shown_if_code": "MEALS", "shown_if_values": [1]}, "cannot lead"),
        ({"shown_if_code": "HELPED", "shown_if_values": [1]}, "One step"),
        ({"year_groups": [10]}, ""),
    ],
)
def test_routing_that_cannot_be_reached(rule, expected):
    version = every_kind_of_question()
    section = version.sections.get(key="love")
    fields = {"shown_if_code": "SLEEP", "shown_if_values": [1], **rule}
    QuestionFactory(section=section, code="AFTER", **fields)
    said = " ".join(sentences(version, "question.AFTER"))
    assert expected in said
    assert bool(expected) is bool(said)


def test_routing_from_a_question_of_other_years():
    version = every_kind_of_question()
    QuestionFactory(section=version.sections.get(key="love"), code="ADVICE", shown_if_code="LOVE", shown_if_values=[1])
    Question.objects.filter(code="LOVE").update(year_groups=[8])
    assert any("nobody can reach it" in s or "No year group" in s for s in sentences(version))


def test_a_code_that_stands_twice():
    version = every_kind_of_question()
    QuestionFactory(section=version.sections.get(key="love"), code="SLEEP")
    assert any("there 2 times" in p.sentence and p.where == "question.SLEEP" for p in stops(version))


def test_a_code_that_means_something_else_in_the_other_phase():
    load_demo_questionnaire()
    primary, secondary = (Version.objects.get(questionnaire__phase=phase) for phase in ("primary", "secondary"))
    Option.objects.filter(question__section__version=primary, question__code="BREAKFAST", value=1).update(
        text="Nowhere"
    )
    Question.objects.filter(section__version=primary, code="TRAVEL").update(kind="choose-all")
    assert "“Nowhere” in the primary version" in " ".join(sentences(secondary, "question.BREAKFAST"))
    assert "another kind" in " ".join(sentences(secondary, "question.TRAVEL"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"demographic": "sex"}, "stands for another characteristic in the primary version"),
        ({"number": {"min": 0, "max": 24, "bands": [], "unit": {}}}, "The numbers, bands or unit of HOURS are others"),
        ({"number": {"min": 0, "max": 9, "bands": [5], "unit": {}}}, "The numbers, bands or unit of HOURS are others"),
        ({"number": {"min": 0, "max": 9, "bands": [], "unit": {"en": "days"}}}, "bands or unit of HOURS are others"),
    ],
)
def test_a_number_that_the_other_phase_counts_otherwise_stops_a_wave(change, said):
    """The release could not put both together, and would find it only when everybody has answered."""
    ours = compiled_question("HOURS", "number", number={"min": 0, "max": 9, "bands": [], "unit": {}})
    found = list(code_problems(compiled(ours), [compiled(ours | change, phase="primary")]))
    assert [(problem.severity, said in problem.sentence) for problem in found] == [("stop", True)]
    assert list(code_problems(compiled(ours), [compiled(ours, phase="primary")])) == []


def test_a_row_that_says_something_else_in_the_other_phase_stops_a_wave():
    ours, theirs = compiled_question("MEALS", "grid"), compiled_question("MEALS", "grid")
    theirs["rows"][0]["text"]["en"] = "dinner"
    found = [problem.sentence for problem in code_problems(compiled(ours), [compiled(theirs, phase="primary")])]
    assert found == [
        "Row lunch of MEALS is “lunch” here and “dinner” in the primary version. "
        "Use the same words, or give it another key."
    ]


def test_missing_and_stale_translations_are_counted():
    version = every_kind_of_question()
    before = " ".join(sentences(version, "translations.ar"))
    assert "21 texts are not translated" in before or "texts are not translated" in before
    assert "made before the English changed" not in before
    Question.objects.filter(code="SLEEP").update(text="How did you sleep?")
    assert "1 translations (ar) were made before" in " ".join(sentences(version, "translations.ar"))
    Wording.objects.update(english="How did you sleep?")
    assert "made before" not in " ".join(sentences(version, "translations.ar"))


def test_too_many_minutes_for_a_lesson():
    version = VersionFactory(questionnaire__survey__languages=[], questionnaire__year_groups=[8])
    section = SectionFactory(version=version)
    for number in range(60):
        QuestionFactory(
            section=section, kind="grid", rows=[(f"r{n}", f"Row number {n}") for n in range(5)], code=f"GRID_{number}"
        )
    assert any("a lesson leaves 30" in p.sentence for p in stops(version))


def test_a_characteristic_that_makes_groups_too_small_in_this_borough():
    load_demo_questionnaire()
    document = compile_document(Version.objects.get(questionnaire__phase="secondary"))
    small = [p.where for p in group_problems(document, dict.fromkeys(range(7, 12), 100))]
    assert "question.RELIGION" in small
    assert "question.FSM" not in small
    assert list(group_problems(document, dict.fromkeys(range(7, 12), 20000))) == []
    assert "No school has told" in next(iter(group_problems(document, None))).sentence


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("happy", 2), ("alcohol", 3), ("like", 1), ("asked", 1), ("wanted", 2), ("table", 2)],
)
def test_syllables(word, count):
    assert syllables_of(word) == count


def test_easy_words_read_young_and_hard_words_read_old():
    assert school_year_of("Do you like school?") < 4
    assert school_year_of("Considerable psychological difficulties accompany adolescence.") > 13
    assert school_year_of("") == 0
