"""Looks through every file of the repository for what should never be in one: keys, tokens, passwords in addresses.

`python scripts/scan_secrets.py [FILE…]` ends with 1 and names file and line, never the secret. A line that holds an example on purpose
says so: `not-a-secret`.
"""

import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = re.compile(
    r"\.(png|jpe?g|webp|avif|ico|woff2?|gz|mo|pdf|docx|odt|xlsx|db)$|(^|/)vendor/|^requirements/.*\.txt$"
)
ON_PURPOSE = "not-a-secret"
KINDS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{35}\b"),
    "a token of a forge": re.compile(r"\b(?:gh[pousr]_\w{36,}|github_pat_\w{50,}|glpat-[\w-]{20,})\b"),
    "a token of a chat or mail service": re.compile(r"\bxox[abprs]-[\w-]{10,}|\bSG\.[\w-]{20,}\.[\w-]{20,}"),
    "a token of a sign-in": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "a password in an address": re.compile(
        r"\b[a-z+]{3,20}://[^\s:/@\"'{}$]+:(?!(?i:password)\b)[^\s:/@\"'{}$<]{6,}@"
        r"(?!(?:[\w-]+\.)*example\b|db\b|127\.0\.0\.1)[\w.-]+"
    ),
}
NAMED = re.compile(
    r"""(?i)\b\w*(?:secret_key|api_?key|access_?key|auth_?token|password|passwd)\w*["']?\s*[:=]\s*["']([^"'\s]{16,})["']"""
)
WORDS = re.compile(r"^[a-z]+(?:[-_. ][a-z0-9]+)+$|^[\w.]+\.[\w.]+$", re.IGNORECASE)
"""Words with hyphens and dotted names are what people write in examples and settings, not what a machine drew."""
BITS = 3.6


def main(given: list[str]) -> int:
    """0 where nothing was found."""
    paths = [Path(name) for name in given] or list(files_of_the_repository())
    found = [line for path in paths for line in scan(path)]
    for line in found:
        print(line)
    if found:
        print(
            f"\nA secret in a file is known to everybody who has it: change it first. An example says “{ON_PURPOSE}” on its line."
        )
    return 1 if found else 0


def files_of_the_repository() -> Iterator[Path]:
    """What is in the index, and what would be added to it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in sorted(set(listed.splitlines())):
        if not LEFT_OUT.search(name) and (ROOT / name).is_file():
            yield ROOT / name


def scan(path: Path) -> Iterator[str]:
    """`file:line: what it looks like`, without the secret."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (UnicodeDecodeError, FileNotFoundError):
        return
    for number, line in enumerate(lines, start=1):
        if ON_PURPOSE not in line:
            yield from (f"{path}:{number}: looks like {kind}" for kind in kinds_in(line[:2_000]))


def kinds_in(line: str) -> Iterable[str]:
    """What this line seems to hold."""
    found = [kind for kind, pattern in KINDS.items() if pattern.search(line)]
    for value in NAMED.findall(line):
        if entropy(value) >= BITS and not WORDS.match(value) and "{" not in value and "(" not in value:
            found.append("a secret that a machine drew")
    return found


def entropy(value: str) -> float:
    """Bits a character: what a machine drew at random has more than what a person typed."""
    return -sum(count / len(value) * math.log2(count / len(value)) for count in Counter(value).values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
