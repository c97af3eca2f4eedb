"""Releases with cells written by hand, so that a test knows every number that a page may show."""

from datetime import date
from typing import Any

from foundation.partnership.models import School
from surveys.fieldwork.enums import WaveState
from surveys.fieldwork.models import Wave
from surveys.questionnaire.models import Survey, Topic
from surveys.release.enums import ReleaseState
from surveys.release.models import Release, ReleaseCell

ERRORS = [
    {"lowest": 10, "highest": 29, "percentages": 9, "mean": 4.0, "p95": 10.0},
    {"lowest": 30, "highest": 99, "percentages": 299, "mean": 2.0, "p95": 5.0},
    {"lowest": 100, "highest": None, "percentages": 1234, "mean": 0.55, "p95": 1.31},
]
MISSING = {"no-answer": -1, "prefer-not-to-say": -2}
NEVER, ALWAYS = 1, 2
GIRL, BOY = 1, 2
FSM_YES, FSM_NO = 1, 2


def item(code: str, *, subgroup: str = "health", part: str = "", row: str = "", kind: str = "choice") -> dict[str, Any]:
    """A question with the answers Never and Always, or one option of a choose-all question."""
    answers = [(NEVER, "1", "Never"), (ALWAYS, "2", "Always")]
    if kind == "choose-all":
        answers = [(1, "picked", ""), (0, "not-picked", "")]
    return {
        "key": f"{code}.{part}" if part else code,
        "code": code,
        "kind": kind,
        "part": part,
        "row": {"en": row} if row else None,
        "topic": "health",
        "subgroups": [subgroup],
        "text": {"en": f"How about {code.title()}?"},
        "short": code.title(),
        "demographic": "",
        "years": [8, 10],
        "answers": [
            {"key": key, "answer": answer, "text": {"en": text}, "kind": "ordinary"} for answer, key, text in answers
        ],
    }


ITEMS = [
    item("SAFE"),
    item("LIKES", kind="choose-all", part="1", row="Sport"),
    item("LIKES", kind="choose-all", part="2", row="Art"),
    item("PHONE", subgroup="online-safety"),
]


def make_release(
    *, slug: str = "autumn", opens_on: date = date(2025, 9, 1), state: str = ReleaseState.RELEASED, schools: int = 3
) -> Release:
    """A release without cells, split by sex and free school meals."""
    Topic.objects.get_or_create(key="health", defaults={"name": "Health"})
    survey, _ = Survey.objects.get_or_create(key="test", defaults={"name": "Test survey"})
    wave = Wave.objects.create(
        survey=survey, name=slug.title(), slug=slug, state=WaveState.CLOSED, opens_on=opens_on, closes_on=opens_on
    )
    names = [f"Invented School {number}" for number in range(schools)]
    own = [School.objects.get_or_create(name=name, defaults={"phase": "secondary"})[0] for name in names]
    return Release.objects.create(
        wave=wave,
        state=state,
        released_on=opens_on,
        crossed_by="SEX",
        breakdowns=["FSM"],
        report={
            "errors": ERRORS,
            "gate": {"summary": "s", "recoverable": 0, "small_counts": 1234, "naive_recoverable": 900},
        },
        structure={
            "items": ITEMS,
            "crossed": _characteristic("SEX", "sex", "Girl", "Boy"),
            "breakdowns": [_characteristic("FSM", "fsm", "Yes", "No")],
            "schools": {str(school.pk): school.name for school in own},
            "years": [8, 10],
            "answers": {one["key"]: {a["key"]: a["answer"] for a in one["answers"]} | MISSING for one in ITEMS},
            "everybody": "SAFE",
        },
    )


def _characteristic(code: str, demographic: str, *groups: str) -> dict[str, Any]:
    return {
        "code": code,
        "demographic": demographic,
        "text": {"en": f"{code}?"},
        "short": code,
        "groups": [{"group": number, "text": {"en": text}} for number, text in enumerate(groups, 1)],
    }


def school_of(release: Release, number: int) -> School:
    """One of the release's schools, by name."""
    return School.objects.get(pk=sorted(int(pk) for pk in release.structure["schools"])[number])


def count(release: Release, key: str, school: int, cells: dict[tuple[int, int], dict[int, int]]) -> None:
    """Cells of the main cube of an item in a school: (year, group) -> answer -> pupils."""
    pk = school_of(release, school).pk
    ReleaseCell.objects.bulk_create(
        ReleaseCell(release=release, cube="main", item=key, school_id=pk, year_group=year, group=group, answer=answer, value=value)
        for (year, group), answers in cells.items()
        for answer, value in answers.items()
        if value
    )  # fmt: skip


def fill(release: Release, *, girls: tuple[int, int] = (50, 30), boys: tuple[int, int] = (20, 60)) -> None:
    """The same pupils in every school, year and question: (Never or picked, Always or not picked) of girls and of boys."""
    for one in release.structure["items"]:
        first, second = [answer["answer"] for answer in one["answers"]]
        for number in range(len(release.structure["schools"])):
            groups = {GIRL: {first: girls[0], second: girls[1]}, BOY: {first: boys[0], second: boys[1]}}
            count(
                release,
                one["key"],
                number,
                {(year, group): cells for year in (8, 10) for group, cells in groups.items()},
            )
