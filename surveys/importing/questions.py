"""The questions of a column map: what was asked, which columns hold the answers, and what their values mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from ..codes import MAX_NUMBER
from ..questionnaire.enums import Demographic, OptionKind, QuestionKind
from ..questionnaire.models import CODE
from ..questionnaire.reading import Block

LONGEST = {"question": 300, "option": 120, "title": 120}
"""Characters, as the tables of the questionnaire keep them."""


@dataclass(frozen=True)
class MappedQuestion:
    """A question: `entry` as `questionnaire.services.building` reads it, `columns` by part ("" for one value), `values` from
    what a cell holds to an option's value or a meaning; None: whole numbers as they stand."""

    code: str
    kind: str
    entry: Mapping[str, Any]
    columns: Mapping[str, str]
    values: Mapping[str, int] | None


@dataclass(frozen=True)
class MappedSection:
    """Questions that stand together."""

    key: str
    title: str
    topic: str
    is_sensitive: bool
    questions: tuple[MappedQuestion, ...]


def section_of(
    block: Any, topics: Mapping[str, str], meanings: Mapping[str, int], problems: list[str]
) -> MappedSection:
    """A section as the map writes it; what is wrong is added to `problems`."""
    block = block if isinstance(block, dict) else {}
    key, title = str(block.get("key", "")), str(block.get("title", ""))
    if not key or slugify(key) != key or not title or len(title) > LONGEST["title"]:
        problems.append(
            f"Section “{key or title}” needs a key in small letters and a title of {LONGEST['title']} letters."
        )
    if block.get("topic") not in topics:
        problems.append(f"Section “{key}” names the topic “{block.get('topic')}”, which is not among the map's topics.")
    written = block.get("questions")
    if not isinstance(written, list) or not written:
        problems.append(f"Section “{key}” has no questions.")
        written = []
    questions = tuple(_question(each if isinstance(each, dict) else {}, meanings, problems) for each in written)
    return MappedSection(key, title, str(block.get("topic", "")), bool(block.get("sensitive")), questions)


def block_of(question: MappedQuestion) -> Block:
    """The question as a compiled questionnaire has it, without words."""
    entry = question.entry
    number = {"min": 0, "max": 24, **entry.get("number", {})} if question.kind == QuestionKind.NUMBER else None
    return {
        "code": question.code,
        "kind": question.kind,
        "years": sorted(entry.get("years", [])),
        "prefer_not": True,
        "shown_if": entry.get("shown_if") or None,
        "options": [
            {"value": value, "kind": option.get("kind", OptionKind.ORDINARY.value)}
            for value, option in entry.get("options", {}).items()
        ],
        "rows": [{"key": key} for key in entry.get("rows", {})],
        "number": number,
    }


def _question(block: dict[str, Any], meanings: Mapping[str, int], problems: list[str]) -> MappedQuestion:
    code, kind = str(block.get("code", "")), str(block.get("kind", QuestionKind.CHOICE))
    wrong: list[str] = []
    try:
        CODE(code)
    except ValidationError:
        wrong.append("the code needs capital letters, digits and _, such as SLEEP_HOURS")
    if kind not in QuestionKind.values or kind == QuestionKind.TEXT:
        wrong.append("the kind must be choice, number, grid or choose-all; texts are not imported")
    if not 0 < len(str(block.get("en", ""))) <= LONGEST["question"]:
        wrong.append(f"“en” needs the question in up to {LONGEST['question']} letters")
    if block.get("demographic", "") not in ("", *Demographic.values):
        wrong.append(f"the characteristic must be one of {', '.join(Demographic.values)}")
    wrong += _wrong_answers(block, kind)
    columns = _columns(block, kind, wrong)
    values = _values(block, kind, meanings, wrong)
    problems.extend(f"Question {code or '?'}: {words}." for words in wrong)
    entry = {name: value for name, value in block.items() if name not in {"column", "columns", "values"}}
    return MappedQuestion(code, kind, entry, columns, values)


def _wrong_answers(block: dict[str, Any], kind: str) -> list[str]:
    """What is wrong with its options, rows or numbers."""
    if kind == QuestionKind.NUMBER:
        number = block.get("number") or {}
        low, high = number.get("min", 0), number.get("max", 24)
        is_range = isinstance(low, int) and isinstance(high, int) and 0 <= low <= high <= MAX_NUMBER
        return [] if is_range else [f"the numbers must lie between 0 and {MAX_NUMBER}"]
    options = block.get("options")
    if not isinstance(options, dict) or not options:
        return ["it has no options"]
    words = []
    for value, option in options.items():
        text = option.get("en", "") if isinstance(option, dict) else ""
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 99:
            words.append(f"an option's number must be 1 to 99, not “{value}”")
        if not 0 < len(str(text)) <= LONGEST["option"]:
            words.append(f"option {value} needs words (“en”) of up to {LONGEST['option']} letters")
    if kind == QuestionKind.GRID and not isinstance(block.get("rows"), dict):
        words.append("a grid needs rows")
    return words


def _columns(block: dict[str, Any], kind: str, wrong: list[str]) -> dict[str, str]:
    if kind in {QuestionKind.GRID, QuestionKind.CHOOSE_ALL}:
        parts = block.get("rows" if kind == QuestionKind.GRID else "options")
        columns = block.get("columns")
        known = {str(part) for part in parts} if isinstance(parts, dict) else set()
        if not isinstance(columns, dict) or {str(part) for part in columns} != known:
            wrong.append(
                "“columns” must name one column for each row of a grid, or each option of a choose-all question"
            )
            return {}
        return {str(part): str(column) for part, column in columns.items()}
    if not block.get("column"):
        wrong.append("it does not say its “column”")
    return {"": str(block.get("column", ""))}


def _values(block: dict[str, Any], kind: str, meanings: Mapping[str, int], wrong: list[str]) -> dict[str, int] | None:
    written = block.get("values")
    if written is None and kind == QuestionKind.NUMBER:
        return None
    if not isinstance(written, dict) or not written:
        wrong.append("“values” must say what each value in the file stands for")
        return {}
    picks = ("picked", "not-picked")
    words = [word for word in meanings if (word in picks) == (kind == QuestionKind.CHOOSE_ALL) or word not in picks]
    options = block["options"] if isinstance(block.get("options"), dict) and kind != QuestionKind.CHOOSE_ALL else {}
    values = {"": meanings["no-answer"]}
    for cell, value in written.items():
        if isinstance(cell, bool) or cell is None:
            wrong.append(f"write the value {cell} in quotation marks, just as it stands in the file")
        elif value in words:
            values[str(cell)] = meanings[value]
        elif (
            isinstance(value, int) and not isinstance(value, bool) and (value in options or kind == QuestionKind.NUMBER)
        ):
            values[str(cell)] = value
        else:
            wrong.append(f"“{cell}” stands for “{value}”, which is neither an option nor one of {', '.join(words)}")
    return values
