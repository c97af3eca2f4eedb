"""Results are reviewed at /review/ like a draft: a comment on one question, the checklist, a decision, for the manager."""

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Entry
from home.review.models import Remark, Review
from surveys.release.enums import ReleaseState
from surveys.release.services import publish_release
from surveys.response.models import ResultsDecision
from tests.factories.accounts import UserFactory, holder_of, sign_in
from tests.surveys.response.conftest import make_release

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(db):
    return make_release(slug="next", state=ReleaseState.READY)


@pytest.fixture
def advisor(client):
    client.force_login(holder_of("Young Advisor", display_name="Sam", email="private@example.org"))
    return client


def address(release):
    return f"/review/other/results-{release.pk}/"


def stamp(client, release):
    return client.get(address(release)).text.split('name="stamp" value="')[1].split('"')[0]


def decide(client, release, act, **fields):
    return client.post(address(release), {"act": act, "stamp": stamp(client, release), **fields})


def screen(release):
    return sign_in(Client(), holder_of("Survey manager")).get(reverse("surveys_release", args=[release.pk])).text


def test_they_wait_for_a_decision_then_for_words_until_they_are_public(advisor, ready, release):
    words = reverse("first_look_wave", args=["test", "next"])
    listed = advisor.get("/review/").text
    assert address(ready) in listed
    assert address(release) not in listed
    assert words in advisor.get(address(ready)).text

    decide(advisor, ready, "ready")

    listed = advisor.get("/review/").text
    assert address(ready) not in listed
    assert words in listed
    publish_release(release=ready, by=None)
    assert words not in advisor.get("/review/").text


def test_every_question_is_a_place_with_the_figures_that_everybody_will_see(advisor, ready):
    text = advisor.get(address(ready)).text
    assert '<option value="question.SAFE"' in text
    assert "Nothing that you answer in there" not in text
    assert "Yes: 67%" in text


def test_what_is_too_small_for_the_public_is_no_place(advisor, ready):
    ready.cells.all().delete()
    assert "question.SAFE" not in advisor.get(address(ready)).text


def test_the_frame_shows_the_public_pages_and_their_links_stay_in_it(advisor, ready, release):
    front = advisor.get(reverse("advised_results", args=[ready.pk]))
    topic = reverse("advised_results_topic", args=[ready.pk, "health"])
    question = reverse("advised_results_question", args=[ready.pk, "SAFE"])
    assert front.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert front.headers["Cache-Control"] == "no-store, private"
    assert f'href="{topic}"' in front.text
    shown = advisor.get(topic).text
    assert "67%" in shown
    assert f'href="{question}"' in shown
    assert "/surveys/test/next/" not in front.text + shown
    assert "67%" in advisor.get(question).text
    file = advisor.get(f"/review/results/{ready.pk}/questions/SAFE.csv")
    assert file.status_code == 404
    assert "This part opens once the results are public." in file.text
    assert advisor.get(reverse("advised_results", args=[release.pk])).status_code == 404


def test_nobody_else_finds_them(client, ready):
    pages = [
        reverse("advised_results", args=[ready.pk]),
        reverse("advised_results_for_adults", args=[ready.pk]),
        reverse("advised_results_topic", args=[ready.pk, "health"]),
        reverse("advised_results_question", args=[ready.pk, "SAFE"]),
        f"/review/results/{ready.pk}/open-data/",
    ]
    for role in ("Editor", "School lead"):
        visitor = sign_in(Client(), holder_of(role))
        assert [visitor.get(page).status_code for page in (*pages, address(ready))] == [404] * 6
    client.force_login(UserFactory())
    assert [client.get(page).status_code for page in pages] == [404] * 5


def test_figures_before_the_gate_are_not_there_even_for_them(advisor):
    for state in (ReleaseState.PLANNED, ReleaseState.RUNNING, ReleaseState.REFUSED, ReleaseState.FAILED):
        early = make_release(slug=state.value, state=state)
        assert advisor.get(address(early)).status_code == 404
        assert advisor.get(reverse("advised_results", args=[early.pk])).status_code == 404


def test_a_comment_on_one_question_and_the_checklist_reach_the_survey_manager(advisor, ready):
    said = {"act": "say", "remark-place": "question.SAFE", "remark-text": "Say what safe means"}
    assert advisor.post(address(ready), said).status_code == 303
    as_they_go = {"is_clear": "no", "act": "save"}
    assert advisor.post(address(ready), as_they_go, headers={"X-Requested-With": "fetch"}).json() == {"errors": []}
    assert Review.objects.get().is_clear == "no"

    assert decide(advisor, ready, "change", is_clear="no", note="Too many bars").status_code == 303

    text = screen(ready)
    assert "Please change something first" in text
    assert "Too many bars" in text
    desk = sign_in(Client(), holder_of("Survey manager"))
    page = desk.get(reverse("draft_remarks", args=[f"results-{ready.pk}"])).text
    assert "Say what safe means" in page
    assert "What about SAFE?" in page
    entry = Entry.objects.get(action="surveys.results_advised")
    assert entry.facts == {"is_ready": False}


def test_a_change_without_a_word_decides_nothing(advisor, ready):
    assert decide(advisor, ready, "change").status_code == 422
    assert not ResultsDecision.objects.exists()


def test_words_for_everybody_are_written_on_the_page_that_shows_them_before_they_are_read(advisor, ready):
    text = advisor.get(address(ready)).text
    assert 'name="public_words"' not in text
    assert 'name="credited_as"' not in text


def test_the_words_of_the_figures_are_never_changed_by_a_wording(advisor, ready):
    given = {"remark-place": "question.SAFE", "remark-old_words": "What about SAFE?", "remark-text": "Safe?"}
    advisor.post(address(ready), {"act": "say", **given})
    desk = sign_in(Client(), holder_of("Survey manager"))
    page = reverse("draft_remarks", args=[f"results-{ready.pk}"])
    answer = desk.post(page, {"act": "take-over", "remark": Remark.objects.get().pk}, follow=True)
    assert "the words that pupils read" in answer.text
    ready.refresh_from_db()
    assert ready.structure["items"][0]["text"] == {"en": "What about SAFE?"}


def test_a_manager_shows_them_again_until_they_are_public(advisor, ready):
    decide(advisor, ready, "change", note="Explain the bars")
    desk = sign_in(Client(), holder_of("Survey manager"))
    again = reverse("surveys_release_ask_again", args=[ready.pk])
    assert desk.get(again).status_code == 405
    desk.post(again)
    assert address(ready) in advisor.get("/review/").text
    assert Entry.objects.filter(action="surveys.results_shown_again").exists()
    decide(advisor, ready, "ready")
    publish_release(release=ready, by=None)
    assert "Only results that are not public" in desk.post(again, follow=True).text
    assert ResultsDecision.objects.get().is_ready
    assert "ready for everybody" in screen(ready)


def test_what_is_typed_when_they_went_public_meanwhile_is_shown(advisor, ready):
    advisor.get(address(ready))
    publish_release(release=ready, by=None)
    answer = advisor.post(address(ready), {"act": "say", "remark-place": "whole", "remark-text": "Half a thought"})
    assert answer.status_code == 409
    assert "Half a thought" in answer.text
    assert not Remark.objects.exists()


def test_publishing_needs_no_decision_and_the_screen_says_so(ready):
    assert "it waits for them. You can publish all the same." in screen(ready)
