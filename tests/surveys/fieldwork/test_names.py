"""Names of topics, surveys and waves in other languages: kept beside the English they were made from."""

import re
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from foundation.cache import generation
from surveys.demo.questionnaire import load_demo_questionnaire
from surveys.models import Survey, Topic, Wave
from surveys.templatetags.survey_names import wave_in_full
from tests.factories.accounts import give_authenticator, holder_of, sign_in

pytestmark = pytest.mark.django_db
IN_ARABIC = "/admin/surveys/names/ar/"


@pytest.fixture
def manager(client):
    person = holder_of("Survey manager")
    give_authenticator(person)
    return sign_in(client, person)


@pytest.fixture
def topic():
    Survey.objects.create(key="ours", name="Our survey", languages=["ar"])
    return Topic.objects.create(key="sleep", name="Sleep")


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_manager_names_a_topic_in_arabic_and_sees_when_the_english_has_changed(manager, topic):
    key = f"topic.{topic.pk}"
    assert "<td>2</td>" in words(manager.get(reverse("surveys_names")))
    given = {f"text.{key}": " النوم ", f"english.{key}": "Sleep"}
    assert "One name is saved." in words(manager.post(IN_ARABIC, given, follow=True))
    topic.refresh_from_db()
    assert topic.names == {"ar": {"text": "النوم", "english": "Sleep"}}

    topic.name = "Sleep and rest"
    topic.save()
    page = words(manager.get(IN_ARABIC))
    assert page.count("English changed") == 1
    assert "It was: <del>Sleep</del>" in page
    manager.post(IN_ARABIC, {f"text.{key}": "النوم", f"english.{key}": "Sleep and rest", f"fine.{key}": "1"})
    assert "English changed" not in words(manager.get(IN_ARABIC))
    manager.post(IN_ARABIC, {f"text.{key}": "", f"english.{key}": "Sleep and rest"})
    topic.refresh_from_db()
    assert topic.names == {}


def test_what_nobody_changed_is_not_written(manager, topic):
    Topic.objects.update(names={"ar": {"text": "النوم", "english": "Nap"}})
    manager.post(IN_ARABIC, {f"text.topic.{topic.pk}": "النوم", f"english.topic.{topic.pk}": "Sleep"})
    topic.refresh_from_db()
    assert topic.names["ar"]["english"] == "Nap", "still stale"


def test_a_name_that_is_too_long_is_refused_and_what_was_typed_stays(manager, topic):
    """A browser stops at 160; what comes without one is not cut in silence."""
    other = Topic.objects.create(key="food", name="Food")
    assert words(manager.get(IN_ARABIC)).count('maxlength="160"') == 3
    given = {f"text.topic.{topic.pk}": "ن" * 161, f"text.topic.{other.pk}": "الطعام"}
    answer = manager.post(IN_ARABIC, given | {f"english.topic.{each.pk}": each.name for each in (topic, other)})
    page = words(answer)
    assert answer.status_code == 422
    assert "A name has 160 characters at most." in page
    assert f">{'ن' * 161}</textarea>" in page
    assert ">الطعام</textarea>" in page
    assert not Topic.objects.exclude(names={}).exists()
    manager.post(IN_ARABIC, given | {f"text.topic.{topic.pk}": "ن" * 160})
    topic.refresh_from_db()
    assert topic.names["ar"]["text"] == "ن" * 160


def test_a_language_may_say_the_wave_before_the_survey(topic):
    survey = Survey.objects.get(key="ours")
    wave = Wave(survey=survey, name="Autumn", names={"ar": {"text": "الخريف", "english": "Autumn"}})
    with translation.override("ar"), patched_catalogue({"{survey}, {wave}": "{wave}: {survey}"}):
        assert wave_in_full(wave) == 'الخريف: <bdi lang="en" dir="ltr">Our survey</bdi>'
        assert wave.full_name_here == "الخريف: Our survey"


def patched_catalogue(messages):
    """The catalogue of the language that is on, with these translations in it."""
    return mock.patch.dict(trans_real.catalog()._catalog._catalogs[0], messages)


def test_a_language_that_no_survey_has_is_unknown(manager, topic):
    assert manager.get("/admin/surveys/names/fr/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_new_name_makes_kept_pages_old(topic):
    before = generation.current()
    topic.names = {"ar": {"text": "النوم", "english": "Sleep"}}
    topic.save()
    generation.forget_known()
    assert generation.current() != before


def test_the_demonstration_names_everything_in_its_languages():
    load_demo_questionnaire()
    things = [*Topic.objects.all(), *Survey.objects.all()]
    assert len(things) == 9
    for thing in things:
        assert set(thing.names) == {"ar", "bn"}, thing
        assert {said["english"] for said in thing.names.values()} == {thing.name}
