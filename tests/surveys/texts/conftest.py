"""A consultation with texts, and moderators."""

import datetime

import pytest

from surveys.collection.models import TextAnswer
from surveys.collection.texts import locked
from surveys.fieldwork.enums import WaveState
from surveys.fieldwork.models import Wave
from surveys.questionnaire.models import Survey
from tests.factories.accounts import holder_of


@pytest.fixture
def wave(db) -> Wave:
    survey = Survey.objects.create(key="shout-out", name="Shout Out")
    return Wave.objects.create(
        survey=survey, name="Spring", slug="spring", state=WaveState.OPEN,
        opens_on=datetime.date(2026, 3, 1), closes_on=datetime.date(2026, 4, 1),
    )  # fmt: skip


@pytest.fixture
def write(wave):
    """Texts of the wave's question, as the flush leaves them."""

    def make(*texts: str, code: str = "BETTER") -> list[TextAnswer]:
        return [
            TextAnswer.objects.create(wave_id=wave.pk, phase="secondary", question_code=code, text=locked(text))
            for text in texts
        ]

    return make


@pytest.fixture
def moderators(db):
    return holder_of("Text moderator"), holder_of("Text moderator")
