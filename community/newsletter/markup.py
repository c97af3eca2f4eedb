"""The little markup of issues and articles: paragraphs, lists, **bold**, *italic*, links. Nothing else survives."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["heading", "lheading", "hr", "code", "fence", "backticks", "image", "reference", "html_block", "html_inline"]
)
_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_BARE = re.compile(r"(?<![(<\w\"'=/])(https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?\"'])")
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
_STARS = re.compile(r"(\*\*|\*|__)(?=\S)(.+?)(?<=\S)\1")


def to_html(text: str) -> SafeString:
    """The text as HTML that can run nothing, wherever it came from: nh3 has the last word."""
    html = _markdown.render(_BARE.sub(r"<\1>", _without_controls(text)))
    clean = nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)
    return mark_safe(clean.strip())  # noqa: S308 - cleaned in the line above


def to_text(text: str) -> str:
    """The same words without markup; a link becomes its words with the address behind them."""
    plain = _LINK.sub(lambda found: _words_and_address(found[1], found[2]), _without_controls(text))
    return _STARS.sub(r"\2", plain)


def _without_controls(text: str) -> str:
    return "".join(char for char in text if char >= " " or char in "\n\t").strip()


def _words_and_address(words: str, address: str) -> str:
    if words == address:
        return address
    return f"{words} ({address.removeprefix('mailto:').removeprefix('tel:')})"
