"""What a survey manager can do about a release that the gate refused, in one or two sentences."""

from .models import Release


def advice_on(release: Release) -> str:
    """Which part of the plan to leave out; a correction must keep all of it (`services.planning`)."""
    if release.number > 1:
        return (
            "Compute it again: it is rounded anew, and may pass. A correction has the same tables as what is out, so the plan "
            "stays as it is; until a correction passes, the released figures stay."
        )
    found = release.report.get("gate", {}).get("problems", [])
    named = [code for code in release.breakdowns if any(one["cube"] == code for one in found)]
    if found and all(one["cube"] in named for one in found):
        these = " and ".join(named) if len(named) < 3 else f"{', '.join(named[:-1])} and {named[-1]}"
        return (
            f"Every problem is in the breakdown by {these}. Without it the rest can be released: change the plan and untick "
            f"{'it' if len(named) == 1 else 'them'}. The same plan can also be computed again: it is rounded anew, and may pass."
        )
    if release.crossed_by:
        return (
            f"Compute it again: it is rounded anew, and may pass. If it does not, use a coarser plan: year group alone instead of "
            f"year group and {release.crossed_by}, or fewer breakdowns."
        )
    return "Compute it again: it is rounded anew, and may pass. If it does not, use fewer breakdowns."
