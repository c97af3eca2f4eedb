"""The release job: count, round, store, attack what is stored. Nothing is seen before the gate has passed it."""

import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from foundation.audit.services import record

from ...collection.services import finish_wave, is_finished
from ...disclosure import (
    DisclosureError,
    ErrorRow,
    GateReport,
    Problem,
    Wave,
    error_table,
    families,
    gate,
    protect_each,
    unsafe,
)
from ...errors import SurveyError, WrongState
from ..counting import count, read_sealed
from ..enums import ReleaseState
from ..items import items_of
from ..models import LedgerEntry, Release
from ..origin import origin_of
from ..sealed import sealed_rows
from ..states import Act, after
from ..storage import digest_of, keep_truth, published, store_cells, truth_of
from ..structure import answer_codes, describe
from ..worked_out import work_out

SILENT_FOR = timedelta(minutes=5)
"""A running release that said nothing for so long lost its worker, and may be started again."""
SMALLEST_WAVE = 30
"""Fewer respondents than this show nothing anywhere, so nothing is released (surveys reference, 4.3, rule 5)."""
ATTEMPTS = 4
"""How often a family of questions is rounded before the gate's refusal stands. One rounding in some hundred families does not
pass, so whole releases of many questions would hardly ever: only what did not pass is rounded again, from the same seed."""
FEW = 0.2
"""Where more than this share of all families does not pass, the plan is at fault, not the luck of a rounding."""

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
        _end(release, Act.LET_THROUGH if passed else Act.REFUSE, release.report)
    except TakenOver as error:
        raise WrongState("Somebody else started this computation again, so this one stopped.") from error
    except (SurveyError, DisclosureError) as error:
        _fail(release, str(error))
        raise error if isinstance(error, SurveyError) else SurveyError(str(error)) from error
    except BaseException:
        _fail(release, "The computation was stopped by a fault. It can be started again.")
        raise
    return release


def _compute(release: Release, *, workers: int, say: Say | None) -> bool:
    wave = release.wave
    if not is_finished(wave):
        # The web closes a wave and may read no answer; whoever computes need not wait for the chore that finishes it.
        _tell(release, "Sealing what the last lessons left", 0, 0, say)
        finish_wave(wave=wave)
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
    release.structure = structure | {"origin": origin_of(wave), "reach": {}}
    found, stored = _round_and_attack(release, truth, answers, workers, say)
    release.report = {
        "gate": found.to_dict() | {"problems": _without_truths(found.problems)},
        "errors": [_error_row(row) for row in error_table(truth, stored)],
        "respondents": round(len(sealed.answers) / 5) * 5,
    }
    if found.passed:
        keep_truth(release=release, truth=truth)
        _tell(release, "Noting what stands out", 0, 0, say)
        release.report |= {name: work(release) for name, work in work_out.items()}
    return found.passed


def _round_and_attack(
    release: Release, truth: Wave, answers: dict[str, dict[str, int]], workers: int, say: Say | None
) -> tuple[GateReport, Wave]:
    """Round and store all, attack what is stored, and do both again for the few families that did not pass: what the gate
    found, and what is stored at the end."""
    earlier = _earlier(release)
    wanted, attempt = truth, 0
    whole: GateReport | None = None
    while True:
        attempt += 1
        _store(release, wanted, answers, earlier, workers, say, attempt)
        stored = published(release, truth=truth, answers=answers)
        _tell(release, "Attacking what is stored", 0, len(wanted.questions), say)
        found = gate(
            wanted,
            Wave(stored.plan, tuple(stored.of(one.question.key) for one in wanted.questions)),
            earlier=earlier,
            workers=workers,
            progress=lambda done, of: _tell(release, "Attacking what is stored", done, of, say),
            self_test=whole is None,
        )
        whole = found if whole is None else whole.then(found, families=len(families(wanted)))
        wanted = unsafe(truth, found)
        too_many = found.truncated or len(families(wanted)) > max(1, FEW * len(families(truth)))
        if found.passed or too_many or attempt == ATTEMPTS:
            return whole, stored


def _store(
    release: Release, truth: Wave, answers: dict[str, dict[str, int]], earlier: list[tuple[Wave, Wave]], workers: int,
    say: Say | None, attempt: int,
) -> None:  # fmt: skip
    """Round and store these questions, a family at a time, and note how far any count of each cube is from the truth."""
    reach: dict[str, dict[str, int]] = {}
    keys = [one.question.key for one in truth.questions]
    with transaction.atomic():
        _hold(release)
        (release.cells.all() if attempt == 1 else release.cells.filter(item__in=keys)).delete()
    done = 0
    before = earlier[-1] if earlier else None
    seed = bytes(release.seed or b"")
    for family in protect_each(truth, seed=seed, workers=workers, earlier=before, attempt=attempt):
        with transaction.atomic():
            _hold(release)
            store_cells(release=release, cubes=family, answers=answers)
        reach |= {one.question.key: {name: cube.reach for name, cube in one.cubes.items()} for one in family}
        done += len(family)
        _tell(release, "Rounding in fives", done, len(truth.questions), say)
    release.structure["reach"] |= reach
    release.save(update_fields=["structure"])


def _earlier(release: Release) -> list[tuple[Wave, Wave]]:
    """(true, published) of everything that was published for this wave before."""
    pairs = []
    for entry in LedgerEntry.objects.filter(wave=release.wave).select_related("release").order_by("pk"):
        truth = truth_of(entry.release)
        if truth is None:
            raise SurveyError(
                "The true counts behind the earlier release are deleted, so nobody could show that a correction is safe."
            )
        if digest_of(entry.release) != entry.digest:
            raise SurveyError(
                f"The cells of release {entry.release.number} are not those that were published, so the gate would attack "
                "other figures than people have seen. Restore them from a backup first."
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


def _fail(release: Release, why: str) -> None:
    with suppress(TakenOver):  # Then it is the other run's to end.
        _end(release, Act.FAIL, {"error": why})


def _hold(release: Release) -> None:
    """Lock the release for the rest of the transaction. A run that slept while another began must not write: two runs give
    the same cells, so they would all be there twice.

    Raises:
        TakenOver: another run began.
    """
    ours = Release.objects.filter(pk=release.pk, state=ReleaseState.RUNNING, progress__run=release.progress["run"])
    if not ours.update(state=ReleaseState.RUNNING):
        raise TakenOver


def _end(release: Release, act: Act, report: dict[str, Any]) -> None:
    with transaction.atomic():
        _hold(release)
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
