"""No pattern of ours can be made to think for long: each is given long hostile words, made from the pattern itself."""

import ast
import re
import time
from pathlib import Path
from re import _constants as kinds
from re import _parser as parser

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("site", "home", "community", "surveys")
CALLS = {
    "compile",
    "match",
    "fullmatch",
    "search",
    "sub",
    "findall",
    "finditer",
    "split",
    "RegexValidator",
    "re_path",
    "subn",
}
LONG = 4_000
"""Longer than any one-line field; an exponential pattern needs some thirty characters, a cubic one a few hundred."""
SECONDS = 0.5


def patterns_of_ours():
    """(where, pattern) of every pattern that stands in the code as one piece."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and _name(node) in CALLS and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str) and _is_pattern(node):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", first.value, _flags(node)


def _name(node):
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def _is_pattern(node):
    """`re.…`, or one of Django's that take a pattern; not the `split` or `match` of something else."""
    owner = getattr(getattr(node.func, "value", None), "id", "")
    return owner == "re" or _name(node) in {"RegexValidator", "re_path"}


def _flags(node):
    words = ast.unparse(node)
    return sum(getattr(re, name) for name in ("IGNORECASE", "DOTALL", "MULTILINE", "VERBOSE") if f"re.{name}" in words)


def characters_of(pattern, flags):
    """One character for each class and literal of the pattern: what its repeats can be fed with."""
    found = {"a", "1", " ", "<", "-", "."}

    def walk(tokens):
        for kind, value in tokens:
            if kind is kinds.LITERAL:
                found.add(chr(value))
            elif kind is kinds.IN:
                walk(value)
            elif kind is kinds.RANGE:
                found.add(chr(value[0]))
            elif kind is kinds.SUBPATTERN or kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT}:
                walk(value[-1])
            elif kind is kinds.BRANCH:
                for branch in value[1]:
                    walk(branch)
            elif kind in {kinds.ASSERT, kinds.ASSERT_NOT}:
                walk(value[1])

    walk(parser.parse(pattern, flags))
    return sorted(found)


def hostile(pattern, flags):
    """Words of one character, of two by turns, and each with an end that cannot fit, or after a beginning that does."""
    characters = characters_of(pattern, flags)
    literal = re.match(r"[A-Za-z0-9/<\"' #.:-]*", pattern)[0]
    for one in characters:
        yield one * LONG + "\x01"
        yield literal + one * LONG + "\x01"
    for one in characters:
        for other in characters:
            if one < other:
                yield (one + other) * (LONG // 2) + "\x01"


PATTERNS = {f"{where} {pattern[:40]}": (pattern, flags) for where, pattern, flags in patterns_of_ours()}


def test_the_patterns_are_found():
    assert len(PATTERNS) > 60


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_does_not_think_for_long(name):
    pattern, flags = PATTERNS[name]
    compiled = re.compile(pattern, flags)
    for words in hostile(pattern, flags):
        taken = seconds_of(compiled, words)
        # A slow machine is slow for a harmless pattern too.
        assert taken < SECONDS or taken < 10 * a_harmless_pattern(), f"{pattern!r} on {words[:20]!r} x {len(words)}"


def seconds_of(compiled, words):
    """CPU time of all that a pattern finds, in seconds."""
    began = time.process_time()
    for _found in compiled.finditer(words):
        pass
    return time.process_time() - began


def a_harmless_pattern():
    """CPU time, in seconds, of a pattern that looks at the rest of the words from each of their letters, now and here."""
    return seconds_of(re.compile(r"\w+@"), "a" * LONG)


def test_a_bad_pattern_would_be_found():
    began = time.process_time()
    re.search(r"^(a+)+$", "a" * 22 + "\x01")
    assert time.process_time() - began > 0.05
    assert seconds_of(re.compile(r"^(a+)+$"), "a" * 25 + "\x01") > max(SECONDS, 10 * a_harmless_pattern())
    assert any(words.startswith("a" * 30) for words in hostile(r"^(a+)+$", 0))
