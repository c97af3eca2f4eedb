"""Questions that must be protected and attacked together, and how each takes its totals from another (rule 8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from .shapes import DisclosureError, Question, QuestionCubes, Wave


@dataclass(frozen=True)
class Link:
    """`head`: the key of the question whose published totals this one takes. `blocks`: (own columns, head's columns): the
    first sum to the second in every group, in truth and as published. Together they cover all columns of both."""

    head: str
    blocks: tuple[tuple[list[int], list[int]], ...]


def families(wave: Wave) -> tuple[tuple[str, ...], ...]:
    """Keys of each question that stands alone, with its routed questions and the other options of its choose-all."""
    questions = [one.question for one in wave.questions]
    top: dict[str, str] = {}
    grouped: dict[str, list[str]] = {}
    for question in questions:
        head = head_of(question, questions)
        top[question.key] = top[head] if head else question.key
        grouped.setdefault(top[question.key], []).append(question.key)
    return tuple(tuple(keys) for keys in grouped.values())


def head_of(question: Question, questions: Sequence[Question]) -> str | None:
    """The question that this one takes its totals from: the first option of its choose-all, else its parent."""
    if question.together is not None:
        first = next(one for one in questions if one.together == question.together)
        if first.key != question.key:
            return first.key
    return question.parent


def link_of(true: QuestionCubes, questions: Sequence[Question]) -> Link | None:
    """How a question hangs on its head; None where it stands alone."""
    question = true.question
    key = head_of(question, questions)
    if key is None:
        return None
    head = next(one for one in questions if one.key == key)
    own, theirs = question.answer_keys, head.answer_keys
    if head.together is not None and head.together == question.together:
        shared = [name for name in own if name in question.missing]
        if set(question.missing) != set(head.missing) or not set(question.missing) <= set(theirs) & set(own):
            raise DisclosureError(
                f"{question.key} and {head.key} are options of one question and need the same missing categories."
            )
        pairs = [([own.index(name)], [theirs.index(name)]) for name in shared]
        rest = (
            [i for i, name in enumerate(own) if name not in shared],
            [i for i, name in enumerate(theirs) if name not in shared],
        )
        return Link(key, (*pairs, rest))
    asked = (
        [i for i, name in enumerate(own) if name != question.not_asked],
        [i for i, name in enumerate(theirs) if name in question.route],
    )
    past = ([own.index(str(question.not_asked))], [i for i, name in enumerate(theirs) if name not in question.route])
    return Link(key, (past, asked))
