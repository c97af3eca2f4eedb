"""Draws answers for made-up pupils from a compiled questionnaire.

Each pupil has one hidden number, *hardship*, that leans every answer a little: so questions go together as they do in
real surveys, and groups differ. What a question's answers look like (rare, even, in the middle) follows from its
pictures, from whether it is sensitive, and from a draw of its own that depends on its code alone, so that two waves can
be compared; the seed moves some questions from one wave to the next. Where the pictures tell which answers are the
harder ones, some questions are harder for girls or for boys, for pupils with free school meals or with special needs:
the views of made-up answers have something to find, in a direction that makes sense.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from ..codes import Missing
from ..questionnaire.enums import OptionKind, QuestionKind
from ..questionnaire.reading import Block, Document, is_asked, questions_for

Answers = dict[str, Any]

SHARES = {
    "sex": (0.48, 0.48),
    "fsm": (0.38, 0.55),
    "send": (0.17, 0.75),
    "young-carer": (0.07, 0.85),
    "care": (0.02, 0.95),
    "gender": (0.48, 0.47),
    "orientation": (0.85, 0.05),
}
"""Roughly how often the first options of a characteristic are picked; the others share the rest."""
HARDER = {"sex": 0.4, "fsm": 0.6, "send": 0.8, "young-carer": 0.8, "care": 0.8}
"""How much hardship the first option of a characteristic adds."""
UNSURE = 0.07
"""The weight of "not sure" beside answers that together weigh about 1."""
DIFFER = ("sex", "fsm", "send")
"""Characteristics for which some questions are harder than their hardship alone makes them."""
GLAD_ROWS = ("happy", "calm")
"""Rows of a grid of feelings that hardship makes rarer."""


@dataclass(frozen=True)
class Habits:
    """How a question is answered: weights of its options, and how hardship leans them."""

    weights: tuple[float, ...]
    lean: float
    skipped: float
    """Share of pupils who leave it out."""
    declined: float
    """Share who prefer not to say."""
    drift: float = 0.0
    """Hardship that this wave adds for everybody."""
    harder: tuple[tuple[str, int, float], ...] = ()
    """Characteristic, value, and the hardship that it adds here."""


class Pupils:
    """Draws pupils of one year group of one school."""

    def __init__(self, document: Document, *, year_group: int, school: str, seed: int) -> None:
        self.questions = [
            (question, _habits_of(question, seed))
            for question in questions_for(document, year_group)
            if question["kind"] != QuestionKind.TEXT
        ]
        self.random = Random(f"{seed}:{school}:{year_group}")  # noqa: S311
        self.level = Random(f"{seed}:{school}").gauss(0, 0.25) + 0.05 * (year_group - 7)  # noqa: S311

    def draw(self, count: int) -> Iterator[Answers]:
        """The answers of so many pupils, as a page would send them."""
        for _number in range(count):
            yield self._one()

    def _one(self) -> Answers:
        hardship = self.random.gauss(self.level, 1)
        answers: Answers = {}
        is_one_of: set[tuple[str, int]] = set()
        for question, habits in self.questions:
            if question["shown_if"] is not None and not is_asked(question, answers):
                continue
            more = sum(more for kind, value, more in habits.harder if (kind, value) in is_one_of)
            value = self._answer(question, habits, hardship + habits.drift + more)
            if value is None:
                continue
            answers[question["code"]] = value
            kind = question["demographic"]
            if kind in DIFFER:
                is_one_of.add((kind, value))
            if kind in HARDER and value == question["options"][0]["value"]:
                hardship += HARDER[kind]
        return answers

    def _answer(self, question: Block, habits: Habits, hardship: float) -> Any:
        chance = self.random.random()
        if chance < habits.skipped:
            return None
        if chance < habits.skipped + habits.declined and question["prefer_not"]:
            return int(Missing.PREFER_NOT_TO_SAY)
        if question["kind"] == QuestionKind.NUMBER:
            return self._number(question["number"], hardship)
        if question["kind"] == QuestionKind.GRID:
            return {
                row["key"]: self._pick(question, habits, -hardship if row["key"] in GLAD_ROWS else hardship)
                for row in question["rows"]
            }
        if question["kind"] == QuestionKind.CHOOSE_ALL:
            return self._several(question, hardship)
        return self._pick(question, habits, hardship)

    def _pick(self, question: Block, habits: Habits, hardship: float) -> int:
        step = math.exp(2 * habits.lean * hardship / max(1, len(habits.weights) - 1))
        leaning, factor = [], 1.0
        for weight in habits.weights:
            leaning.append(weight * factor)
            factor *= step
        return int(self.random.choices(question["options"], leaning)[0]["value"])

    def _several(self, question: Block, hardship: float) -> list[int]:
        alone = [option["value"] for option in question["options"] if option["kind"] == OptionKind.NONE]
        others = [option["value"] for option in question["options"] if option["kind"] != OptionKind.NONE]
        often = 0.35 if not question["sensitive"] else min(0.5, 0.06 * math.exp(0.6 * hardship))
        picked = [value for value in others if self.random.random() < often]
        return picked or alone

    def _number(self, limits: Block, hardship: float) -> int:
        span = limits["max"] - limits["min"]
        middle = limits["min"] + min(span, 8) * (0.55 - 0.08 * hardship)
        drawn = round(self.random.gauss(middle, min(span, 8) / 5 + 0.5))
        return int(max(limits["min"], min(limits["max"], drawn)))


def _habits_of(question: Block, seed: int) -> Habits:
    demographic, is_sensitive = question["demographic"], question["sensitive"]
    symbols = [option["symbol"] for option in question["options"]]
    random = Random(question["code"])  # noqa: S311
    count = len(symbols)
    lean = random.uniform(0.15, 0.7)
    tells = True
    if demographic:
        weights, lean, tells = _shares(demographic, count, random), 0.0, False
    elif symbols and symbols[0].startswith("face_5"):
        weights = [0.32, 0.38, 0.18, 0.09, 0.05]
    elif is_sensitive:
        falling = random.uniform(0.15, 0.45)
        weights = [falling**place for place in range(count)]
    elif symbols and symbols[0].startswith("bar_0"):
        # Nobody can tell from the picture whether "never" is the good answer here.
        weights, tells = [0.18, 0.34, 0.3, 0.18], False
    else:
        weights, tells = [random.uniform(0.3, 1.5) for _place in range(count)], False
        lean *= random.choice((-1, 1))
    weights = (weights + [0.03] * count)[:count]
    if not demographic:
        weights = [UNSURE if symbol == "unsure" else weight for weight, symbol in zip(weights, symbols, strict=True)]
    harder = tuple(_harder(random)) if tells else ()
    if harder:
        lean = max(lean, 0.5)
    return Habits(
        tuple(weights), lean, 0.02, 0.05 if is_sensitive or demographic else 0.015,
        drift=0.0 if demographic else _drift(question["code"], seed), harder=harder,
    )  # fmt: skip


def _harder(random: Random) -> Iterator[tuple[str, int, float]]:
    """For a third of the characteristics: the first option of most, either of the first two of sex."""
    for kind in DIFFER:
        if random.random() < 0.35:
            yield kind, random.choice((1, 2)) if kind == "sex" else 1, random.uniform(0.5, 1.1)


def _drift(code: str, seed: int) -> float:
    """Most questions hardly move from wave to wave; one in six does."""
    random = Random(f"{seed}:{code}")  # noqa: S311
    return random.choice((-1, 1)) * random.uniform(0.4, 0.8) if random.random() < 1 / 6 else random.gauss(0, 0.08)


def _shares(demographic: str, count: int, random: Random) -> list[float]:
    known = list(SHARES.get(demographic, ()))[:count]
    rest = max(0.02, 1 - sum(known))
    others = [random.uniform(0.2, 1) for _place in range(count - len(known))]
    return known + [rest * share / sum(others) for share in others]
