"""A teacher's pages, behind a secret link and without an account."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from surveys.fieldwork import services
from surveys.fieldwork.links import secret_of
from surveys.models import ClassSession, Held, Wave
from tests.factories.fieldwork import open_session, planned_wave, prepared_session

pytestmark = pytest.mark.django_db


def url(session: ClassSession, end: str = "") -> str:
    return f"/t/{secret_of(session)}/{end}"


def token_in(response) -> str:
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


def hold(session: ClassSession, number: int) -> None:
    for each in range(number):
        Held.objects.create(session_id=session.pk, nonce_hash=f"{each:064d}", answers=[1])


@pytest.fixture
def client() -> Client:
    """A browser that checks forged requests as a real one would meet it."""
    return Client(enforce_csrf_checks=True)


def test_a_teacher_opens_a_class_without_an_account(client):
    session = prepared_session()
    page = client.get(url(session))
    given = {"token": token_in(page), "year_group": "8", "present": "27", "languages": ["en", "ar"]}
    answer = client.post(url(session), given)
    assert answer.status_code == 303
    assert answer.headers["Location"] == url(session)
    session.refresh_from_db()
    assert (session.state, session.present, session.languages) == ("open", 27, ["en", "ar"])
    assert session.code.replace("-", " ") in client.get(url(session)).content.decode()


@pytest.mark.parametrize("end", ["", "close/", "discard/", "count/"])
def test_no_page_of_a_teacher_sets_a_cookie_or_can_be_kept_or_found(client, end):
    answer = client.get(url(open_session(), end))
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_the_page_to_project_shows_the_code_and_never_the_teachers_secret(client):
    session = open_session()
    answer = client.post("/t/board/", {"link": secret_of(session)})
    page = answer.content.decode()
    assert answer.status_code == 200
    for word in session.code.split("-"):
        assert f"<span>{word}</span>" in page or f">{word}</span>" in page
    assert "<svg" in page
    assert secret_of(session) not in page
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_to_project_needs_a_link(client):
    assert client.post("/t/board/", {"link": "a" * 26}).status_code == 404
    assert client.get("/t/board/").status_code == 405


def test_a_closed_class_has_no_page_to_project(client):
    session = services.close_session(session=open_session())
    assert client.post("/t/board/", {"link": secret_of(session)}).headers["Location"] == url(session)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (0, "No answers have come in yet."),
        (1, "Between 1 and 5 answers have come in."),
        (5, "Between 1 and 5 answers have come in."),
        (6, "Between 6 and 10 answers have come in."),
        (28, "Between 26 and 30 answers have come in."),
    ],
)
def test_while_a_class_is_open_answers_are_counted_in_fives(client, held, words):
    session = open_session()
    hold(session, held)
    assert words in client.get(url(session)).content.decode()
    assert client.get(url(session, "count/")).json() == {"state": "open", "words": words}


def test_closing_asks_once_more_and_then_gives_five_minutes_of_grace(client):
    session = open_session()
    page = client.get(url(session, "close/"))
    assert "five minutes more" in page.content.decode()
    session.refresh_from_db()
    assert session.state == "open"
    assert client.post(url(session, "close/"), {"token": token_in(page)}).headers["Location"] == url(session)
    session.refresh_from_db()
    assert session.state == "closing"
    assert "Nobody new can begin" in client.get(url(session)).content.decode()


def test_two_hours_later_a_class_that_nobody_closed_is_shown_as_closing(client):
    session = open_session()
    ClassSession.objects.filter(pk=session.pk).update(opened_at=timezone.now() - datetime.timedelta(minutes=121))
    assert "Your class is closing" in client.get(url(session)).content.decode()


def test_a_whole_class_can_be_thrown_away_with_its_answers(client):
    session = open_session()
    hold(session, 7)
    page = client.get(url(session, "discard/"))
    client.post(url(session, "discard/"), {"token": token_in(page)})
    session.refresh_from_db()
    assert session.state == "discarded"
    assert not Held.objects.filter(session_id=session.pk).exists()


@pytest.mark.parametrize("state", ["sealed", "pooled", "discarded", "lost"])
def test_a_class_that_is_over_says_so_and_offers_no_way_back(client, state):
    session = prepared_session()
    ClassSession.objects.filter(pk=session.pk).update(state=state, received=24)
    page = client.get(url(session)).content.decode()
    assert "Your class is over" in page
    assert "<form" not in page.partition('class="cs-teach"')[2].partition("</main>")[0]
    assert client.get(url(session, "close/")).status_code == 303
    assert client.get(url(session, "discard/")).status_code == 303


def test_a_sealed_class_says_how_many_answers_there_were(client):
    session = prepared_session()
    ClassSession.objects.filter(pk=session.pk).update(state="sealed", received=24)
    assert "Between 21 and 25 answers have come in." in client.get(url(session)).content.decode()


@pytest.mark.parametrize("end", ["", "close/", "discard/"])
def test_a_form_from_elsewhere_changes_nothing(client, end):
    session = prepared_session() if not end else open_session()
    before = session.state
    answer = client.post(url(session, end), {"token": "forged", "year_group": "8", "present": "20"})
    assert answer.status_code == 422
    assert "please press the button again" in answer.content.decode()
    session.refresh_from_db()
    assert session.state == before


def test_the_token_of_one_class_opens_no_other(client):
    one, other = prepared_session(), prepared_session()
    given = {"token": token_in(client.get(url(one))), "year_group": "8", "present": "20"}
    assert client.post(url(other), given).status_code == 422


@pytest.mark.parametrize(
    ("present", "words"),
    [
        ("", "Enter how many pupils take part"),
        ("many", "Enter a whole number"),
        ("0", "At least one pupil"),
        ("401", "Enter a number up to 400"),
        ("28.5", "Enter a whole number"),
    ],
)
def test_a_number_that_is_none_is_explained_and_kept(client, present, words):
    session = prepared_session()
    given = {"token": token_in(client.get(url(session))), "year_group": "8", "present": present}
    answer = client.post(url(session), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{present}"' in page or not present


def test_a_year_that_the_school_does_not_ask_cannot_be_chosen(client):
    session = prepared_session()
    given = {"token": token_in(client.get(url(session))), "year_group": "7", "present": "20"}
    assert client.post(url(session), given).status_code == 422


def test_before_the_wave_opens_the_link_says_when(client):
    session = prepared_session(wave=planned_wave())
    page = client.get(url(session)).content.decode()
    assert "has not been opened yet" in page
    assert "Open the class" not in page


def test_after_the_wave_no_class_can_start(client):
    session = prepared_session()
    Wave.objects.update(state="closed")
    assert "The survey is over" in client.get(url(session)).content.decode()


def test_two_presses_of_open_make_one_session(client):
    session = prepared_session()
    given = {"token": token_in(client.get(url(session))), "year_group": "8", "present": "20"}
    client.post(url(session), given)
    code = ClassSession.objects.get(pk=session.pk).code
    assert client.post(url(session), given).status_code in {303, 409}
    assert ClassSession.objects.get(pk=session.pk).code == code


def test_wrong_and_replaced_links_get_the_same_kind_page(client):
    session = prepared_session()
    old = url(session)
    services.renew_link(session=session)
    replaced, made_up = client.get(old), client.get(f"/t/{'b' * 26}/")
    assert replaced.status_code == made_up.status_code == 404
    assert "This link does not open a class" in replaced.content.decode()
    assert replaced.content == made_up.content


def test_whoever_tries_many_wrong_links_is_slowed_and_right_ones_still_open(client):
    session = prepared_session()
    codes = [client.get(f"/t/{n:026d}/").status_code for n in range(31)]
    assert codes[:30] == [404] * 30
    assert codes[30] == 429
    assert client.get(url(session)).status_code == 200
