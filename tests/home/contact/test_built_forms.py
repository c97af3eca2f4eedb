"""Forms that staff build."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from foundation.forms.tokens import make_token
from home.contact.built_forms import forget_old_answers
from home.models.forms import FormPage, FormPageAnswer

URL = "/en/training/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(form_page: FormPage, time_machine: Any) -> dict[str, str]:
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    token = make_token(f"form-page-{form_page.pk}")
    time_machine.move_to("2026-11-22 10:01:00+00:00", tick=False)
    return {"your_club": "Chess club", "which_day": "Friday", "token": token}


def test_an_answer_is_kept_and_only_its_arrival_is_mailed(
    filled: dict[str, str], django_capture_on_commit_callbacks: Any
) -> None:
    visitor = Client(enforce_csrf_checks=True)
    assert "To plan." in visitor.get(URL).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = visitor.post(URL, filled)
    assert response.status_code == 303
    assert FormPageAnswer.objects.get().form_data == {"your_club": "Chess club", "which_day": "Friday"}
    assert "Chess club" not in mail.outbox[0].body
    assert "We have your answers" in visitor.get(response.headers["Location"]).content.decode()


def test_a_mistake_loses_nothing(filled: dict[str, str]) -> None:
    response = Client().post(URL, {**filled, "which_day": ""})
    assert response.status_code == 200
    assert "Chess club" in response.content.decode()
    assert not FormPageAnswer.objects.exists()


def test_answers_are_forgotten_when_the_page_says_so(form_page: FormPage, filled: dict[str, str]) -> None:
    Client().post(URL, filled)
    assert forget_old_answers() == 0
    FormPageAnswer.objects.update(submit_time=timezone.now() - timedelta(days=11))
    assert forget_old_answers() == 1
