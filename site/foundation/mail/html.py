"""The HTML part of a message, made of its plain text: the same words, and nothing besides.

No image, no style from elsewhere, nothing that tells anybody whether the mail was opened.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.translation import get_language_info

_ADDRESS = re.compile(r"^https?://[^\s<>\"]+$")


@dataclass(frozen=True)
class Line:
    """One line, and whether it is a web address and nothing else."""

    text: str

    @property
    def is_address(self) -> bool:
        return bool(_ADDRESS.match(self.text))


@dataclass(frozen=True)
class Block:
    """Lines that belong together: a paragraph, or a list with one entry a line."""

    lines: tuple[Line, ...]
    is_list: bool = False


def html_of(text: str, *, subject: str, language: str) -> str:
    """A whole HTML page that says what the plain text says; a line that is an address becomes a link to it.

    Args:
        text: plain text; an empty line ends a paragraph, lines that begin with "- " are a list.
        language: code of the language it is written in.
    """
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return render_to_string(
        "email/base.html",
        {"blocks": blocks_of(text), "subject": subject, "language": language, "direction": direction},
    )


def blocks_of(text: str) -> list[Block]:
    """The paragraphs and lists of a plain text, in order."""
    blocks = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        for is_list, run in groupby(lines, key=lambda line: line.startswith("- ")):
            blocks.append(Block(tuple(Line(line[2:] if is_list else line) for line in run), is_list=is_list))
    return blocks
