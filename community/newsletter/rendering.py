"""The mail of an issue: made once, HTML and plain text, with places for what differs between recipients: the foot, which
stands in the reader's language, and the two links in it.

It loads nothing from anywhere: no picture, no style sheet, so nobody can tell who opened it, and it reads well where
pictures are off. Pictures stand in the archive, which the mail links to.
"""

import re
from dataclasses import dataclass, field, replace
from html import escape, unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from ..register.services.mails import partnership_name
from .links import base_address, go_address, whole_address
from .markup import to_html, to_text
from .models import Issue

# No text that somebody types holds these: what is typed loses its control characters.
STOP = "\x02stop\x02"
PREFERENCES = "\x02preferences\x02"
FOOT = "\x02foot\x02"
_HREF = re.compile(r'href="(https?://[^"]+)"')


@dataclass(frozen=True)
class Shown:
    """An item as the mail and the archive show it."""

    kicker: str
    title: str
    html: str
    text: str
    url: str
    more: str
    has_pictures: bool = False
    pictures: list[Any] = field(default_factory=list)
    organisation: str = ""


@dataclass(frozen=True)
class Letter:
    """The mail of an issue, with `FOOT` where the foot goes; in the foot `STOP` and `PREFERENCES` stand for the addresses of
    each recipient."""

    subject: str
    html: str
    text: str
    links: tuple[str, ...] = ()
    is_service: bool = False

    def in_language(self, language: str = "") -> "Letter":
        """The same with the foot in a language; without one in the site's own."""
        code = language or settings.LANGUAGE_CODE
        context = {
            "partnership": partnership_name(), "is_service": self.is_service, "stop": STOP, "preferences": PREFERENCES,
            "language": code, "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
        }  # fmt: skip
        with translation.override(code):
            foot = {
                kind: render_to_string(f"email/newsletter/_foot.{kind}", context).strip() for kind in ("html", "txt")
            }
        return replace(self, html=self.html.replace(FOOT, foot["html"]), text=self.text.replace(FOOT, foot["txt"]))

    def for_reader(self, *, stop: str, preferences: str) -> tuple[str, str]:
        """The HTML and the text of one recipient's mail."""
        return tuple(  # type: ignore[return-value]
            part.replace(STOP, stop).replace(PREFERENCES, preferences) for part in (self.html, self.text)
        )


def shown_items(issue: Issue) -> list[Shown]:
    """The items of an issue in their order. Two queries."""
    return [
        Shown(
            kicker=item.kicker,
            title=item.title,
            html=to_html(item.text),
            text=to_text(item.text),
            url=whole(item.url),
            more=_("Read more"),
            pictures=list(item.article.pictures.all()) if item.article else [],
            has_pictures=bool(item.article and item.article.pictures.all()),
            organisation=item.article.organisation if item.article else "",
        )
        for item in issue.items.select_related("article").prefetch_related("article__pictures")
    ]


def whole(url: str) -> str:
    """A path of ours as a whole address; a web address as it is; nothing of anything else."""
    if url.startswith("/") and not url.startswith("//"):
        return base_address() + url
    return url if url.startswith(("https://", "http://")) else ""


def letter_of(issue: Issue, *, counts_clicks: bool = False) -> Letter:
    """Make the mail. With `counts_clicks` every link but those at the foot goes through the counting redirect."""
    with translation.override(issue.language_code):
        context = {
            "issue": issue,
            "language": issue.language_code,
            "direction": "rtl" if get_language_info(issue.language_code)["bidi"] else "ltr",
            "intro_html": to_html(issue.intro),
            "intro_text": to_text(issue.intro),
            "items": shown_items(issue),
            "partnership": partnership_name(),
            "archive_url": _archive_url(issue),
            "foot": FOOT,
        }
        html = str(render_to_string("email/newsletter/issue.html", context))
        text = re.sub(r"\n{3,}", "\n\n", render_to_string("email/newsletter/issue.txt", context)).strip() + "\n"
    links: list[str] = []
    if counts_clicks and issue.pk:
        html, text, links = _through_the_count(html, text, issue.pk)
    return Letter(subject=issue.subject, html=html, text=text, links=tuple(links), is_service=issue.is_service)


def _archive_url(issue: Issue) -> str:
    return (
        whole_address("newsletter:issue", issue.slug, language=issue.language_code)
        if issue.in_archive and not issue.is_service
        else ""
    )


def _through_the_count(html: str, text: str, issue_id: int) -> tuple[str, str, list[str]]:
    links: list[str] = []

    def counted(found: re.Match[str]) -> str:
        url = unescape(found[1])
        if url not in links:
            links.append(url)
        return f'href="{escape(go_address(issue_id, links.index(url)))}"'

    html = _HREF.sub(counted, html)
    # The longest first, so that an address that begins another one does not cut it in two.
    for url in sorted(links, key=len, reverse=True):
        text = text.replace(url, f"\x00{links.index(url)}\x00")
    text = re.sub("\x00(\\d+)\x00", lambda found: go_address(issue_id, int(found[1])), text)
    return html, text, links
