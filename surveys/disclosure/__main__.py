"""`python -m surveys.disclosure`: protect a file of cells, or attack what was published, without the site.

    python -m surveys.disclosure protect CELLS.csv OUT.csv [--seed N] [--margins "school,year; school"]
    python -m surveys.disclosure attack CELLS.csv OUT.csv [--margins …]

CELLS.csv holds any number of group columns (the first is the area), then `answer` and `count`. Ends with 0 if all is well, 1 if
the gate would stop the release, 2 if a file or an option is wrong.
"""

import argparse
import json
import secrets
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from .cellfile import as_wave, counts_in_order, read_cells, write_cells
from .gate import gate
from .learned import insider_bounds, outsider_bounds, values_left
from .protect import protect
from .shapes import MAIN, REACH, Cube, DisclosureError, QuestionCubes, Wave


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "protect":
            return _protect(options.cells, options.out, options.seed, options.margins)
        return _attack(options.cells, options.out, options.margins)
    except DisclosureError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m surveys.disclosure", description="Disclosure control for tables of counts."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    protecting = commands.add_parser("protect", help="write the same rows with protected counts")
    attacking = commands.add_parser("attack", help="print what an outsider and an insider learn, as JSON")
    for command in (protecting, attacking):
        command.add_argument("cells", type=Path, help="true counts: group columns, then answer, count")
        command.add_argument("out", type=Path, help="published counts: the same rows")
        command.add_argument(
            "--margins", help='declared tables, such as "school,year; school"; all of them if left out'
        )
    protecting.add_argument(
        "--seed", type=int, help="makes the result repeatable; keep it secret. Left out: a random one"
    )
    return parser


def _protect(cells_path: Path, out_path: Path, seed: int | None, margins: str | None) -> int:
    cells = read_cells(cells_path)
    wave = as_wave(cells, margins)
    release = protect(wave, seed=secrets.token_bytes(32) if seed is None else seed)
    question = release.questions[0]
    write_cells(out_path, cells, counts_in_order(cells, question.cubes[MAIN], question.question.answer_keys))
    return 0


def _attack(cells_path: Path, out_path: Path, margins: str | None) -> int:
    cells, shown = read_cells(cells_path), read_cells(out_path)
    if cells.columns != shown.columns or set(cells.rows) != set(shown.rows):
        raise DisclosureError(f"{out_path} does not have the rows of {cells_path}.")
    wave = as_wave(cells, margins)
    true = wave.questions[0]
    order = {row: place for place, row in enumerate(shown.rows)}
    in_order = replace(cells, counts=shown.counts[[order[row] for row in cells.rows]])
    published = Cube(
        true.cubes[MAIN].crossing, as_wave(in_order).questions[0].cubes[MAIN].counts, REACH, true.cubes[MAIN].absent
    )
    release = Wave(wave.plan, (QuestionCubes(true.question, {MAIN: published}),))
    report = gate(wave, release)
    truth = true.cubes[MAIN].counts
    learned: dict[str, Any] = {
        "outsider": values_left(truth, *outsider_bounds(published), knows_sizes=False),
        "insider": values_left(truth, *insider_bounds(published, truth.sum(axis=1)), knows_sizes=True),
    }
    found = {
        "passed": report.passed,
        "summary": report.summary,
        "possible values of small counts": learned,
        **{key: value for key, value in report.to_dict().items() if key not in {"passed", "summary"}},
    }
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False, default=np.ndarray.tolist) + "\n")
    return 0 if report.passed else 1


if __name__ == "__main__":
    sys.exit(main())
