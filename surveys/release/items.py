"""What a release counts: one item for each question, row of a grid or option of a choose-all question.

An item is a plain dict, so that it can be stored with the release (`Release.structure`) and read without the questionnaire:

{"key": "CODE" or "CODE.part", "code", "part", "kind", "position", "topic", "section": {lang: text}, "subgroups": [key, ...],
 "text": {lang: text}, "row": {lang: text} or None, "short", "sensitive", "demographic", "phases": [...], "years": [...],
 "answers": [{"key", "answer": int, "codes": [int, ...], "text": {lang: text}, "kind"}], "parent": key or None, "route": [key, ...]}

`answer` is what `ReleaseCell.answer` holds: an option's value, the first number of a band, 1 or 0 for picked or not, or a
code of `surveys.codes.Missing`.
"""

from collections.abc import Iterable
from typing import Any

from ..codes import NOT_PICKED, PICKED, Missing
from ..errors import SurveyError
from ..questionnaire.enums import QuestionKind
from ..questionnaire.reading import Block, Document

Item = dict[str, Any]

MISSING_KEYS = {
    Missing.NO_ANSWER: "no-answer",
    Missing.PREFER_NOT_TO_SAY: "prefer-not-to-say",
    Missing.NOT_ASKED: "not-asked",
}
NOT_ASKED_KEY = MISSING_KEYS[Missing.NOT_ASKED]
MOST_SINGLE_NUMBERS = 11
USUAL_BANDS = 5


def items_of(documents: Iterable[Document], positions: list[list[str]]) -> list[Item]:
    """Every item of a wave, in the order of its codebook. `documents`: every version that the wave asked, newest last."""
    places = {(code, part): place for place, (code, part) in enumerate(positions)}
    items: dict[str, Item] = {}
    for document in documents:
        for section in document["sections"]:
            for question in section["questions"]:
                for item in _of_question(document, section, question):
                    place = places.get((item["code"], item["part"]))
                    if place is not None:
                        items[item["key"]] = _together(items.get(item["key"]), {**item, "position": place})
    ordered = sorted(items.values(), key=lambda item: item["position"])
    for item in ordered:
        item["parent"], item["route"] = _routing(item, items)
    return ordered


def _of_question(document: Document, section: Block, question: Block) -> list[Item]:
    years = question["years"] or section["years"] or document["years"]
    base = {
        "code": question["code"],
        "kind": question["kind"],
        "topic": section["topic"],
        "section": section["title"],
        "subgroups": question["subgroups"],
        "text": question["text"],
        "short": question["short"],
        "sensitive": question["sensitive"] or section["sensitive"],
        "demographic": question["demographic"],
        "phases": [document["phase"]],
        "years": sorted(years),
        "shown_if": question["shown_if"],
    }
    if question["kind"] == QuestionKind.CHOICE:
        return [{**base, "key": question["code"], "part": "", "row": None, "answers": _options(question)}]
    if question["kind"] == QuestionKind.NUMBER:
        return [{**base, "key": question["code"], "part": "", "row": None, "answers": _bands(question["number"])}]
    if question["kind"] == QuestionKind.GRID:
        return [
            {
                **base,
                "key": f"{question['code']}.{row['key']}",
                "part": row["key"],
                "row": row["text"],
                "answers": options,
            }
            for options in [_options(question)]
            for row in question["rows"]
        ]
    if question["kind"] == QuestionKind.CHOOSE_ALL:
        return [
            {
                **base,
                "key": f"{question['code']}.{option['value']}",
                "part": str(option["value"]),
                "row": option["text"],
                "answers": [_answer("picked", PICKED, {}), _answer("not-picked", NOT_PICKED, {})],
            }
            for option in question["options"]
        ]
    return []


def _options(question: Block) -> list[dict[str, Any]]:
    return [
        _answer(str(option["value"]), option["value"], option["text"], option["kind"]) for option in question["options"]
    ]


def _answer(
    key: str, answer: int, text: dict[str, str], kind: str = "ordinary", codes: Iterable[int] = ()
) -> dict[str, Any]:
    return {"key": key, "answer": answer, "codes": list(codes) or [answer], "text": text, "kind": kind}


def _bands(number: Block) -> list[dict[str, Any]]:
    """The bands that the question names, each number where there are few, five even bands where there are many."""
    low, high = number["min"], number["max"]
    firsts = sorted({low, *(first for first in number["bands"] if low < first <= high)})
    if len(firsts) == 1:
        width = 1 if high - low < MOST_SINGLE_NUMBERS else -(-(high - low + 1) // USUAL_BANDS)
        firsts = list(range(low, high + 1, width))
    unit = number["unit"]
    bands = []
    for first, following in zip(firsts, [*firsts[1:], high + 1], strict=True):
        last = "+" if following > high else f"–{following - 1}"
        words = str(first) if following - first == 1 else f"{first}{last}"
        text = {language: f"{words} {name}".strip() for language, name in unit.items()} or {"en": words}
        bands.append(_answer(str(first), first, text, codes=range(first, following)))
    return bands


def _together(known: Item | None, found: Item) -> Item:
    """One item asked by several questionnaires or versions; the newest words stand, years and phases add up.

    Raises:
        SurveyError: the same code means different things.
    """
    if known is None:
        return found
    meanings = {answer["key"]: answer["codes"] for answer in known["answers"]}
    if known["kind"] != found["kind"] or any(
        meanings.get(answer["key"], answer["codes"]) != answer["codes"] for answer in found["answers"]
    ):
        raise SurveyError(
            f"Question {found['code']} means different things in two questionnaires of this wave. "
            "Its figures cannot be put together: give one of them another code."
        )
    found_keys = {answer["key"] for answer in found["answers"]}
    return {
        **found,
        "answers": [*found["answers"], *(answer for answer in known["answers"] if answer["key"] not in found_keys)],
        "phases": sorted({*known["phases"], *found["phases"]}),
        "years": sorted({*known["years"], *found["years"]}),
        "subgroups": sorted({*known["subgroups"], *found["subgroups"]}),
        # Different routes in the two phases: nothing that holds for both, so the figures stand without a parent.
        "shown_if": found["shown_if"] if known["shown_if"] == found["shown_if"] else "differs",
    }


def _routing(item: Item, items: dict[str, Item]) -> tuple[str | None, list[str]]:
    """The parent item and its answers that lead here, where the figures of both can be tied; else nothing."""
    rule = item.pop("shown_if")
    if rule is None:
        item["is_routed"] = False
        return None, []
    item["is_routed"] = True
    if rule == "differs":
        return None, []
    wanted = set(rule["values"])
    parent = items.get(rule["code"])
    if parent is None and len(wanted) == 1:
        # Choose-all: only one option that leads here can be tied to one item.
        parent = items.get(f"{rule['code']}.{next(iter(wanted))}")
        wanted = {PICKED}
    if parent is None or parent["position"] > item["position"] or parent["years"] != item["years"]:
        return None, []
    route = [answer["key"] for answer in parent["answers"] if set(answer["codes"]) <= wanted]
    covered = {code for answer in parent["answers"] if answer["key"] in route for code in answer["codes"]}
    if covered != wanted & {code for answer in parent["answers"] for code in answer["codes"]} or not route:
        return None, []
    return parent["key"], route
