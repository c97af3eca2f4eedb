"""True counts of a wave as encrypted bytes, for the gates of later releases; and published counts as rows of cells."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from ..collection.stores import sealer
from ..disclosure import MAIN, Answer, Crossing, Cube, Plan, Question, QuestionCubes, Wave
from ..errors import SurveyError
from ..secrecy import decrypt, encrypt
from .counting import NO_SCHOOL
from .models import Release, ReleaseCell, ReleaseTruth

PURPOSE = "true counts"
BATCH = 5_000


def keep_truth(*, release: Release, truth: Wave) -> None:
    """Store the true counts, compressed and encrypted."""
    plain = zlib.compress(json.dumps(_as_plain(truth), separators=(",", ":")).encode(), 6)
    sealed = encrypt(plain, purpose=PURPOSE)
    ReleaseTruth.objects.using(sealer()).update_or_create(release_id=release.pk, defaults={"sealed": sealed})


def truth_of(release: Release) -> Wave | None:
    """The true counts behind a release; None once they were deleted with the sealed rows."""
    kept = ReleaseTruth.objects.using(sealer()).filter(release_id=release.pk).first()
    if kept is None:
        return None
    return _from_plain(json.loads(zlib.decompress(decrypt(kept.sealed, purpose=PURPOSE))))


def store_cells(*, release: Release, cubes: Iterable[QuestionCubes], answers: dict[str, dict[str, int]]) -> int:
    """Write the cells of some questions; how many. `answers`: item key -> answer key -> `ReleaseCell.answer`."""
    written = 0
    batch: list[ReleaseCell] = []
    for cell in _cells(release, cubes, answers):
        batch.append(cell)
        if len(batch) == BATCH:
            written += len(ReleaseCell.objects.bulk_create(batch))
            batch = []
    return written + len(ReleaseCell.objects.bulk_create(batch))


def published(release: Release, *, truth: Wave, answers: dict[str, dict[str, int]]) -> Wave:
    """What is stored, in the shapes of `truth`: so the gate attacks the rows themselves, not what was meant to be stored."""
    places = {
        (cubes.question.key, name): {group: place for place, group in enumerate(_groups(cube.crossing))}
        for cubes in truth.questions
        for name, cube in cubes.cubes.items()
    }
    columns = {
        key: {code: place for place, code in enumerate(answers[key][answer.key] for answer in cubes.question.answers)}
        for cubes in truth.questions
        for key in [cubes.question.key]
    }
    counts = {
        (cubes.question.key, name): np.zeros_like(cube.counts)
        for cubes in truth.questions
        for name, cube in cubes.cubes.items()
    }
    rows = release.cells.values_list("item", "cube", "school_id", "year_group", "group", "answer", "value")
    for item, cube, school, year, group, answer, value in rows.iterator(chunk_size=10_000):
        place = places[item, cube][school, year, group], columns[item][answer]
        if counts[item, cube][place]:
            raise SurveyError("A count is stored twice, so sums would be wrong. Compute this release again.")
        counts[item, cube][place] = value
    reach = release.structure.get("reach", {})
    return Wave(
        truth.plan,
        tuple(
            QuestionCubes(
                cubes.question,
                {
                    name: Cube(
                        cube.crossing,
                        counts[cubes.question.key, name],
                        **({"reach": reach[cubes.question.key][name]} if cubes.question.key in reach else {}),
                    )
                    for name, cube in cubes.cubes.items()
                },
            )
            for cubes in truth.questions
        ),
    )


def digest_of(release: Release) -> str:
    """SHA-256 over the cells in a fixed order: two digests differ when a cell does."""
    digest = hashlib.sha256()
    names = ("item", "cube", "school_id", "year_group", "group", "answer", "value")
    rows = release.cells.order_by("item", "cube", "school_id", "year_group", "group", "answer").values_list(*names)
    for row in sorted(rows, key=repr):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _cells(
    release: Release, cubes: Iterable[QuestionCubes], answers: dict[str, dict[str, int]]
) -> Iterator[ReleaseCell]:
    for one in cubes:
        codes = [answers[one.question.key][answer.key] for answer in one.question.answers]
        for name, cube in one.cubes.items():
            groups = _groups(cube.crossing)
            for group, place in zip(*np.nonzero(cube.counts), strict=True):
                school, year, crossed = groups[group]
                yield ReleaseCell(
                    release=release,
                    cube=name,
                    item=one.question.key,
                    school_id=school,
                    year_group=year,
                    group=crossed,
                    answer=codes[place],
                    value=int(cube.counts[group, place]),
                )


def _groups(crossing: Crossing) -> list[tuple[int | None, int | None, int | None]]:
    """(school, year group, other group) of each group of a crossing, as the cells hold them."""
    named = []
    for group in range(len(crossing)):
        words = crossing.name_of(group)
        school = words.pop("school")
        year = words.pop("year", None)
        other = next(iter(words.values()), None)
        named.append(
            (
                None if school == NO_SCHOOL else int(school),
                None if year is None else int(year),
                None if other is None else int(other),
            )
        )
    return named


def _as_plain(wave: Wave) -> dict[str, Any]:
    crossings: dict[str, Any] = {}
    for one in wave.questions:
        for name, cube in one.cubes.items():
            crossings.setdefault(
                name,
                {
                    "columns": cube.crossing.columns,
                    "labels": cube.crossing.labels,
                    "codes": cube.crossing.codes.tolist(),
                },
            )
    return {
        "plan": asdict(wave.plan),
        "crossings": crossings,
        "questions": [
            {
                "question": {**asdict(one.question), "only": dict(one.question.only)},
                "cubes": {name: cube.counts.tolist() for name, cube in one.cubes.items()},
            }
            for one in wave.questions
        ],
    }


def _from_plain(plain: dict[str, Any]) -> Wave:
    crossings = {
        name: Crossing(
            tuple(kept["columns"]), tuple(map(tuple, kept["labels"])), np.array(kept["codes"], dtype=np.int64)
        )
        for name, kept in plain["crossings"].items()
    }
    plan = plain["plan"]
    margins = plan["margins"]
    return Wave(
        Plan(
            area=plan["area"],
            inner=tuple(plan["inner"]),
            breakdowns=tuple(plan["breakdowns"]),
            margins=None if margins is None else tuple(map(tuple, margins)),
        ),
        tuple(
            QuestionCubes(
                _question(kept["question"]),
                {
                    name: Cube(crossings[name], np.array(counts, dtype=np.int64))
                    for name, counts in kept["cubes"].items()
                },
            )
            for kept in plain["questions"]
        ),
    )


def _question(kept: dict[str, Any]) -> Question:
    answers = tuple(Answer(answer["key"], tuple(answer["codes"])) for answer in kept["answers"])
    bare = Question(key=kept["key"], position=kept["position"], answers=answers)
    return replace(
        bare,
        parent=kept["parent"],
        route=tuple(kept["route"]),
        not_asked=kept["not_asked"],
        together=kept["together"],
        missing=tuple(kept["missing"]),
        only={name: tuple(labels) for name, labels in kept["only"].items()},
    )


__all__ = ["MAIN", "digest_of", "keep_truth", "published", "store_cells", "truth_of"]
