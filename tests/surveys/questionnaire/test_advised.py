"""A questionnaire with the Young Advisors: they read it as pupils will, decide, and no wave opens before."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Entry
from home.review.models import Remark
from surveys.fieldwork.readiness import problems_of_wave
from surveys.models import Option, Question, Version
from surveys.questionnaire.enums import VersionState as S
from surveys.questionnaire.services.versions import take_step
from surveys.questionnaire.states import Act, Who
from tests.factories.accounts import holder_of, sign_in
from tests.factories.fieldwork import planned_wave
from tests.factories.questionnaire import every_kind_of_question

pytestmark = pytest.mark.django_db
GATE = "has not been reviewed by the Young Advisors"


@pytest.fixture
def manager():
    return holder_of("Survey manager")


@pytest.fixture
def advisor(client):
    client.force_login(holder_of("Young Advisor", display_name="Sam", email="private@example.org"))
    return client


@pytest.fixture
def version(manager):
    return take_step(version=every_kind_of_question(), act=Act.SEND, who=Who.MANAGER, by=manager)


def address(version):
    return f"/review/other/questionnaire-{version.pk}/"


def state(version):
    return Version.objects.get(pk=version.pk).state


def decide(client, version, act, **fields):
    text = client.get(address(version)).text
    stamp = text.split('name="stamp" value="')[1].split('"')[0]
    return client.post(address(version), {"act": act, "stamp": stamp, **fields})


def suggest(client, version, place, old, new):
    given = {"act": "say", "remark-place": place, "remark-old_words": old, "remark-text": new}
    assert client.post(address(version), given).status_code == 303
    return Remark.objects.latest("pk")


def take_over(manager, version, remark):
    desk = sign_in(Client(), manager)
    return desk.post(
        reverse("draft_remarks", args=[f"questionnaire-{version.pk}"]), {"act": "take-over", "remark": remark.pk}, follow=True
    )  # fmt: skip


def gate(version):
    """Whether their review stands between this version and an open wave."""
    survey = version.questionnaire.survey
    wave = survey.waves.first() or planned_wave(version=Version.objects.get(pk=version.pk), schools=0)
    return any(GATE in problem for problem in problems_of_wave(wave, vendor=connection.vendor))


def test_it_waits_at_review_only_while_it_is_with_them(advisor, version, manager):
    assert address(version) in advisor.get("/review/").text
    take_step(version=version, act=Act.TAKE_BACK, who=Who.MANAGER, by=manager)
    assert address(version) not in advisor.get("/review/").text
    assert "already decided" in advisor.get(address(version)).text


def test_they_see_the_pupils_page_of_each_year_group_and_nobody_else_does(advisor, version):
    text = advisor.get(address(version)).text
    page = reverse("advised_questionnaire", args=[version.pk])
    assert f"{page}?year=8&amp;language=en" in text
    assert "Nothing that you answer in there is sent or kept." in text
    shown = advisor.get(page, {"year": "8", "language": "en"})
    assert "Did you sleep well?" in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert "Do you know where to get advice?" not in shown.text
    assert "Do you know where to get advice?" in advisor.get(page, {"year": "10"}).text
    for role in ("Editor", "School lead"):
        assert sign_in(Client(), holder_of(role)).get(page).status_code == 404
    assert Client().get(page).status_code == 404


def test_a_draft_of_a_questionnaire_is_not_shown_to_them(advisor):
    version = every_kind_of_question()
    assert advisor.get(reverse("advised_questionnaire", args=[version.pk])).status_code == 404


def test_no_wave_opens_before_they_had_their_say(advisor, version):
    assert gate(version)
    decide(advisor, version, "ready", public_words="The words on sleep are clear.")
    assert state(version) == S.REVIEWED
    version.refresh_from_db()
    assert version.young_advisors_said == "The words on sleep are clear."
    assert not gate(version)


def test_asking_for_a_change_sends_it_back_and_no_wave_opens(advisor, version):
    decide(advisor, version, "change", note="Nobody my age says “slept well”.")
    assert state(version) == S.DRAFT
    assert gate(version)
    assert Entry.objects.filter(action="surveys.version_return").exists()


def test_a_manager_who_goes_on_without_them_must_say_why(version, manager):
    desk = sign_in(Client(), manager)
    step = reverse("surveys_version_step", args=[version.pk])
    desk.post(step, {"act": "skip", "words": "  "})
    assert gate(version)
    desk.post(step, {"act": "skip", "words": "They asked for these very questions."})
    assert not gate(version)
    text = desk.get(reverse("surveys_version", args=[version.pk])).text
    assert "They asked for these very questions." in text


def test_a_manager_takes_over_a_wording_and_a_decision_looks_again(advisor, version, manager):
    stamp = advisor.get(address(version)).text.split('name="stamp" value="')[1].split('"')[0]
    remark = suggest(advisor, version, "question.SLEEP", "sleep well", "get enough sleep")
    assert "stands in the draft now" in take_over(manager, version, remark).text
    assert Question.objects.get(code="SLEEP").text == "Did you get enough sleep?"
    refused = advisor.post(address(version), {"act": "ready", "stamp": stamp})
    assert refused.status_code == 422
    assert "changed while you were reading" in refused.text
    assert state(version) == S.IN_REVIEW


def test_a_wording_of_an_answer_is_taken_over(advisor, version, manager):
    remark = suggest(advisor, version, "question.CLUBS", "Football", "Football or futsal")
    take_over(manager, version, remark)
    assert Option.objects.get(question__code="CLUBS", value=2).text == "Football or futsal"


@pytest.mark.parametrize(
    ("new", "spoil", "words"),
    [
        ("x" * 301, lambda: None, "do not fit there"),
        ("Fine", lambda: Question.objects.filter(code="SLEEP").update(text="Something else?"), "do not stand there"),
        ("Fine", lambda: Question.objects.filter(code="SLEEP").delete(), "do not stand there"),
        ("Fine", lambda: Version.objects.update(state=S.REVIEWED), "past changing"),
    ],
)
def test_what_cannot_be_taken_over_is_said_and_nothing_changes(advisor, version, manager, new, spoil, words):
    remark = suggest(advisor, version, "question.SLEEP", "Did you sleep well?", new)
    spoil()
    before = list(Question.objects.order_by("pk").values_list("text", flat=True))
    assert words in take_over(manager, version, remark).text
    assert list(Question.objects.order_by("pk").values_list("text", flat=True)) == before
    remark.refresh_from_db()
    assert remark.resolved_at is None


def test_the_managers_page_leads_to_what_they_said_without_an_address(advisor, version, manager):
    suggest(advisor, version, "whole", "", "Too long for Year 8")
    desk = sign_in(Client(), manager)
    link = reverse("draft_remarks", args=[f"questionnaire-{version.pk}"])
    assert link in desk.get(reverse("surveys_version", args=[version.pk])).text
    said = desk.get(link).text
    assert "Too long for Year 8" in said
    assert "Sam" in said
    assert "private@example.org" not in said
    refused = sign_in(Client(), holder_of("Editor")).get(link)
    assert (refused.status_code, refused.url) == (302, reverse("wagtailadmin_home"))
