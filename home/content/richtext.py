"""Markdown of a content file to the rich text that Wagtail keeps."""

import re
from collections.abc import Callable
from html import unescape

import nh3
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False})
_TAGS = {"h2", "h3", "h4", "p", "b", "i", "ol", "ul", "li", "a", "br", "hr"}
_PAGE_LINK = re.compile(r'<a href="page:([^"#]*)(?:#[^"]*)?">(.*?)</a>', re.DOTALL)

PageId = Callable[[str], int | None]


def to_rich_text(text: str, page_id: PageId) -> str:
    """Rich text of a Markdown text. `[words](page:parents/online)` becomes a link to that page.

    `page_id` answers the id of a page by its path; None makes plain words of the link. What is not on Wagtail's list
    of features is dropped, so that an editor who opens the page loses nothing unseen.
    """
    html = _markdown.render(str(text).strip())
    for old, new in (("strong>", "b>"), ("em>", "i>"), ("<h1>", "<h2>"), ("</h1>", "</h2>"), ("<br />", "<br/>")):
        html = html.replace(old, new)
    html = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel", "sms", "page"},
        link_rel=None,
    )
    html = re.sub(r">\n+<", "><", html.strip())
    return _PAGE_LINK.sub(lambda match: _link(match, page_id), html)


def to_plain_line(text: str) -> str:
    """One line of plain text: for cells and lists that hold no markup. Links keep their words."""
    html = nh3.clean(_markdown.renderInline(str(text).strip()), tags=set())
    return unescape(html)


def _link(match: re.Match[str], page_id: PageId) -> str:
    key = page_id(match.group(1).strip("/"))
    words = match.group(2)
    return f'<a linktype="page" id="{key}">{words}</a>' if key else words
