"""What the cells of a release mean, stored with it: so that figures can be read when the questionnaire is long gone."""

from typing import Any

from foundation.partnership.models import School

from ..codes import Missing
from ..disclosure import MAIN, Wave
from .counting import NO_SCHOOL
from .items import MISSING_KEYS, Item

MISSING_CODES = {key: int(code) for code, key in MISSING_KEYS.items()}


def describe(
    *, items: list[Item], counted: list[Item], wave: Wave, crossed_by: str, breakdowns: list[str]
) -> dict[str, Any]:
    """{"items": [...], "crossed": characteristic or None, "breakdowns": [...], "schools": {id: name}, "years": [...],
    "answers": {item key: {answer key: code}}, "everybody": key of the item whose base says who took part}."""
    known = {item["key"]: item for item in items}
    labels = wave.questions[0].cubes[MAIN].crossing.labels
    schools = [int(label) for label in labels[0] if label != NO_SCHOOL]
    years_of = {cubes.question.key: list(cubes.question.only.get("year", ())) for cubes in wave.questions}
    described = [
        {name: value for name, value in item.items() if name != "position"}
        | {"years": [int(year) for year in years_of[item["key"]]]}
        for item in counted
    ]
    return {
        "items": described,
        "crossed": _characteristic(known, crossed_by, wave) if crossed_by else None,
        "breakdowns": [_characteristic(known, code, wave) for code in breakdowns],
        "schools": {str(pk): name for pk, name in School.objects.filter(pk__in=schools).values_list("pk", "name")},
        "years": sorted(int(label) for label in labels[1]),
        "answers": answer_codes(items=counted, wave=wave),
        "everybody": _everybody(wave),
    }


def answer_codes(*, items: list[Item], wave: Wave) -> dict[str, dict[str, int]]:
    """Item key -> answer key -> what `ReleaseCell.answer` holds."""
    ordinary = {item["key"]: {answer["key"]: answer["answer"] for answer in item["answers"]} for item in items}
    return {
        cubes.question.key: {
            key: ordinary[cubes.question.key].get(key, MISSING_CODES.get(key, int(Missing.NO_ANSWER)))
            for key in cubes.question.answer_keys
        }
        for cubes in wave.questions
    }


def _characteristic(known: dict[str, Item], code: str, wave: Wave) -> dict[str, Any]:
    """A characteristic with the groups that its figures have: {"code", "text", "short", "groups": [{"group", "text"}]}."""
    item = known[code]
    crossing = next(cube.crossing for cube in wave.questions[0].cubes.values() if code in cube.crossing.columns)
    texts = {answer["answer"]: answer["text"] for answer in item["answers"]}
    labels = crossing.labels[crossing.columns.index(code)]
    return {
        "code": code,
        "demographic": item["demographic"],
        "text": item["text"],
        "short": item["short"],
        "groups": [{"group": int(label), "text": texts.get(int(label))} for label in labels],
    }


def _everybody(wave: Wave) -> str:
    """The question that most year groups were asked: the sum of its cells says how many took part, rounded."""
    return max(wave.questions, key=lambda cubes: len(cubes.question.only.get("year", ()))).question.key
