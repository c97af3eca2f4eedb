"""The release job: count, round, store, attack what is stored. Nothing is seen before the gate has passed it."""

import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from foundation.audit.services import record

from ...disclosure import DisclosureError, ErrorRow, Problem, Wave, error_table, gate, protect_each
from ...errors import SurveyError, WrongState
from ..counting import count, read_sealed
from ..enums import ReleaseState
from ..items import items_of
from ..models import LedgerEntry, Release
from ..sealed import sealed_rows
from ..states import Act, after
from ..storage import keep_truth, published, store_cells, truth_of
from ..structure import answer_codes, describe

SILENT_FOR = timedelta(minutes=5)
"""A running release that said nothing for so long lost its worker, and may be started again."""
SMALLEST_WAVE = 30
"""Fewer respondents than this show nothing anywhere, so nothing is released (surveys reference, 4.3, rule 5)."""

Say = Callable[[str, int, int], None]


class TakenOver(Exception):
    """A run that was thought dead found that another began."""


def compute_release(*, release: Release, workers: int = 1, say: Say | None = None) -> Release:
    """Count, protect, store, attack what is stored; the release is then ready, or refused and empty.

    Safe to run again after a stop at any point: it begins anew with the same secret seed, so it gives the same cells.
    Nobody sees a cell before `publish_release`.

    Raises:
        SurveyError: somebody else computes it, the plan cannot be counted, or the wave is too small. The state says so too.
    """
    _start(release)
    try:
        passed = _compute(release, workers=workers, say=say)
    except TakenOver as error:
        raise WrongState("Somebody else started this computation again, so this one stopped.") from error
    except (SurveyError, DisclosureError) as error:
        _end(release, Act.FAIL, {"error": str(error)})
        raise error if isinstance(error, SurveyError) else SurveyError(str(error)) from error
    except BaseException:
        _end(release, Act.FAIL, {"error": "The computation was stopped by a fault. It can be started again."})
        raise
    _end(release, Act.LET_THROUGH if passed else Act.REFUSE, release.report)
    return release


def _compute(release: Release, *, workers: int, say: Say | None) -> bool:
    wave = release.wave
    _tell(release, "Reading the sealed answers", 0, 0, say)
    documents = [
        used.version.document
        for used in wave.versions.select_related("version").order_by("pk")
        if used.version.document
    ]
    items = items_of(documents, wave.positions)
    sealed = read_sealed(sealed_rows(wave), positions=len(wave.positions))
    if len(sealed.answers) < SMALLEST_WAVE:
        raise SurveyError(
            f"Fewer than {SMALLEST_WAVE} answers of this wave are sealed. Nothing could be shown of so few, so nothing is released."
        )
    truth, counted = count(sealed, items, crossed_by=release.crossed_by, breakdowns=release.breakdowns)
    structure = describe(
        items=items, counted=counted, wave=truth, crossed_by=release.crossed_by, breakdowns=release.breakdowns
    )
    answers = answer_codes(items=counted, wave=truth)
    earlier = _earlier(release)
    release.structure = structure | {"reach": _store(release, truth, answers, earlier, workers, say)}
    release.save(update_fields=["structure"])
    stored = published(release, truth=truth, answers=answers)
    _tell(release, "Attacking what is stored", 0, len(truth.questions), say)
    found = gate(
        truth,
        stored,
        earlier=earlier,
        workers=workers,
        progress=lambda done, of: _tell(release, "Attacking what is stored", done, of, say),
    )
    release.report = {
        "gate": found.to_dict() | {"problems": _without_truths(found.problems)},
        "errors": [_error_row(row) for row in error_table(truth, stored)],
        "respondents": round(len(sealed.answers) / 5) * 5,
    }
    if found.passed:
        keep_truth(release=release, truth=truth)
    return found.passed


def _store(
    release: Release, truth: Wave, answers: dict[str, dict[str, int]], earlier: list[tuple[Wave, Wave]], workers: int,
    say: Say | None,
) -> dict[str, dict[str, int]]:  # fmt: skip
    """Round and store, a family of questions at a time; how far any count of each cube is from the truth."""
    reach: dict[str, dict[str, int]] = {}
    release.cells.all().delete()
    done = 0
    before = earlier[-1] if earlier else None
    for family in protect_each(truth, seed=bytes(release.seed or b""), workers=workers, earlier=before):
        with transaction.atomic():
            store_cells(release=release, cubes=family, answers=answers)
        reach |= {one.question.key: {name: cube.reach for name, cube in one.cubes.items()} for one in family}
        done += len(family)
        _tell(release, "Rounding in fives", done, len(truth.questions), say)
    return reach


def _earlier(release: Release) -> list[tuple[Wave, Wave]]:
    """(true, published) of everything that was published for this wave before."""
    pairs = []
    for entry in LedgerEntry.objects.filter(wave=release.wave).select_related("release").order_by("pk"):
        truth = truth_of(entry.release)
        if truth is None:
            raise SurveyError(
                "The true counts behind the earlier release are deleted, so nobody could show that a correction is safe."
            )
        pairs.append((truth, published(entry.release, truth=truth, answers=entry.release.structure["answers"])))
    return pairs


def _start(release: Release) -> None:
    with transaction.atomic():
        held = Release.objects.select_for_update().get(pk=release.pk)
        if held.state == ReleaseState.RUNNING and not _is_silent(held):
            raise WrongState("This release is being computed just now. Wait until it is done.")
        held.state = after(held.state, Act.START)
        held.seed = held.seed or secrets.token_bytes(32)
        held.report = {}
        held.progress = {
            "step": "Starting",
            "done": 0,
            "of": 0,
            "at": timezone.now().isoformat(),
            "run": secrets.token_hex(8),
        }
        try:
            with transaction.atomic():
                held.save()
        except IntegrityError as error:
            raise WrongState("Another release of this wave is being computed just now.") from error
        record(action="surveys.release_started", subject=held)
    release.refresh_from_db()


def _end(release: Release, act: Act, report: dict[str, Any]) -> None:
    with transaction.atomic():
        held = Release.objects.select_for_update().get(pk=release.pk)
        held.state = after(held.state, act)
        held.report, held.progress = report, {}
        if act != Act.LET_THROUGH:
            held.cells.all().delete()
        if act == Act.REFUSE:
            # The same seed would give the same cells; nothing was seen, so another may be tried.
            held.seed = None
        held.save(update_fields=["state", "report", "progress", "seed"])
        facts = {"problems": len(report["gate"]["problems"])} if "gate" in report else {}
        record(action=f"surveys.release_{held.state}", subject=held, facts=facts)
    release.refresh_from_db()


def _tell(release: Release, step: str, done: int, of: int, say: Say | None) -> None:
    run = release.progress["run"]
    progress = {"step": step, "done": done, "of": of, "at": timezone.now().isoformat(), "run": run}
    if not Release.objects.filter(pk=release.pk, progress__run=run).update(progress=progress):
        raise TakenOver
    if say:
        say(step, done, of)


def _is_silent(release: Release) -> bool:
    last = parse_datetime(release.progress.get("at", ""))
    return last is None or timezone.now() - last > SILENT_FOR


def _without_truths(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Which tables must be coarser, for the survey manager. The gate itself says which group, which answer and which values
    are left; whoever reads that has worked the count out, so none of it is kept."""
    told = {
        (one.question, one.cube, ", ".join(one.group), one.attacker, f"{one.why.partition(': only ')[0].rstrip('.')}.")
        for one in problems
    }
    return [
        {"question": question, "cube": cube, "group": {"by": columns} if columns else {}, "answer": "", "attacker": who, "why": why}
        for question, cube, columns, who, why in sorted(told)
    ]  # fmt: skip


def _error_row(row: ErrorRow) -> dict[str, Any]:
    return {
        "lowest": row.lowest,
        "highest": row.highest,
        "percentages": row.percentages,
        "mean": round(row.mean, 2) if row.percentages else None,
        "p95": round(row.p95, 2) if row.percentages else None,
    }
