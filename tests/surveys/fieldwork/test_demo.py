"""The demonstration's open wave: two schools of one lead, and a class that can be answered at once."""

import datetime

import pytest
from django.utils import timezone

from foundation.partnership.models import SchoolLead
from surveys.demo.fieldwork import OPEN_LABEL, how_to_answer, load_demo_fieldwork
from surveys.demo.questionnaire import load_demo_questionnaire
from surveys.fieldwork.selectors import document_for, live_session
from surveys.models import ClassSession, Wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    load_demo_questionnaire()
    load_demo_fieldwork()
    return Wave.objects.get(survey__key="hrbq", state="open")


def test_a_newcomer_can_answer_at_once_and_two_weeks_later_too(demo, client, monkeypatch):
    lines = how_to_answer("http://127.0.0.1:8000")
    code = lines[0].rpartition(" ")[2]
    session = live_session(code)
    assert session is not None
    assert document_for(session)["phase"] == "secondary"
    later = timezone.now() + datetime.timedelta(days=14)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert live_session(code) == session


def test_the_teachers_link_in_the_terminal_opens_the_class(demo, client):
    link = how_to_answer("http://127.0.0.1:8000")[1].rpartition(" ")[2]
    assert "Your class is open" in client.get(link.removeprefix("http://127.0.0.1:8000")).content.decode()


def test_the_demonstrations_school_lead_looks_after_two_schools_with_classes_to_start(demo):
    assert SchoolLead.objects.filter(user__email="school-lead@example.org").count() == 2
    assert demo.sessions.filter(state="prepared").count() >= 10


def test_loading_twice_adds_nothing_and_a_class_that_ended_is_opened_again(demo):
    assert load_demo_fieldwork() == 0
    ClassSession.objects.filter(label=OPEN_LABEL).update(state="sealed", code=None)
    assert load_demo_fieldwork() == 1
    assert load_demo_fieldwork() == 0


def test_outside_demo_mode_nothing_is_made(settings):
    load_demo_questionnaire()
    settings.DEMO_MODE = False
    assert load_demo_fieldwork() == 0
    assert how_to_answer("") == []
    assert not Wave.objects.exists()
