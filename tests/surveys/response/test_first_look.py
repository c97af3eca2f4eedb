"""Young Advisors see figures before they are public, and their words wait for staff."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from foundation.cache import generation
from surveys.release.enums import ReleaseState
from surveys.release.models import YoungAdvisorWords
from surveys.response.views.first_look import WordsForm
from tests.factories.accounts import UserFactory, holder_of, sign_in
from tests.surveys.response.conftest import make_release

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(db):
    return make_release(slug="next", state=ReleaseState.READY)


@pytest.fixture
def advisor(db):
    return holder_of("Young Advisor")


def look(release):
    return reverse("first_look_wave", args=["test", release.wave.slug])


def test_a_young_advisor_sees_the_figures_first(client, advisor, ready, release):
    client.force_login(advisor)
    listed = client.get(reverse("first_look")).content.decode()
    assert look(ready) in listed
    assert look(release) not in listed
    page = client.get(look(ready)).content.decode()
    assert "67%" in page
    assert "Not public yet" in page


def test_its_name_is_in_the_language_of_the_page_and_english_that_is_left_says_so(rf, advisor, ready):
    survey = ready.wave.survey
    survey.names = {"ar": {"text": "استبيان", "english": survey.name}}
    survey.save()
    request = rf.get(look(ready))
    request.user = advisor
    with translation.override("ar"):
        page = render_to_string(
            "surveys/response/first_look.html", {"release": ready, "form": WordsForm(topics=[])}, request
        )
    wave = f'<bdi lang="en" dir="ltr">{ready.wave.name}</bdi>'
    assert f"استبيان, {wave}" in page.partition("<h1")[2].partition("</h1>")[0]
    assert f"استبيان, {ready.wave.name}" in page.partition("<title>")[2].partition("</title>")[0]


def test_nobody_else_does(client, advisor, ready, release):
    public = reverse("surveys:results_wave", args=["test", ready.wave.slug])
    assert client.get(public).status_code == 404
    assert client.get(look(ready)).status_code == 302
    client.force_login(UserFactory())
    assert client.get(look(ready)).status_code == 404
    assert client.get(reverse("first_look")).status_code == 404
    client.force_login(advisor)
    assert client.get(look(release)).status_code == 404


def test_words_are_shown_once_staff_accept_them(client, advisor, ready):
    client.force_login(advisor)
    answer = client.post(look(ready), {"text": "Adults should ask us why.", "topic_key": "", "credited_as": "Sam"})
    assert answer.status_code == 303
    words = YoungAdvisorWords.objects.get()
    assert (words.credited_as, words.is_accepted, words.author) == ("Sam", False, advisor)
    assert "waits to be read" in client.get(look(ready)).content.decode()
    sign_in(client, holder_of("Survey manager"))
    client.post(reverse("surveys_release", args=[ready.pk]), {"act": "words", "accepted": [words.pk]})
    words.refresh_from_db()
    assert words.is_accepted


def test_too_many_words_are_refused_and_kept(client, advisor, ready):
    client.force_login(advisor)
    answer = client.post(look(ready), {"text": "many " * 200, "credited_as": "Sam"})
    assert answer.status_code == 422
    assert "many many" in answer.content.decode()
    assert not YoungAdvisorWords.objects.exists()


def test_an_address_is_no_name_and_what_was_typed_stays(client, advisor, ready):
    client.force_login(advisor)
    answer = client.post(look(ready), {"text": "Ask us why.", "topic_key": "", "credited_as": "sam@example.org"})
    assert answer.status_code == 422
    assert "not an e-mail address" in answer.content.decode()
    assert "Ask us why." in answer.content.decode()
    assert not YoungAdvisorWords.objects.exists()


def test_who_leaves_is_named_beside_no_figures_any_more(client, advisor, release):
    YoungAdvisorWords.objects.create(
        release=release, text="Ask us why.", credited_as="Sam of Year 12", author=advisor, is_accepted=True
    )
    public = reverse("surveys:results_wave", args=["test", release.wave.slug])
    assert "Sam of Year 12" in client.get(public).content.decode()
    advisor.groups.clear()
    generation.bump()
    text = client.get(public).content.decode()
    assert "Ask us why." in text
    assert "Sam of Year 12" not in text
    assert YoungAdvisorWords.objects.get().author is None
