"""What a page's words are like, for its editor: links that say where they lead, how hard it is to read, and whether a
subject that can upset somebody comes with the numbers to call.

Shown in Wagtail's own panel of checks, of the words as they are being typed (`content_checks_view`). Reading level and upsetting
words are known in English alone; a translation is asked for numbers where its original has them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator

from .places import FEWEST_WORDS, places_of

LONG_WORD = 6
"""LIX counts words of more letters than these (Björnsson, Läsbarhet, 1968)."""
HARD_LIX = 45
HARD_LIX_FOR_YOUNG = 35
EMPTY_LINKS: frozenset[str] = frozenset(
    ("here", "click here", "click", "this", "this link", "link", "this page", "page", "more", "read more", "see more",
     "learn more", "find out more", "more information", "info", "website", "details", "download", "pdf", "go")
)  # fmt: skip
EMPTY_LINKS |= frozenset(
    ("এখানে", "এখানে ক্লিক করুন", "ক্লিক করুন", "আরও", "আরও পড়ুন", "আরও জানুন", "এই পাতা", "এই লিঙ্ক", "লিঙ্ক", "ডাউনলোড",
     "هنا", "اضغط هنا", "انقر هنا", "المزيد", "اقرأ المزيد", "لمزيد من المعلومات", "هذه الصفحة", "هذا الرابط", "الرابط", "تحميل")
)  # fmt: skip
HELP_BLOCKS = frozenset({"help_box", "contact"})
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?:]+(?=\s|$)|\n+")
_UPSETTING = re.compile(
    r"\b(suicid\w*|self[- ]?harm\w*|rap(?:e|ed|ist)|sexual(?:ly)? (?:abus|assault|exploit|violen)\w*|abus(?:e|ed|er|ive)|"
    r"groom(?:ed|ing)|exploit(?:ed|ation)|eating disorder\w*|anorexi\w*|domestic violence|knife|knives|stabb\w*|"
    r"female genital mutilation|fgm|forced marriage|bereave\w*|overdos\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ContentChecks:
    """`lix`: None where there is too little text, or it is not English. `problems`: a sentence each, with what to do."""

    lix: int | None
    level: str = ""
    problems: list[str] = field(default_factory=list)
    is_english: bool = True


def checks_of(page: Any) -> ContentChecks | None:
    """The checks of a page of ours; None for anything else."""
    if not (getattr(page, "pk", None) and hasattr(page, "body") and hasattr(page, "is_sensitive")):
        return None
    if page.locale.language_code != "en":
        return ContentChecks(None, "", [*_about_links(page), *_about_help_of_original(page)], is_english=False)
    texts = [place.text for place in places_of(page) if place.text]
    lix = lix_of("\n".join(texts))
    problems = [*_about_links(page), *_about_help(page, " ".join(texts)), *_about_reading(page, lix)]
    return ContentChecks(lix, level_of(lix) if lix is not None else "", problems)


def lix_of(text: str) -> int | None:
    """Words in a sentence, and how many of a hundred words are long; None below thirty words."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(1 for part in _END.split(text) if _WORD.search(part))
    long_words = sum(1 for word in words if len(word) > LONG_WORD)
    return round(len(words) / max(1, sentences) + 100 * long_words / len(words))


def level_of(lix: int) -> str:
    """LIX in words."""
    steps = ((25, "very easy"), (35, "easy"), (45, "medium"), (55, "hard"))
    return next((name for limit, name in steps if lix < limit), "very hard")


def is_empty_link(words: str) -> bool:
    """Whether a link's words, read alone, say nothing of where it leads."""
    said = " ".join(words.split()).strip(" .:!>»→").lower()
    return not said or said in EMPTY_LINKS or said.startswith(("http://", "https://", "www."))


def _about_links(page: Any) -> list[str]:
    found = {
        words for html in _html_of(page.body.get_prep_value()) for words in _links_in(html) if is_empty_link(words)
    }
    return [
        f"The link “{Truncator(words).chars(40)}” does not say where it leads. Write the name of the page or the thing instead."
        for words in sorted(found)
    ]


def _about_help(page: Any, text: str) -> list[str]:
    subject = _UPSETTING.search(f"{page.title} {text}")
    if subject is None or _has_help(page):
        return []
    return [
        f"The page speaks of “{subject.group(0).lower()}” and shows no numbers to call. Add the block “Helplines”, or tick "
        "“a person may be watched while reading” under Settings."
    ]


def _about_help_of_original(page: Any) -> list[str]:
    original = page.get_translations().filter(locale__language_code="en").first()
    if original is None or not _has_help(original.specific) or _has_help(page):
        return []
    return ["The English page shows numbers to call, and this one does not. Add the block “Helplines”."]


def _has_help(page: Any) -> bool:
    return page.is_sensitive or any(block.block_type in HELP_BLOCKS for block in page.body)


def _about_reading(page: Any, lix: int | None) -> list[str]:
    is_for_young = any(audience.slug == "young-people" for audience in _audiences(page))
    limit = HARD_LIX_FOR_YOUNG if is_for_young else HARD_LIX
    if lix is None or lix <= limit:
        return []
    whom = "young people" if is_for_young else "everybody"
    return [
        f"The words are {level_of(lix)} to read (LIX {lix}; for {whom} at most {limit}). Shorter sentences help most."
    ]


def _audiences(page: Any) -> list[Any]:
    return list(page.audiences.all()) if hasattr(page, "audiences") else []


def _html_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _html_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from _html_of(one)
    elif isinstance(value, str) and "<a" in value:
        yield value


def _links_in(html: str) -> list[str]:
    return [unescape(strip_tags(words)).strip() for words in _LINK.findall(html)]
