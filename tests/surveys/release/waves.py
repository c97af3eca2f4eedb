"""A closed wave with sealed rows of invented pupils, for the tests of releases and views."""

import random
from datetime import date
from typing import Any

from foundation.partnership.models import School
from surveys.codes import Missing
from surveys.collection.encoding import grow
from surveys.collection.models import Sealed
from surveys.fieldwork.enums import WaveState
from surveys.fieldwork.models import Wave, WaveVersion
from surveys.questionnaire.enums import VersionState
from surveys.questionnaire.models import Questionnaire, Survey, Version
from surveys.release.services import compute_release, plan_release

YEARS = [8, 10]


def question(code: str, *options: str, **more: Any) -> dict[str, Any]:
    """A choose-one question of a compiled questionnaire."""
    return {
        "code": code,
        "kind": "choice",
        "text": {"en": f"What about {code}?"},
        "help": {},
        "short": code.title(),
        "years": [],
        "prefer_not": True,
        "sensitive": False,
        "demographic": "",
        "subgroups": ["health"],
        "shown_if": None,
        "options": [
            {"value": number, "text": {"en": text}, "symbol": "", "kind": "ordinary"}
            for number, text in enumerate(options, 1)
        ],
        "rows": [],
        "number": None,
    } | more


QUESTIONS = [
    question("SEX", "Girl", "Boy", "Another", demographic="sex"),
    question("FSM", "Yes", "No", demographic="fsm"),
    question("SAFE", "Never", "Sometimes", "Always"),
    question("TOLD", "Yes", "No", shown_if={"code": "SAFE", "values": [1]}),
    question("HOURS", kind="number", number={"min": 0, "max": 24, "unit": {"en": "hours"}, "bands": [0, 6, 9]}),
    question("LIKES", "Sport", "Art", "None of these", kind="choose-all"),
    question(
        "ASK",
        "Often",
        "Never",
        kind="grid",
        rows=[{"key": "mum", "text": {"en": "Parents"}}, {"key": "nurse", "text": {"en": "Nurse"}}],
    ),
]


def document(questions: list[dict[str, Any]] = QUESTIONS, number: int = 1) -> dict[str, Any]:
    """A compiled secondary questionnaire with one section."""
    return {
        "questionnaire": "test/secondary",
        "version": number,
        "phase": "secondary",
        "years": YEARS,
        "languages": ["en"],
        "intro": {},
        "sections": [
            {
                "key": "all",
                "title": {"en": "Everything"},
                "intro": {},
                "years": [],
                "sensitive": False,
                "topic": "health",
                "questions": questions,
            }
        ],
    }


def closed_wave(*, slug: str = "autumn", key: str = "test", schools: int = 4, pupils: int = 40, seed: int = 1) -> Wave:
    """A closed wave: every school has `pupils` in each of two year groups."""
    survey, _ = Survey.objects.get_or_create(key=key, defaults={"name": "Test survey"})
    questionnaire, _ = Questionnaire.objects.get_or_create(
        survey=survey, phase="secondary", defaults={"year_groups": YEARS}
    )
    version = Version.objects.create(
        questionnaire=questionnaire,
        number=questionnaire.versions.count() + 1,
        state=VersionState.FROZEN,
        document=document(),
    )
    wave = Wave.objects.create(
        survey=survey,
        name=slug.title(),
        slug=slug,
        state=WaveState.CLOSED,
        opens_on=date(2025, 9, 1) if seed == 1 else date(2026, 9, 1),
        closes_on=date(2025, 10, 1) if seed == 1 else date(2026, 10, 1),
        positions=grow([], document()),
    )
    WaveVersion.objects.create(wave=wave, version=version)
    chance = random.Random(seed)
    for number in range(schools):
        school, _ = School.objects.get_or_create(name=f"Invented School {number}", defaults={"phase": "secondary"})
        seal(wave, school, pupils, chance)
    return wave


def seal(
    wave: Wave, school: School | None, pupils: int, chance: random.Random, years: tuple[int, ...] = tuple(YEARS)
) -> None:
    """Sealed rows of generated pupils, `pupils` in each of the year groups."""
    Sealed.objects.bulk_create(
        Sealed(wave_id=wave.pk, school_id=school and school.pk, year_group=year, answers=answers(chance))
        for year in years
        for _ in range(pupils)
    )


def answers(chance: random.Random) -> list[int]:
    """One pupil's array, in the order of `QUESTIONS`."""
    sex = chance.choices([1, 2, 3, Missing.PREFER_NOT_TO_SAY], [48, 46, 4, 2])[0]
    safe = chance.choices([1, 2, 3, Missing.NO_ANSWER], [50, 30, 18, 2] if sex == 1 else [15, 35, 48, 2])[0]
    told = chance.choices([1, 2], [60, 40])[0] if safe == 1 else int(Missing.NOT_ASKED)
    likes = [1, 0, 0] if chance.random() < 0.5 else [0, 1, 0]
    return [
        int(sex), chance.choices([1, 2], [30, 70])[0], int(safe), told, chance.randint(4, 11), *likes,
        chance.choice([1, 2]), chance.choice([1, 2]),
    ]  # fmt: skip


def planned(wave, **more):
    return plan_release(wave=wave, **({"crossed_by": "SEX", "breakdowns": ["FSM"], "by": None} | more))


def computed(wave, **more):
    return compute_release(release=planned(wave, **more))
