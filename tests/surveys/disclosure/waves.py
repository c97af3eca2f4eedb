"""Made-up waves for the tests of disclosure control: small, random, and nobody's."""

from dataclasses import replace

import numpy as np

from surveys.disclosure import MAIN, Answer, Column, Cube, Plan, Question, QuestionCubes, Wave, tabulate

MISSING = (Answer("no answer", (-1,)), Answer("prefer not to say", (-2,)))
NOT_ASKED = Answer("did not get this question", (-3,))
CHOICE = Question("SLEEP", 0, (Answer("well", (1,)), Answer("badly", (2,)), Answer("it depends", (3,)), *MISSING))
TALKED = Question("TALKED", 1, (Answer("yes", (1,)), Answer("no", (2,)), *MISSING))
HELPED = Question(
    "HELPED",
    2,
    (Answer("it helped", (1,)), Answer("a little", (2,)), Answer("not at all", (3,)), *MISSING, NOT_ASKED),
    parent="TALKED",
    route=("yes",),
    not_asked=NOT_ASKED.key,
)
CLUBS = tuple(
    Question(
        f"CLUBS_{place}",
        place,
        (Answer("picked", (1,)), Answer("not picked", (0,)), *MISSING, NOT_ASKED),
        parent="TALKED",
        route=("yes",),
        not_asked=NOT_ASKED.key,
        together="CLUBS",
        missing=("no answer", "prefer not to say", NOT_ASKED.key),
    )
    for place in (3, 4, 5)
)
PLAN = Plan("school", ("year", "sex"), ("fsm",))


def made_columns(random: np.random.Generator, respondents: int, schools: int) -> dict[str, Column]:
    """Schools of one phase each, three years of a phase, sex with a rare third, free school meals."""
    school = random.integers(0, schools, respondents)
    year = random.integers(0, 2, respondents) + 2 * (school % 2)
    return {
        "school": Column(tuple(f"School {n}" for n in range(schools)), school),
        "year": Column(("4", "5", "8", "10"), year, structural=True),
        "sex": Column(("girl", "boy", "another"), random.choice(3, respondents, p=[0.49, 0.48, 0.03])),
        "fsm": Column(("yes", "no", "not given"), random.choice(3, respondents, p=[0.25, 0.65, 0.1])),
    }


def made_answers(random: np.random.Generator, respondents: int) -> np.ndarray:
    """(respondents, 6): a choice, a question that routes, what is routed after it, and three options of a choose-all."""
    answers = np.empty((respondents, 6), dtype=np.int64)
    answers[:, 0] = random.choice([1, 2, 3, -1, -2], respondents, p=[0.7, 0.15, 0.08, 0.05, 0.02])
    answers[:, 1] = random.choice([1, 2, -1, -2], respondents, p=[0.3, 0.62, 0.05, 0.03])
    asked = answers[:, 1] == 1
    answers[:, 2] = np.where(asked, random.choice([1, 2, 3, -1, -2], respondents, p=[0.4, 0.3, 0.2, 0.06, 0.04]), -3)
    missing = random.choice([0, -1, -2], respondents, p=[0.9, 0.06, 0.04])
    for place in (3, 4, 5):
        picked = np.where(missing < 0, missing, random.integers(0, 2, respondents))
        answers[:, place] = np.where(asked, picked, -3)
    return answers


def made_wave(
    seed: int = 0,
    respondents: int = 700,
    schools: int = 4,
    questions: tuple[Question, ...] = (CHOICE,),
    plan: Plan = PLAN,
    leave_out: int = 0,
) -> Wave:
    """True counts of a made-up wave. `leave_out`: so many of the last respondents are not in it."""
    random = np.random.default_rng(seed)
    columns, answers = made_columns(random, respondents, schools), made_answers(random, respondents)
    stay = slice(0, respondents - leave_out)
    columns = {name: replace(column, codes=column.codes[stay]) for name, column in columns.items()}
    return tabulate(answers[stay], columns, plan, questions)


def with_count(wave: Wave, key: str, cube: str, group: int, answer: int, value: int) -> Wave:
    """A copy with one count of one cube changed."""
    questions = []
    for one in wave.questions:
        cubes = dict(one.cubes)
        if one.question.key == key:
            counts = cubes[cube].counts.copy()
            counts[group, answer] = value
            cubes[cube] = replace(cubes[cube], counts=counts)
        questions.append(QuestionCubes(one.question, cubes))
    return Wave(wave.plan, tuple(questions))


def only_main(wave: Wave) -> Wave:
    """The wave without its linked cubes."""
    return Wave(wave.plan, tuple(QuestionCubes(one.question, {MAIN: one.cubes[MAIN]}) for one in wave.questions))


def cube_of(wave: Wave, key: str, name: str = MAIN) -> Cube:
    """One cube of one question."""
    return wave.of(key).cubes[name]
