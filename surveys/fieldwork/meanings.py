"""Whether a corrected version still means what was sealed before it.

A sealed row holds small numbers at places that belong to the wave. What a number says stands in the questionnaire alone, so a
correction that gave option 2 the words of option 1 would turn round every answer that is sealed already, and nobody would
see it. Such a change is refused. Other words for the same place are shown to the manager, who says that they mean the same.
Pure: it looks at compiled questionnaires alone.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..questionnaire.enums import QuestionKind
from ..questionnaire.reading import Block, Document

ENGLISH = "en"
PICTURE = "picture"
"""Stands where a language stands, for what a child who cannot read goes by."""


@dataclass(frozen=True)
class Reworded:
    """One text that is another now, at a place that answers were given to."""

    code: str
    what: str
    """Which text of the question, such as "answer 2"."""
    language: str
    before: str
    after: str

    @property
    def key(self) -> str:
        """Names these two texts, so that a tick for them is no tick for others."""
        told = "\x00".join([self.code, self.what, self.language, self.before, self.after])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def __str__(self) -> str:
        return f"{self.code}, {self.what} ({self.language}): “{self.before}” is “{self.after}” now."


@dataclass
class Comparison:
    """What a correction changes: sentences that refuse it, and words that a manager must say mean the same."""

    refusals: list[str] = field(default_factory=list)
    reworded: list[Reworded] = field(default_factory=list)


def compare(earlier: Sequence[Document], now: Document) -> Comparison:
    """Compare with every version that this wave asked, the newest first: an answer sealed under any of them must keep
    its meaning. What a place said last is what counts."""
    found = Comparison()
    languages = [*now["languages"], PICTURE]
    versions = [_questions(document) for document in earlier]
    for code, question in _questions(now).items():
        before = [version[code] for version in versions if code in version]
        if not before:
            continue
        refusals = list(_refusals(code, before, question))
        found.refusals += refusals
        if not refusals:
            found.reworded += _reworded(code, before, question, languages)
    return found


def _questions(document: Document) -> dict[str, Block]:
    return {question["code"]: question for section in document["sections"] for question in section["questions"]}


def _refusals(code: str, before: list[Block], now: Block) -> Iterator[str]:
    newest = before[0]
    if any(question["kind"] != now["kind"] for question in before):
        yield f"{code} is now answered in another way than before. Give the question a new code."
        return
    if newest["demographic"] != now["demographic"]:
        yield f"{code} now stands for another characteristic than before. Give the question a new code."
    if now["kind"] == QuestionKind.NUMBER and _span(newest) != _span(now):
        yield f"The numbers or bands of {code} are others than before, so the figures would not add up. Give it a new code."
    yield from _swapped(code, "answer", _options(before), _options([now]))
    yield from _swapped(code, "row", _rows(before), _rows([now]))
    yield from _option_changes(code, newest, now)


def _option_changes(code: str, before: Block, now: Block) -> Iterator[str]:
    kinds = {option["value"]: option["kind"] for option in before["options"]}
    for option in now["options"]:
        value = option["value"]
        if (kinds.get(value, option["kind"]) == "none") != (option["kind"] == "none"):
            yield f"Answer {value} of {code} did not stand alone before, or does no more. Give it a new number."
    common = {option["value"] for option in now["options"]} & kinds.keys()
    if [value for value in kinds if value in common] != [
        option["value"] for option in now["options"] if option["value"] in common
    ]:
        yield f"The answers of {code} stand in another order than before. Keep their order, or give the question a new code."


def _swapped(
    code: str, what: str, before: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Places that say now what another place said: the sealed numbers would be read the wrong way round."""
    for place, texts in now.items():
        for language, words in texts.items():
            if not words or _is_same(before.get(place, {}).get(language), words):
                continue
            others = [other for other, said in before.items() if other != place and _is_same(said.get(language), words)]
            if others:
                shown = "has the picture" if language == PICTURE else f"says “{words}”, the words"
                yield (
                    f"{what.capitalize()} {place} of {code} {shown} that {what} {others[0]} had before ({language}). Answers "
                    f"that are sealed would mean something else. Give each {what} its old number, or the question a new code."
                )
                return


def _reworded(code: str, before: list[Block], now: Block, languages: list[str]) -> Iterator[Reworded]:
    then, today = _texts(before), _texts([now])
    for what, texts in today.items():
        for language in languages:
            old, new = then.get(what, {}).get(language), texts.get(language)
            if old is None or new is None or _is_same(old, new):
                continue
            yield Reworded(code, what, language, old, new)


def _texts(questions: list[Block]) -> dict[str, dict[str, str]]:
    """Which text -> language -> words, of the first of these questions that has the place."""
    found: dict[str, dict[str, str]] = {}
    for question in questions:
        unit = (question["number"] or {}).get("unit", {})
        for what, texts in (("question", question["text"]), ("help", question["help"]), ("unit", unit)):
            found.setdefault(what, _told(texts))
    found |= {f"answer {place}": texts for place, texts in _options(questions).items()}
    found |= {f"row {place}": texts for place, texts in _rows(questions).items()}
    return found


def _options(questions: list[Block]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for question in questions:
        for option in question["options"]:
            picture = {PICTURE: option["symbol"]} if option["symbol"] else {}
            found.setdefault(str(option["value"]), _told(option["text"]) | picture)
    return found


def _rows(questions: list[Block]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for question in questions:
        for row in question["rows"]:
            found.setdefault(row["key"], _told(row["text"]))
    return found


def _told(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that were written: a language without one shows the English, which is compared already."""
    english = texts.get(ENGLISH, "")
    return {ENGLISH: english} | {language: words for language, words in texts.items() if words != english}


def _span(question: Block) -> tuple[int, int, list[int]]:
    number = question["number"]
    return number["min"], number["max"], list(number["bands"])


def _is_same(one: str | None, other: str) -> bool:
    """Whether only capitals, spaces or the full stop differ."""
    return one is not None and _plain(one) == _plain(other)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")
