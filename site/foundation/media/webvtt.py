"""Captions as WebVTT, checked by reading them (W3C WebVTT, section 4)."""

import re
from html import escape, unescape
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from .content import Refused

MAX_BYTES = 1024 * 1024

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?$")
_MARKUP = re.compile(r"<(?!/?(?:c|i|b|u|v|ruby|rt|lang)(?:[.\s>])|\d)", re.IGNORECASE)


def check_captions(file: IO[bytes]) -> int:
    """See that a file is WebVTT with times in order; answers how many captions it has. Raises `Refused`."""
    file.seek(0)
    raw = file.read(MAX_BYTES + 1)
    file.seek(0)
    if len(raw) > MAX_BYTES:
        raise Refused(_("This file is too big to be captions (more than 1 MB)."), code="too_much")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("Save the captions as UTF-8 text."), code="not_text") from error
    blocks = [
        block.split("\n") for block in re.split(r"\n{2,}", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    ]
    if not re.match(r"WEBVTT(?:[ \t].*)?$", blocks[0][0]):
        raise Refused(
            _("Captions begin with the word WEBVTT on a line of its own. Save them as WebVTT (.vtt)."), code="no_header"
        )
    return _count(blocks[1:])


_LINE = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)(?:\.(\d{1,3}))?\s+(\S.*)")
_LONGEST_SHOWN, _LAST_SHOWN = 7_000, 5_000
"""Milliseconds: how long a caption stays at most, and how long the last one does."""


def captions_of_lines(text: str) -> bytes:
    """WebVTT of lines such as "0:05 We asked adults": for who has a phone and no program for captions. Each stays until the
    next begins, or seven seconds. Raises `Refused`."""
    found: list[tuple[int, str]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            raise _refused([line], _("“%(line)s” has no time before it, such as 0:05."))
        hours, minutes, seconds, parts, words = match.groups()
        at = _milliseconds((hours, minutes, seconds, (parts or "0").ljust(3, "0")))
        if found and at <= found[-1][0]:
            raise _refused([line], _("“%(line)s” does not begin after the line before it."))
        found.append((at, words))
    if not found:
        raise Refused(_("There is no caption in this file."), code="empty")
    nexts = [at for at, _words in found[1:]]
    blocks = [
        f"{_clock(at)} --> {_clock(min(end, at + _LONGEST_SHOWN))}\n{escape(words, quote=False)}"
        for (at, words), end in zip(found, [*nexts, found[-1][0] + _LAST_SHOWN], strict=True)
    ]
    return "\n\n".join(["WEBVTT", *blocks, ""]).encode()


def lines_of_captions(raw: bytes) -> str:
    """The same the other way round, for a form to be filled with; "" for what cannot be read."""
    lines = []
    for block in re.split(r"\n{2,}", raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")):
        timing, _newline, words = block[block.find("\n", 0, block.find("-->")) + 1 :].partition("\n")
        match = _TIMING.match(timing)
        if match:
            at = _milliseconds(match.groups()[:4])
            hours, rest = divmod(at // 1000, 3600)
            begin = f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
            begin += f".{at % 1000:03}" if at % 1000 else ""
            lines.append(f"{begin} {unescape(' '.join(words.split()))}")
    return "\n".join(lines)


def _clock(milliseconds: int) -> str:
    seconds, parts = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}.{parts:03}"


def _count(blocks: list[list[str]]) -> int:
    count, last = 0, -1
    for lines in blocks:
        if lines[0].split(" ")[0] in ("NOTE", "STYLE", "REGION"):
            continue
        at = 0 if "-->" in lines[0] else 1
        match = _TIMING.match(lines[at]) if at < len(lines) else None
        if match is None:
            raise _refused(lines, _("Caption “%(line)s” has no time such as 00:01.000 --> 00:04.000."))
        start, end = _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:])
        if end <= start or start < last:
            raise _refused(lines, _("Caption “%(line)s” ends before it begins, or comes too early."))
        if any(_MARKUP.search(line) for line in lines[at + 1 :]):
            raise _refused(lines, _("Caption “%(line)s” holds markup that captions do not have."))
        last = start
        count += 1
    if not count:
        raise Refused(_("There is no caption in this file."), code="empty")
    return count


def _refused(lines: list[str], message: Any) -> Refused:
    return Refused(message, code="bad_caption", params={"line": lines[0][:60]})


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
