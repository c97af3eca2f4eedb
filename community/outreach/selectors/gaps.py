"""What is missing, in words, each with the settings behind it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .attendance import TRAINED_MONTHS
from .reach import GAPS, Reach

ITEM = "item-"
"""A gap about one item of the standard is named by this and its code."""


@dataclass(frozen=True)
class Gap:
    """`words` reads on from the numbers: "14 of 47 settings …". `others`: those of `known` that it is not about."""

    key: str
    words: str
    known: frozenset[str]
    others: set[str]

    @property
    def total(self) -> int:
        return len(self.known)

    @property
    def count(self) -> int:
        """Settings that it is about."""
        return len(self.known) - len(self.others)

    @property
    def settings(self) -> frozenset[str]:
        """Whom it is about."""
        return self.known - self.others

    @property
    def is_item(self) -> bool:
        """Whether it is about training for one item of the standard."""
        return self.key.startswith(ITEM)

    @property
    def sentence(self) -> str:
        """The whole of it."""
        return ngettext("%(count)d of %(total)d setting %(words)s", "%(count)d of %(total)d settings %(words)s", self.total) % {
            "count": self.count, "total": self.total, "words": self.words,
        }  # fmt: skip


def gaps(found: Reach) -> list[Gap]:
    """Largest first, those that nobody has left out."""
    rows = [Gap(key, str(words), found.known, found.has[key]) for key, words in GAPS.items()]
    for code in sorted(found.items.keys() & found.questions.keys()):
        words = _("have had nobody on a course for %(code)s (%(question)s) in the last %(months)d months") % {
            "code": code, "question": found.questions[code].rstrip("?"), "months": TRAINED_MONTHS,
        }  # fmt: skip
        rows.append(Gap(ITEM + code, words, found.known, found.items[code]))
    return sorted((row for row in rows if row.count), key=lambda row: -row.count)


def gap_of(key: str, rows: Iterable[Gap]) -> Gap | None:
    """The gap of this name."""
    return next((row for row in rows if row.key == key), None)
