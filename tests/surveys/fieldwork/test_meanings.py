"""A correction never changes what a sealed number stands for, and somebody has read every text that it changes."""

import copy
import re

import pytest
from django.urls import reverse

from surveys.fieldwork.meanings import compare
from surveys.fieldwork.readiness import problems_of_correction, problems_of_wave, rewordings_since_last
from surveys.models import Option, Version, Wave, WaveVersion, Wording
from surveys.questionnaire.services.versions import copy_version
from tests.factories.accounts import give_authenticator, holder_of, sign_in
from tests.factories.fieldwork import planned_wave, running_wave
from tests.surveys.collection.conftest import add_version, document, make_wave, question

__all__ = ["make_wave"]  # a fixture of the collection's

BEFORE = document(
    question("MOOD"), question("CLUBS", "choose-all"), question("MEALS", "grid"), question("HOURS", "number")
)


def after(change, number=2):
    """BEFORE with a change to its questions by code."""
    now = copy.deepcopy(BEFORE)
    now["version"] = number
    change({asked["code"]: asked for asked in now["sections"][0]["questions"]}, now["sections"][0]["questions"])
    return now


def swap(words):
    first, second = words[0]["text"], words[1]["text"]
    words[0]["text"], words[1]["text"] = second, first


REFUSED = {
    "options that swap their words": (
        lambda asked, _all: swap(asked["MOOD"]["options"]),
        "Answer 1 of MOOD says “Option 2”, the words that answer 2 had before",
    ),
    "options with new numbers": (
        lambda asked, _all: [option.update(value=4 - option["value"]) for option in asked["MOOD"]["options"]],
        "Answer 3 of MOOD says “Option 1”",
    ),
    "an option that moved to a new number": (
        lambda asked, _all: asked["MOOD"]["options"][0].update(value=7),
        "Answer 7 of MOOD says “Option 1”",
    ),
    "options of a choose-all": (
        lambda asked, _all: swap(asked["CLUBS"]["options"]),
        "Answer 1 of CLUBS says “Option 2”",
    ),
    "options in another order": (
        lambda asked, _all: asked["MOOD"]["options"].reverse(),
        "The answers of MOOD stand in another order",
    ),
    "rows of a grid": (lambda asked, _all: swap(asked["MEALS"]["rows"]), "Row lunch of MEALS says “tea”"),
    "none of these": (
        lambda asked, _all: asked["CLUBS"]["options"][2].update(kind="none"),
        "Answer 3 of CLUBS did not stand alone before",
    ),
    "another kind": (
        lambda asked, _all: asked["MOOD"].update(kind="choose-all"),
        "MOOD is now answered in another way",
    ),
    "another range": (lambda asked, _all: asked["HOURS"]["number"].update(max=24), "The numbers or bands of HOURS"),
    "another characteristic": (lambda asked, _all: asked["MOOD"].update(demographic="sex"), "another characteristic"),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_would_turn_sealed_answers_round_is_refused(change, said):
    found = compare([BEFORE], after(change))
    assert len([refusal for refusal in found.refusals if said in refusal]) == 1, found.refusals


REWORDED = {
    "an option": (
        lambda asked, _all: asked["MOOD"]["options"][1]["text"].update(en="Now and then"),
        ("MOOD", "answer 2", "en", "Option 2", "Now and then"),
    ),
    "a question": (
        lambda asked, _all: asked["MOOD"]["text"].update(en="How sad are you?"),
        ("MOOD", "question", "en", "MOOD?", "How sad are you?"),
    ),
    "help that was not there": (
        lambda asked, _all: asked["MOOD"].update(help={"en": "In the last week."}),
        ("MOOD", "help", "en", "", "In the last week."),
    ),
    "a row": (
        lambda asked, _all: asked["MEALS"]["rows"][0]["text"].update(en="dinner"),
        ("MEALS", "row lunch", "en", "lunch", "dinner"),
    ),
    "a unit": (
        lambda asked, _all: asked["HOURS"]["number"].update(unit={"en": "minutes"}),
        ("HOURS", "unit", "en", "", "minutes"),
    ),
}


@pytest.mark.parametrize(("change", "told"), REWORDED.values(), ids=REWORDED.keys())
def test_other_words_are_shown_with_both_texts(change, told):
    found = compare([BEFORE], after(change))
    assert found.refusals == []
    assert [(text.code, text.what, text.language, text.before, text.after) for text in found.reworded] == [told]


NOTHING = {
    "a capital and a full stop": lambda asked, _all: asked["MOOD"]["options"][0]["text"].update(en="option 1."),
    "a new option at the end": lambda asked, _all: asked["MOOD"]["options"].append(
        {"value": 4, "text": {"en": "Another"}, "symbol": "", "kind": "ordinary"}
    ),
    "an option less": lambda asked, _all: asked["MOOD"]["options"].pop(),
    "a new question": lambda _asked, every: every.append(question("NEW")),
    "a question less": lambda _asked, every: every.pop(0),
    "a translation that was missing": lambda asked, _all: asked["MOOD"]["text"].update(ar="كيف حالك؟"),
}


@pytest.mark.parametrize("change", NOTHING.values(), ids=NOTHING.keys())
def test_what_changes_no_meaning_needs_nobody(change):
    found = compare([BEFORE], after(change))
    assert (found.refusals, found.reworded) == ([], [])


def arabic(paper, *texts):
    paper["languages"] = ["en", "ar"]
    for option, words in zip(paper["sections"][0]["questions"][0]["options"], texts, strict=True):
        option["text"]["ar"] = words
    return paper


def test_translations_are_compared_too():
    before = arabic(after(lambda _asked, _all: None, number=1), "نعم", "لا", "ربما")
    turned = compare([before], arabic(after(lambda _asked, _all: None), "لا", "نعم", "ربما"))
    assert "says “لا”, the words that answer 2 had before (ar)" in turned.refusals[0]
    mended = compare([before], arabic(after(lambda _asked, _all: None), "نعم", "لا", "لا أعرف"))
    assert [(text.what, text.language, text.after) for text in mended.reworded] == [("answer 3", "ar", "لا أعرف")]


def test_pictures_that_change_places_are_refused():
    def with_pictures(number, *pictures):
        def change(asked, _all):
            for option, picture in zip(asked["MOOD"]["options"], pictures, strict=True):
                option["symbol"] = picture

        return after(change, number)

    before = with_pictures(1, "face_5_1", "face_5_3", "face_5_5")
    found = compare([before], with_pictures(2, "face_5_5", "face_5_3", "face_5_1"))
    assert "has the picture that answer 3 had before" in found.refusals[0]
    found = compare([before], with_pictures(2, "face_5_1", "face_5_3", "sun"))
    assert [(text.language, text.after) for text in found.reworded] == [("picture", "sun")]


def test_every_version_that_was_asked_counts_and_the_newest_words_are_compared():
    second = after(lambda asked, _all: asked["MOOD"]["options"].pop(0))
    back = after(lambda asked, _all: swap(asked["MOOD"]["options"]), number=3)
    assert compare([second, BEFORE], back).refusals
    reworded = after(lambda asked, _all: asked["MOOD"]["text"].update(en="How are you?"))
    same = after(lambda asked, _all: asked["MOOD"]["text"].update(en="How are you?"), number=3)
    assert compare([reworded, BEFORE], same).reworded == []


def primary(change, number=2):
    """The same for the other phase."""
    return after(change, number) | {"phase": "primary", "questionnaire": "test/primary", "years": [4, 6]}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_the_other_phase_was_asked_before_a_correction_binds_too(change, said):
    """The primary version asks these codes for the first time; secondary pupils answered them until they were dropped."""
    dropped = after(lambda _asked, every: every.clear())
    found = compare([], primary(change), elsewhere=[[dropped, BEFORE]])
    is_about_one_page = "another order" in said or "stand alone" in said
    assert bool([refusal for refusal in found.refusals if said in refusal]) != is_about_one_page, found.refusals


def test_words_that_suit_another_age_are_no_rewording_where_this_phase_has_its_own():
    own = primary(lambda asked, _all: asked["MOOD"]["text"].update(en="Are you happy?"), number=1)
    same = primary(lambda asked, _all: asked["MOOD"]["text"].update(en="Are you happy?"))
    assert compare([own], same, elsewhere=[[BEFORE]]).reworded == []
    assert [text.what for text in compare([], same, elsewhere=[[BEFORE]]).reworded] == ["question"]


def test_words_of_an_older_version_are_not_given_to_another_answer():
    """“Option 2” became “Now and then” and was ticked; what was sealed before still says Option 2."""
    ticked = after(lambda asked, _all: asked["MOOD"]["options"][1]["text"].update(en="Now and then"))

    def moved(asked, _all):
        asked["MOOD"]["options"][0]["text"].update(en="Option 2")
        asked["MOOD"]["options"][1]["text"].update(en="Now and then")

    assert "Answer 1 of MOOD says “Option 2”" in " ".join(compare([ticked, BEFORE], after(moved, 3)).refusals)


@pytest.mark.django_db
def test_a_wave_whose_other_phase_was_corrected_refuses_turned_answers(make_wave):
    wave = make_wave(BEFORE, primary(lambda _asked, every: every.pop(0), number=1))
    add_version(wave, after(lambda _asked, every: every.pop(0)))  # secondary pupils are asked MOOD no more
    turned = Version.objects.create(
        questionnaire=wave.survey.questionnaires.get(phase="primary"), number=2, state="reviewed",
        document=primary(lambda asked, _all: swap(asked["MOOD"]["options"])),
    )  # fmt: skip
    assert "Answer 1 of MOOD says “Option 2”" in " ".join(problems_of_correction(wave, turned))


@pytest.fixture
def second_wave(make_wave):
    """Plans the wave after one that asked both phases BEFORE: (what secondary, what primary pupils are asked) -> wave."""

    def plan(secondary, younger):
        first = make_wave(BEFORE, primary(lambda _asked, _all: None, number=1))
        Wave.objects.filter(pk=first.pk).update(opens_on="2025-01-01", slug="before")
        wave = Wave.objects.create(
            survey=first.survey, name="After", slug="after", opens_on="2026-01-01", closes_on="2026-02-01"
        )
        for phase, paper in (("secondary", secondary), ("primary", younger)):
            version = Version.objects.create(
                questionnaire=first.survey.questionnaires.get(phase=phase), number=2, state="reviewed", document=paper
            )
            WaveVersion.objects.create(wave=wave, version=version)
        wave.refresh_from_db()
        return wave

    return plan


@pytest.mark.django_db
def test_a_new_wave_whose_phases_are_turned_round_together_is_refused(second_wave):
    """The new words of one phase do not make those of the other right: figures of both join with those of the wave before."""

    def turn(asked, _all):
        swap(asked["MOOD"]["options"])

    found = problems_of_wave(second_wave(after(turn), primary(turn)), vendor="postgresql")
    assert len([one for one in found if "Answer 1 of MOOD says “Option 2”, the words that answer 2 had" in one]) == 2, (
        found
    )


@pytest.mark.django_db
def test_both_phases_reworded_together_are_shown_with_what_the_wave_before_asked(second_wave):
    def reword(asked, _all):
        asked["MOOD"]["text"].update(en="How are you?")

    wave = second_wave(after(reword), primary(reword))
    assert [(text.before, text.after) for text in rewordings_since_last(wave)] == [("MOOD?", "How are you?")] * 2


@pytest.mark.django_db
def test_what_the_other_phase_is_asked_is_no_earlier_wave(second_wave):
    """A code that the wave before did not ask: the phases' own words for it are nobody's rewording."""

    def add(words):
        return lambda _asked, every: every.append(question("NEW") | {"text": {"en": words}})

    wave = second_wave(after(add("Are you well, and why?")), primary(add("Are you well?")))
    assert rewordings_since_last(wave) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("was_practice", "is_refused"), [(True, True), (False, False)])
def test_a_new_wave_keeps_what_answers_of_an_earlier_wave_stand_for(was_practice, is_refused):
    """Changes since the wave before are told by code and number; practice is compared with practice alone."""
    first = running_wave()
    Wave.objects.filter(pk=first.pk).update(is_demo=was_practice, opens_on="2025-01-01", slug="before")
    turned = corrected(first, option_1="No", option_2="Yes")
    wave = planned_wave(version=turned, schools=0)
    found = " ".join(problems_of_wave(wave, vendor="sqlite"))
    assert ("Answer 1 of SLEEP says “No”, the words that answer 2 had before" in found) == is_refused


def test_a_manager_sees_which_texts_are_others_than_in_the_wave_before(manager):
    first = running_wave()
    Wave.objects.filter(pk=first.pk).update(opens_on="2025-01-01", slug="before")
    wave = planned_wave(version=corrected(first, option_2="Not at all"), schools=0)
    page = words(manager.get(reverse("surveys_wave", args=[wave.pk])))
    assert "2 texts of these questions are not as in an earlier wave" in page
    assert "SLEEP, answer 2 (en): “No” is “Not at all” now." in page


@pytest.fixture
def manager(client, db):
    person = holder_of("Survey manager")
    give_authenticator(person)
    return sign_in(client, person)


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def corrected(wave, **texts):
    """A reviewed copy of what the wave asks, with these words for SLEEP's options."""
    version = copy_version(version=wave.versions.get().version)
    for number, text in texts.items():
        value = int(number.removeprefix("option_"))
        Option.objects.filter(question__section__version=version, question__code="SLEEP", value=value).update(text=text)
        key = f"question.SLEEP.option.{value}"
        Wording.objects.filter(version=version, key=key).update(english=text, text=f"({text})")
    version.state = "reviewed"
    version.save()
    return version


def test_a_manager_reads_both_texts_and_ticks_before_a_correction_is_asked(manager):
    wave = running_wave()
    version = corrected(wave, option_2="Not at all")
    shown = manager.post(reverse("surveys_wave_act", args=[wave.pk, "correct"]), {"version": version.pk}, follow=True)
    page = words(shown)
    assert "<code>SLEEP</code>, answer 2" in page
    assert ">No</td>" in page
    assert ">Not at all</td>" in page
    keys = re.findall(r'name="same" value="(\w+)"', page)
    assert len(keys) == 2, "the English and the Arabic words"
    address = reverse("surveys_wave_correct", args=[wave.pk, version.pk])
    half = manager.post(address, {"same": keys[:1]})
    assert half.status_code == 422
    assert f'value="{keys[0]}" checked' in words(half)
    assert words(half).count("If not, this version cannot be asked.") == 1
    assert wave.versions.get(is_current=True).version != version
    done = manager.post(address, {"same": keys}, follow=True)
    assert "From now on the corrected version is asked." in words(done)
    assert wave.versions.get(is_current=True).version == version
    again = manager.post(address, {"same": keys})
    assert again.status_code == 422
    assert "This version is asked already." in words(again)


def test_swapped_answers_are_refused_on_the_page_too(manager):
    wave = running_wave()
    version = corrected(wave, option_1="No", option_2="Yes")
    address = reverse("surveys_wave_correct", args=[wave.pk, version.pk])
    page = words(manager.get(address))
    assert "Answer 1 of SLEEP says “No”, the words that answer 2 had before" in page
    assert "Ask this version from now on</button>" not in page
    assert manager.post(address).status_code == 422
    assert wave.versions.get(is_current=True).version != version


def test_a_version_of_another_survey_has_no_such_page(manager):
    wave, other = running_wave(), running_wave()
    address = reverse("surveys_wave_correct", args=[wave.pk, other.versions.get().version_id])
    assert manager.get(address).status_code == 404


def test_an_editor_does_not_see_it(client, db):
    person = holder_of("Editor")
    give_authenticator(person)
    wave = running_wave()
    version = corrected(wave)
    address = reverse("surveys_wave_correct", args=[wave.pk, version.pk])
    assert sign_in(client, person).get(address).status_code in {302, 403}
    assert client.post(address).status_code in {302, 403}
    assert wave.versions.get(is_current=True).version != version
