"""Compares the locked requirements with known weaknesses, from a file, so that it needs no internet where it runs.

    python scripts/audit_dependencies.py REPORT.json [requirements/base.txt]

REPORT.json is what `pip-audit -f json` printed somewhere with access, or advisories of osv.dev: one, a list, or {"vulns": […]}
(https://ossf.github.io/osv-schema/). Ends with 1 where a locked version is affected, with 2 where the report cannot be
read, is empty, or is older than a month. A weakness that was looked at and does not touch this site is named in
`scripts/accepted_weaknesses.txt` with a reason.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
ACCEPTED = ROOT / "scripts" / "accepted_weaknesses.txt"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
OLDEST_SECONDS = 31 * 86_400


@dataclass(frozen=True)
class Weakness:
    """A known weakness of a version that is locked here."""

    package: str
    version: str
    ids: frozenset[str]
    mended_in: str


class CannotRead(Exception):
    """The report is no report that we know."""


def main(given: list[str]) -> int:
    """See the top of this file."""
    if not given:
        print(__doc__)
        return 2
    report, lock = Path(given[0]), Path(given[1]) if len(given) > 1 else ROOT / "requirements" / "base.txt"
    locked = locked_in(lock.read_text())
    try:
        found = list(weaknesses(read(report), locked))
    except CannotRead as error:
        print(f"{report}: {error}")
        return 2
    accepted = accepted_ids()
    open_ones = [each for each in found if not each.ids & accepted]
    for each in sorted(open_ones, key=lambda each: each.package):
        mended = f"mended in {each.mended_in}" if each.mended_in else "no version mends it yet"
        print(f"{each.package} {each.version}: {', '.join(sorted(each.ids))}, {mended}")
    print(
        f"{len(locked)} locked packages, {len(open_ones)} weaknesses, {len(found) - len(open_ones)} more looked at and accepted."
    )
    return 1 if open_ones else 0


def read(path: Path) -> Any:
    """The report. An empty or old one would be a false comfort."""
    try:
        if time.time() - path.stat().st_mtime > OLDEST_SECONDS:
            raise CannotRead("older than a month. Fetch it anew.")
        report = json.loads(path.read_text())
    except OSError as error:
        raise CannotRead(error.strerror or "cannot be read") from error
    except ValueError as error:
        raise CannotRead("no JSON") from error
    if not report:
        raise CannotRead("empty: nothing was audited")
    return report


def locked_in(text: str) -> dict[str, set[str]]:
    """Package → versions of a locked file of requirements. Several, where a version is for some Pythons alone."""
    found: dict[str, set[str]] = {}
    for name, version in LOCKED.findall(text):
        found.setdefault(tidy(name), set()).add(version)
    return found


def weaknesses(report: Any, locked: dict[str, set[str]]) -> Iterator[Weakness]:
    """Those that touch a locked version, whichever of the two forms the report has."""
    if isinstance(report, dict) and "dependencies" in report:
        if not any("vulns" in each for each in report["dependencies"]):
            raise CannotRead("pip-audit audited nothing (was the advisory service out of reach?)")
        yield from _of_pip_audit(report["dependencies"], locked)
        return
    advisories = report.get("vulns", [report]) if isinstance(report, dict) else report
    if not isinstance(advisories, list) or not all(
        isinstance(each, dict) and "affected" in each for each in advisories
    ):
        raise CannotRead("neither a report of pip-audit nor advisories of osv.dev")
    for advisory in advisories:
        yield from _of_osv(advisory, locked)


def _of_pip_audit(dependencies: list[dict[str, Any]], locked: dict[str, set[str]]) -> Iterator[Weakness]:
    for each in dependencies:
        name, version = tidy(each["name"]), each.get("version", "")
        for weakness in each.get("vulns", []) if version in locked.get(name, ()) else []:
            ids = frozenset([weakness["id"], *weakness.get("aliases", [])])
            yield Weakness(name, version, ids, ", ".join(weakness.get("fix_versions", [])))


def _of_osv(advisory: dict[str, Any], locked: dict[str, set[str]]) -> Iterator[Weakness]:
    if advisory.get("withdrawn"):
        return
    for affected in advisory["affected"]:
        package = affected.get("package", {})
        name = tidy(package.get("name", ""))
        if package.get("ecosystem") != "PyPI" or name not in locked:
            continue
        mended = [
            event["fixed"]
            for span in affected.get("ranges", [])
            for event in span.get("events", [])
            if "fixed" in event
        ]
        ids = frozenset([advisory["id"], *advisory.get("aliases", [])])
        for version in sorted(locked[name]):
            if _touches(affected, version):
                yield Weakness(name, version, ids, ", ".join(mended))


def _touches(affected: dict[str, Any], version: str) -> bool:
    """Whether the version is listed, or lies in a range: from an `introduced` up to the next `fixed` or `last_affected`."""
    if version in affected.get("versions", []):
        return True
    here = Version(version)
    for span in affected.get("ranges", []):
        if span.get("type") != "ECOSYSTEM":
            continue
        is_in = False
        for event in span.get("events", []):
            kind, text = next(iter(event.items()))
            try:
                there = Version("0" if text == "0" else text)
            except InvalidVersion:
                continue
            if kind == "introduced" and here >= there:
                is_in = True
            elif (kind == "fixed" and here >= there) or (kind == "last_affected" and here > there):
                is_in = False
        if is_in:
            return True
    return False


def accepted_ids() -> set[str]:
    """Numbers of weaknesses that were looked at, one a line, each with its reason after it."""
    if not ACCEPTED.exists():
        return set()
    lines = [
        line.split(maxsplit=1)
        for line in ACCEPTED.read_text().splitlines()
        if line.strip() and not line.startswith("#")
    ]
    if any(len(line) < 2 for line in lines):
        raise SystemExit(f"{ACCEPTED}: each number needs a reason after it.")
    return {number for number, _reason in lines}


def tidy(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
