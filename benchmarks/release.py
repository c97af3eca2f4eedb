"""`python -m benchmarks.release`: tabulate, protect and attack 100,000 respondents x 100 questions in 120 schools.

Made-up answers: year x sex in the main cube, four linked breakdowns, 2 to 11 answers a question and two kinds of missing, a tenth
of the questions routed. Takes some minutes. BENCH_QUESTIONS, BENCH_RESPONDENTS and BENCH_WORKERS change the size.
"""

import os
import resource
import statistics
import time

import numpy as np

from surveys.disclosure import Answer, Column, Plan, Question, Wave, error_table, gate, protect, protect_each, tabulate

RESPONDENTS = int(os.environ.get("BENCH_RESPONDENTS", "100000"))
QUESTIONS = int(os.environ.get("BENCH_QUESTIONS", "100"))
WORKERS = int(os.environ.get("BENCH_WORKERS", "2"))
SCHOOLS = 120
PLAN = Plan("school", ("year", "sex"), ("fsm", "send", "ethnicity", "orientation"))


def main() -> None:
    """Measure and print; the aims stand beside the figures."""
    columns, answers, questions = made_input(RESPONDENTS, QUESTIONS, SCHOOLS)
    print(
        f"{RESPONDENTS:,} respondents x {QUESTIONS} questions, {SCHOOLS} schools, {WORKERS} processes, {os.cpu_count()} cores"
    )
    wave, times = _median(lambda: tabulate(answers, columns, PLAN, questions), 3)
    cells = sum(cube.counts.size for one in wave.questions for cube in one.cubes.values())
    print(f"tabulate: {times:.2f} s (aim 5), {cells:,} cells")
    _one_core(wave)
    began, spent = time.perf_counter(), _processor()
    release = protect(wave, seed=b"benchmark", workers=WORKERS)
    took = time.perf_counter() - began
    print(
        f"protect, {WORKERS} processes: {took:.1f} s, {took / QUESTIONS:.2f} s a question, {_processor() - spent:.0f} s of CPU"
    )
    for row in error_table(wave, release):
        upper = f"-{row.highest}" if row.highest else "+"
        print(
            f"  groups of {row.lowest}{upper}: mean {row.mean:.2f}, 95 % below {row.p95:.2f} points ({row.percentages:,})"
        )
    began, spent = time.perf_counter(), _processor()
    report = gate(wave, release, workers=WORKERS)
    took = time.perf_counter() - began
    print(f"gate, {WORKERS} processes: {took:.1f} s (aim 60), {_processor() - spent:.0f} s of CPU: {report.summary}")
    print(
        f"  {report.sensitive:,} counts attacked: {report.by_exchange:,} settled by exchange, {report.by_solver:,} programmes solved"
    )
    print(f"  passed: {report.passed}; {len(report.problems)} problems")
    _growth()
    own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory: {own:.0f} MB, and {others:.0f} MB in the largest other process (aim: under 1,500 in all)")


def made_input(respondents: int, number: int, schools: int) -> tuple[dict[str, Column], np.ndarray, list[Question]]:
    """Columns, answers (respondents, number) and questions; three quarters of the schools are primaries with three years."""
    random = np.random.default_rng(2026)
    school = random.integers(0, schools, respondents)
    primary = school % 4 != 0
    year = np.where(primary, random.integers(0, 3, respondents), 3 + random.integers(0, 3, respondents))

    def column(labels: str, shares: list[float]) -> Column:
        return Column(tuple(labels.split()), random.choice(len(shares), respondents, p=shares))

    columns = {
        "school": Column(tuple(f"School {n}" for n in range(schools)), school),
        "year": Column(("4", "5", "6", "8", "10", "12"), year, structural=True),
        "sex": column("girl boy another", [0.49, 0.485, 0.025]),
        "fsm": column("yes no not-given", [0.3, 0.6, 0.1]),
        "send": column("yes no not-given", [0.15, 0.75, 0.1]),
        "ethnicity": column("a b c d e f not-given", [0.4, 0.2, 0.15, 0.1, 0.08, 0.04, 0.03]),
        "orientation": column("a b c d not-given", [0.7, 0.06, 0.03, 0.06, 0.15]),
    }
    answers, questions = np.empty((respondents, number), dtype=np.int64), []
    for place in range(number):
        kinds = 2 + place % 10 if place % 10 else 2
        shares = np.concatenate([random.dirichlet(np.ones(kinds) * random.choice([0.3, 1, 3])) * 0.94, [0.04, 0.02]])
        answers[:, place] = random.choice(np.array([*range(1, kinds + 1), -1, -2]), respondents, p=shares)
        options = [
            *(Answer(str(value), (value,)) for value in range(1, kinds + 1)),
            Answer("none", (-1,)),
            Answer("not said", (-2,)),
        ]
        routed = {}
        if place % 10 == 1:
            answers[answers[:, place - 1] != 1, place] = -3
            options.append(Answer("not asked", (-3,)))
            routed = {"parent": f"Q{place - 1}", "route": ("1",), "not_asked": "not asked"}
        questions.append(Question(f"Q{place}", place, tuple(options), **routed))  # type: ignore[arg-type]
    return columns, answers, questions


def _processor() -> float:
    """Seconds of CPU of this process and of those that have ended: on a busy machine the clock says little."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _median(work, times: int):  # type: ignore[no-untyped-def]
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - began)
    return found, statistics.median(taken)


def _one_core(wave: Wave) -> None:
    """CPU of one process for a sample of families, a question."""
    some = Wave(wave.plan, wave.questions[: min(12, len(wave.questions))])
    taken = []
    began = time.process_time()
    for family in protect_each(some, seed=b"benchmark"):
        taken.append((time.process_time() - began) / len(family))
        began = time.process_time()
    print(f"protect, one core: {statistics.median(taken):.2f} s of CPU a question, at most {max(taken):.2f} (aim 2)")


def _growth() -> None:
    """Half the schools, then all of them, with as many respondents in each: time by cell must not grow."""
    for schools in (SCHOOLS // 4, SCHOOLS // 2, SCHOOLS):
        columns, answers, questions = made_input(RESPONDENTS * schools // SCHOOLS, 4, schools)
        wave = tabulate(answers, columns, PLAN, questions)
        cells = sum(cube.counts.size for one in wave.questions for cube in one.cubes.values())
        began = time.process_time()
        release = protect(wave, seed=1)
        middle = time.process_time()
        gate(wave, release, self_test=False)
        ended = time.process_time()
        protecting, attacking = (1e6 * took / cells for took in (middle - began, ended - middle))
        print(f"  {schools} schools, {cells:,} cells: protect {protecting:.0f} µs of CPU a cell, gate {attacking:.0f}")


if __name__ == "__main__":
    main()
