"""What is told about how a release was protected, rounded so that it gives nothing away.

How far figures are from the truth, and how many small counts there are, are worked out from true counts, and the gate does not
attack them. Told exactly, of few percentages, they could leave very few tables that fit. Managers may read no true count either,
so they are told the same.
"""

from collections.abc import Iterable, Mapping
from typing import Any

ENOUGH = 300
"""Fewer percentages, or small counts, than these are not put in numbers."""
STEP = 0.5
"""Errors are told to this many percentage points."""


def costs_told(errors: Iterable[Mapping[str, Any]], *, lowest: int = 0) -> list[dict[str, Any]]:
    """Rows of `Release.report["errors"]` that rest on enough percentages: {"lowest", "highest" (pupils; None: and more),
    "percentages" (two figures), "mean", "p95" (points, to the nearest half)}. `lowest`: leave out groups of fewer pupils."""
    return [
        {
            "lowest": row["lowest"],
            "highest": row["highest"],
            "percentages": two_figures(row["percentages"]),
            "mean": round(row["mean"] / STEP) * STEP,
            "p95": round(row["p95"] / STEP) * STEP,
        }
        for row in errors
        if row["percentages"] >= ENOUGH and row["lowest"] >= lowest
    ]


def gate_told(gate: Mapping[str, Any]) -> dict[str, Any]:
    """{"is_attacked", "is_none": whether no small count could be worked out, "all", "naive": how many there are and how many
    an unprotected release would have given back, in two figures, or None for both}."""
    numbers = [gate.get(name, 0) for name in ("small_counts", "naive_recoverable")]
    every, naive = map(two_figures, numbers) if min(numbers) >= ENOUGH else (None, None)
    return {"is_attacked": bool(gate), "is_none": not gate.get("recoverable"), "all": every, "naive": naive}


def two_figures(number: int) -> int:
    """1234 as 1200."""
    return round(number, 2 - len(str(number)))
