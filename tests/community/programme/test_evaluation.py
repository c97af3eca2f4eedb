"""What people thought: numbers from ten answers on, in steps, without anybody in them."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone

from community.programme import links
from community.programme.models import Remark, Round, Tally
from community.programme.services.attendance import finish
from community.programme.services.evaluation import (
    AllHaveAnswered,
    NotAskedNow,
    close_what_is_over,
    invite,
    results_of,
    take_answers,
)
from community.programme.services.reminders import send_what_is_due
from tests.factories.programme import BookingFactory, DateFactory

from .conftest import WHATS_ON, send, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(course):
    """A course that was held yesterday, with thirty people who were asked what they thought."""
    ends = timezone.now() - timedelta(days=1)
    DateFactory(course=course, starts_at=ends - timedelta(hours=2), ends_at=ends, state="held")
    invite(course=course, stage="now", people=30)
    return course


def answer(course, number: int, value: str = "good", stage: str = "now", remark: str = "") -> None:
    key = "overall" if stage == "now" else "used"
    for _each in range(number):
        take_answers(course=course, stage=stage, answers={key: value}, remark=remark)


def test_nine_answers_show_nothing_and_ten_show_all(held):
    answer(held, 9, remark="Canary words")
    hidden = results_of(held, "now")
    assert (hidden.people, hidden.questions, hidden.remarks) == (0, [], [])
    answer(held, 1, "poor")
    shown = results_of(held, "now")
    assert shown.people == 10
    assert shown.questions[0].answers == [("Excellent", 0, 0), ("Good", 9, 90), ("Satisfactory", 0, 0), ("Poor", 1, 10)]
    assert len(shown.remarks) == 9


def test_one_more_answer_changes_nothing_that_anybody_can_see(held):
    answer(held, 10)
    before = results_of(held, "now")
    for _each in range(4):
        answer(held, 1, "poor", remark="Alone")
        assert results_of(held, "now") == before
    answer(held, 1, "poor")
    assert results_of(held, "now").people == 15


def test_a_question_that_one_of_ten_answered_is_not_shown(held):
    answer(held, 9)
    take_answers(course=held, stage="now", answers={"welcome": "no"})
    assert results_of(held, "now").people == 10
    shown = {
        one.question.key: [number for _words, number, _share in one.answers]
        for one in results_of(held, "now").questions
    }
    assert sum(shown["welcome"]) == 0


def test_no_row_tells_who_or_when():
    kinds = (models.DateTimeField, models.DateField, models.GenericIPAddressField)
    for model in (Round, Tally, Remark):
        fields = apps.get_model("programme", model.__name__)._meta.get_fields()
        assert not any(isinstance(each, kinds) for each in fields), model
        assert {each.related_model.__name__ for each in fields if each.is_relation} <= {
            "Course",
            "Round",
            "Tally",
            "Remark",
        }


def test_the_link_is_the_same_for_everybody(held):
    assert links.evaluation_token(held, "now") == links.evaluation_token(held, "now")


def test_the_form_takes_answers_and_keeps_nothing_else(held):
    path = f"{WHATS_ON}evaluate/{links.evaluation_token(held, 'now')}/"
    page = words(Client().get(path))
    assert "How was it, all in all?" in page
    assert "never who or when" in page
    response = send(path, "programme-evaluation", overall="good", clear="yes", remark=" More  time\nfor questions ")
    assert (response.status_code, response["Location"]) == (303, f"{WHATS_ON}evaluate/thanks/")
    assert not response.cookies
    assert dict(Tally.objects.values_list("answer", "fresh")) == {"good": 1, "yes": 1}
    assert Remark.objects.get().text == "More time for questions"


def test_every_question_may_be_left_out_and_a_made_up_answer_is_refused(held):
    path = f"{WHATS_ON}evaluate/{links.evaluation_token(held, 'now')}/"
    assert send(path, "programme-evaluation").status_code == 303
    assert Round.objects.get().fresh == 0
    response = send(path, "programme-evaluation", overall="canary", remark="Kept")
    assert response.status_code == 422
    assert "Choose one of the answers" in words(response)
    assert "Kept" in words(response)


@pytest.mark.parametrize(
    ("days", "now", "later"), [(1, True, False), (29, False, False), (43, False, True), (71, False, False)]
)
def test_it_is_asked_for_some_weeks_and_again_after_six(course, days, now, later):
    ends = timezone.now() - timedelta(days=days)
    DateFactory(course=course, starts_at=ends - timedelta(hours=2), ends_at=ends, state="held")
    for stage, is_asked in (("now", now), ("later", later)):
        invite(course=course, stage=stage)
        response = Client().get(f"{WHATS_ON}evaluate/{links.evaluation_token(course, stage)}/")
        assert response.status_code == (200 if is_asked else 410)
        if not is_asked:
            assert "That time is over, or still to come" in words(response)
            with pytest.raises(NotAskedNow):
                take_answers(course=course, stage=stage, answers={"overall": "good"})


def test_the_officers_screen_shows_no_number_under_ten(held, officers_client):
    answer(held, 9, remark="Canary words")
    page = words(officers_client.get(f"/admin/programme/results/{held.pk}/"))
    assert "Not enough answers yet." in page
    assert "Canary" not in page
    answer(held, 1)
    page = words(officers_client.get(f"/admin/programme/results/{held.pk}/"))
    assert "10 people answered." in page
    assert "100 %" in page


# One person can hardly speak for many.


def came(course, people: int, *, days: int = 1):
    """A date that is over, whose list is finished, with so many who came and one who did not."""
    ends = timezone.now() - timedelta(days=days)
    date = DateFactory(course=course, starts_at=ends - timedelta(hours=2), ends_at=ends, capacity=50)
    BookingFactory.create_batch(people, date=date, state="attended")
    BookingFactory(date=date)
    finish(date=date, by=None)
    return date


def path_of(course, stage: str = "now") -> str:
    return f"{WHATS_ON}evaluate/{links.evaluation_token(course, stage)}/"


def test_no_more_answers_count_than_people_came_and_further_ones_get_a_kind_word(course, officer):
    came(course, 3)
    for _each in range(3):
        assert send(path_of(course), "programme-evaluation", overall="good").status_code == 303
    refused = send(path_of(course), "programme-evaluation", overall="poor", remark="Kept words")
    assert refused.status_code == 422
    assert "Thank you. As many answers have reached us as people came" in words(refused)
    assert "Kept words" in words(refused), "nothing typed is lost"
    assert dict(Tally.objects.values_list("answer", "fresh")) == {"good": 3}
    assert not Remark.objects.exists()
    again = Client().get(path_of(course))
    assert again.status_code == 410
    assert "As many answers have reached us as people came" in words(again)


def test_somebody_who_is_added_to_the_list_later_may_answer_too(course, officer):
    from community.programme.services.attendance import mark

    date = came(course, 1)
    answer(course, 1)
    with pytest.raises(AllHaveAnswered):
        answer(course, 1)
    forgotten = date.bookings.get(state="absent")
    mark(booking=forgotten, state="attended", by=officer)
    answer(course, 1)
    for state in ("absent", "attended"):  # a mark put right twice is no second person
        mark(booking=forgotten, state=state, by=officer)
    with pytest.raises(AllHaveAnswered):
        answer(course, 1)


def test_six_weeks_on_those_are_counted_who_were_asked_again(course):
    date = came(course, 2)
    date.bookings.filter(state="attended").first().delete()
    with time_machine.travel(timezone.now() + timedelta(days=45)):
        send_what_is_due()
        send_what_is_due()
        answer(course, 1, "often", stage="later")
        with pytest.raises(AllHaveAnswered):
            answer(course, 1, "often", stage="later")


def test_the_migration_counts_for_the_second_questions_only_those_who_were_asked_them(course):
    migration = import_module("community.programme.migrations.0003_language_and_open_answers")
    with time_machine.travel(timezone.now() + timedelta(days=50)):
        came(course, 3, days=50)
        asked = course.dates.get().bookings.filter(state="attended").first()
        asked.asked_later_at = timezone.now()
        asked.save(update_fields=["asked_later_at"])
        migration.count_who_was_asked(apps, None)
        assert Round.objects.get(stage="later").open_answers == 1
        send_what_is_due()
        assert Round.objects.get(stage="later").open_answers == 3


def test_what_people_of_an_earlier_date_left_open_is_nobody_elses(course):
    came(course, 20)
    assert close_what_is_over() == 0
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert close_what_is_over() == 1
        came(course, 1)
        answer(course, 1)
        with pytest.raises(AllHaveAnswered):
            answer(course, 1)


def test_what_is_left_open_does_not_pile_up_for_a_course_that_is_held_often(course):
    came(course, 20)
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        came(course, 2)
        assert close_what_is_over() == 0, "the weeks of both are running"
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert close_what_is_over() == 1
        answer(course, 2)
        with pytest.raises(AllHaveAnswered):
            answer(course, 1)


def test_a_list_that_was_finished_before_its_end_keeps_the_answers_of_those_who_came(course):
    now = timezone.now()
    date = DateFactory(course=course, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    BookingFactory(date=date, state="attended")
    finish(date=date, by=None)
    assert close_what_is_over() == 0
    with time_machine.travel(now + timedelta(days=1)):
        answer(course, 1)
        with pytest.raises(AllHaveAnswered):
            answer(course, 1)
    with time_machine.travel(now + timedelta(days=45)):
        send_what_is_due()
        assert close_what_is_over() == 0, "all who were asked again may still answer"
    with time_machine.travel(now + timedelta(days=71)):
        assert close_what_is_over() == 1


def test_one_connection_cannot_make_the_numbers_show_by_itself_on_one_day(held):
    answers = [send(path_of(held), "programme-evaluation", overall="poor") for _each in range(10)]
    assert [each.status_code for each in answers] == [303] * 8 + [429] * 2
    assert "Several people have answered from this connection today" in words(answers[-1])
    assert results_of(held, "now").people == 0
    assert send(path_of(held), "programme-evaluation", overall="canary").status_code == 422
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert send(path_of(held), "programme-evaluation", overall="good").status_code == 303


def test_a_day_of_a_connection_is_londons_and_begins_once(course):
    sent = []
    for moment in ("2026-07-10T22:30Z", "2026-07-10T23:30Z", "2026-07-11T00:30Z"):  # 23:30, 00:30 and 01:30 in London
        with time_machine.travel(moment):
            if not sent:
                ends = timezone.now() - timedelta(days=1)
                DateFactory(course=course, starts_at=ends - timedelta(hours=2), ends_at=ends, state="held")
                invite(course=course, stage="now", people=30)
            answers = [send(path_of(course), "programme-evaluation", overall="good") for _each in range(9)]
            sent.append(sum(each.status_code == 303 for each in answers))
    assert sent == [8, 8, 0]


def test_another_course_and_another_connection_are_counted_apart(held, settings):
    from community.programme.forms.public import EvaluationForm

    for _each in range(8):
        send(path_of(held), "programme-evaluation", overall="good")
    invite(course=held, stage="later")
    assert (
        EvaluationForm(course_id=held.pk, stage="later").share != EvaluationForm(course_id=held.pk, stage="now").share
    )
    row = Round.objects.get(stage="now")
    assert (row.fresh, row.open_answers) == (8, 22)
