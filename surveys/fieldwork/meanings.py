"""Whether a corrected version still means what was sealed before it.

A sealed row holds small numbers at places that belong to the wave. What a number says stands in the questionnaire alone, so a
correction that gave option 2 the words of option 1 would turn round every answer that is sealed already, and nobody would
see it. Figures join answers by the code of their question, of both phases and of one wave after the other, so all versions
that were ever asked count. Such a change is refused. Other words for the same place are shown to the manager, who says that
they mean the same. Pure: it looks at compiled questionnaires alone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ..questionnaire.enums import QuestionKind
from ..questionnaire.reading import Block, Document

ENGLISH = "en"
PICTURE = "picture"
"""Stands where a language stands, for what a child who cannot read goes by."""

Texts = dict[str, dict[str, str]]
"""Place -> language -> words."""
Places = Callable[[list[Block]], Texts]


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


def compare(earlier: Sequence[Document], now: Document, *, elsewhere: Sequence[Sequence[Document]] = ()) -> Comparison:
    """Compare with every version that this wave asked this phase, the newest first: an answer sealed under any of them must
    keep its meaning. Words are compared with what a place said last.

    Args:
        elsewhere: versions whose answers are joined to these by the code of the question, a list for each source (the other
            phase, each phase of each earlier wave), the newest first. No source answers for another: both phases may have
            been turned round together. Words are compared with this phase's own first: they may suit the age of who is asked.
    """
    found = Comparison()
    languages = [*now["languages"], PICTURE]
    sources = [[_questions(document) for document in source] for source in (earlier, *elsewhere)]
    for code, question in _questions(now).items():
        asked = [[version[code] for version in source if code in version] for source in sources]
        if not any(asked):
            continue
        refusals = list(_refusals(code, asked, question))
        found.refusals += refusals
        if not refusals:
            found.reworded += _reworded(code, list(chain.from_iterable(asked)), question, languages)
    return found


def _questions(document: Document) -> dict[str, Block]:
    return {question["code"]: question for section in document["sections"] for question in section["questions"]}


def _refusals(code: str, asked: list[list[Block]], now: Block) -> Iterator[str]:
    """`asked`: as this phase asked it in this wave, then each source that it is joined with."""
    here, everywhere = asked[0], list(chain.from_iterable(asked))
    if any(question["kind"] != now["kind"] for question in everywhere):
        yield f"{code} is now answered in another way than before. Give the question a new code."
        return
    if any(question["demographic"] != now["demographic"] for question in everywhere):
        yield f"{code} now stands for another characteristic than before. Give the question a new code."
    if now["kind"] == QuestionKind.NUMBER and any(_span(question) != _span(now) for question in everywhere):
        yield f"The numbers or bands of {code} are others than before, so the figures would not add up. Give it a new code."
    yield from _swapped(code, "answer", asked, now, _options)
    yield from _swapped(code, "row", asked, now, _rows)
    if here:
        yield from _option_changes(code, here[0], now)


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


def _swapped(code: str, what: str, asked: list[list[Block]], now: Block, places: Places) -> Iterator[str]:
    """Places that say now what another place said in any version: the sealed numbers would be read the wrong way round. What a
    place said last in a source may stay, for that source alone."""
    for source in filter(None, asked):
        newest, versions = places(source), [places([question]) for question in source]
        for place, language, words in _each(places([now])):
            if _is_same(newest.get(place, {}).get(language), words):
                continue
            other = _said_elsewhere(versions, place, language, words)
            if other is not None:
                shown = "has the picture" if language == PICTURE else f"says “{words}”, the words"
                yield (
                    f"{what.capitalize()} {place} of {code} {shown} that {what} {other} had before ({language}). Answers "
                    f"that are sealed would mean something else. Give each {what} its old number, or the question a new code."
                )
                return


def _each(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """(place, language, words), without empty ones."""
    return ((place, language, words) for place, said in texts.items() for language, words in said.items() if words)


def _said_elsewhere(versions: Iterable[Texts], place: str, language: str, words: str) -> str | None:
    """The first other place that had these words in one of the versions."""
    for version in versions:
        for other, texts in version.items():
            if other != place and _is_same(texts.get(language), words):
                return other
    return None


def _reworded(code: str, before: list[Block], now: Block, languages: list[str]) -> Iterator[Reworded]:
    then, today = _texts(before), _texts([now])
    for what, texts in today.items():
        for language in languages:
            old, new = then.get(what, {}).get(language), texts.get(language)
            if old is None or new is None or _is_same(old, new):
                continue
            yield Reworded(code, what, language, old, new)


def _texts(questions: list[Block]) -> Texts:
    """Which text -> language -> words, of the first of these questions that has the place."""
    found: Texts = {}
    for question in questions:
        unit = (question["number"] or {}).get("unit", {})
        for what, texts in (("question", question["text"]), ("help", question["help"]), ("unit", unit)):
            found.setdefault(what, _told(texts))
    found |= {f"answer {place}": texts for place, texts in _options(questions).items()}
    found |= {f"row {place}": texts for place, texts in _rows(questions).items()}
    return found


def _options(questions: list[Block]) -> Texts:
    found: Texts = {}
    for question in questions:
        for option in question["options"]:
            picture = {PICTURE: option["symbol"]} if option["symbol"] else {}
            found.setdefault(str(option["value"]), _told(option["text"]) | picture)
    return found


def _rows(questions: list[Block]) -> Texts:
    found: Texts = {}
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
