"""A released wave, a subgroup with a member, and a survey manager."""

import datetime
from typing import Any

import pytest

from foundation.partnership.models import School, Subgroup, SubgroupMember
from surveys.fieldwork.enums import WaveState
from surveys.fieldwork.models import Wave
from surveys.questionnaire.models import Survey, Topic
from surveys.release.enums import ReleaseState
from surveys.release.models import Release, ReleaseCell
from surveys.response.models import Finding
from surveys.response.services import add_finding
from tests.factories.accounts import UserFactory, holder_of

ANSWERS = [
    {"answer": 1, "key": "1", "text": {"en": "Yes"}, "kind": "ordinary"},
    {"answer": 2, "key": "2", "text": {"en": "No"}, "kind": "ordinary"},
]


def item(code: str) -> dict[str, Any]:
    """An item of a release's structure, as `surveys.release.structure` makes them."""
    return {
        "key": code, "code": code, "kind": "choice", "text": {"en": f"What about {code}?"}, "row": None, "short": code,
        "topic": "health", "subgroups": ["health"], "years": [8], "answers": ANSWERS, "may_act": "",
    }  # fmt: skip


def make_release(*, slug: str = "autumn-2025", state: str = ReleaseState.RELEASED) -> Release:
    """A release with one question: 200 said yes, 100 said no, in four schools."""
    survey, _ = Survey.objects.get_or_create(key="test", defaults={"name": "Test survey"})
    Topic.objects.get_or_create(key="health", defaults={"name": "Health"})
    wave = Wave.objects.create(
        survey=survey, name=slug.title(), slug=slug, state=WaveState.RELEASED,
        opens_on=datetime.date(2025, 9, 1), closes_on=datetime.date(2025, 10, 1),
    )  # fmt: skip
    structure = {
        "items": [item("SAFE")], "answers": {"SAFE": {"1": 1, "2": 2}}, "breakdowns": [], "crossed": None, "years": [8],
        "schools": {}, "everybody": "SAFE",
    }  # fmt: skip
    release = Release.objects.create(wave=wave, state=state, structure=structure, report={"gate": {}, "errors": []})
    for number in range(4):
        school, _ = School.objects.get_or_create(name=f"Invented School {number}", defaults={"phase": "secondary"})
        for answer, value in ((1, 50), (2, 25)):
            ReleaseCell.objects.create(
                release=release, cube="main", item="SAFE", school=school, year_group=8, answer=answer, value=value
            )
    return release


@pytest.fixture
def release(db) -> Release:
    return make_release()


@pytest.fixture
def subgroup(db) -> Subgroup:
    return Subgroup.objects.get_or_create(key="health", defaults={"name": "Health Subgroup"})[0]


@pytest.fixture
def other_subgroup(db) -> Subgroup:
    return Subgroup.objects.get_or_create(key="online-safety", defaults={"name": "Online Safety Subgroup"})[0]


@pytest.fixture
def member(subgroup):
    user = UserFactory()
    SubgroupMember.objects.create(user=user, subgroup=subgroup)
    return user


@pytest.fixture
def manager(db):
    return holder_of("Survey manager")


@pytest.fixture
def finding(subgroup, release, member) -> Finding:
    return add_finding(
        subgroup=subgroup, release=release, question_code="SAFE", you_said="One in three does not feel safe.",
        why_it_matters="Everybody should.", by=member,
    )  # fmt: skip
