"""Writes the list of components (SBOM, CycloneDX 1.5): every locked package with its hashes, and every vendored file.

    python scripts/list_components.py > components.json

From the files of the repository alone: it needs no network, and the same files give the same bytes.
"""

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "base.txt"
VENDORED = ROOT / "site" / "static" / "vendor" / "VENDOR.json"
PROJECT = ROOT / "pyproject.toml"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)((?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def main() -> int:
    """Print it."""
    json.dump(components(), sys.stdout, indent=1, sort_keys=True)
    print()
    return 0


def components() -> dict[str, Any]:
    """The whole list."""
    listed = [*packages(LOCK.read_text()), *vendored(json.loads(VENDORED.read_text()))]
    project = tomllib.loads(PROJECT.read_text())["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        # From the content, so that two lists of the same components are the same.
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(listed, sort_keys=True))}",
        "metadata": {
            "component": {
                "type": "application",
                "name": project["name"],
                "version": project["version"],
                "bom-ref": project["name"],
            }
        },
        "components": listed,
    }


def packages(lock: str) -> Iterator[dict[str, Any]]:
    """Of a locked file of requirements. One package has a hash for each of its files."""
    for name, version, rest in LOCKED.findall(lock):
        address = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"
        yield {
            "type": "library",
            "name": name,
            "version": version,
            "purl": address,
            "bom-ref": address,
            "hashes": [{"alg": "SHA-256", "content": found} for found in HASH.findall(rest)],
        }


def vendored(listed: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Of the packages whose files stand in the repository and are served from it."""
    for name, facts in sorted(listed["packages"].items()):
        address = f"pkg:npm/{name}@{facts['version']}"
        yield {
            "type": "library",
            "name": name,
            "version": facts["version"],
            "purl": address,
            "bom-ref": address,
            "licenses": [{"license": {"id": facts["licence"]}}],
        }


if __name__ == "__main__":
    sys.exit(main())
