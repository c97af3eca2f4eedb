"""Passwords that are long enough and yet easily guessed: a common one dressed up, one repeated, or this site's own words."""

import re
import unicodedata
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.partnership.sites import name_of_default_site

OWN_WORDS = ("safeguarding", "partnership", "children", "child", "cscp", "wagtail", "admin", "password", "welcome")
"""What somebody here would think of first; the words of the partnership's name come to them."""
LEFT_OVER = 6
"""Letters that must be left when own words are taken out."""
FEWEST_DIFFERENT = 5
_LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "01234567890")


class DressedUpPasswordValidator(CommonPasswordValidator):
    """Looks at what is left of a password without its dress: capitals, digits and signs at its ends, letters that became
    digits, and repeats. Django's list of 20,000 common ones holds few of twelve letters, for people then write
    "Password2026!", which is no better than the short one."""

    def validate(self, password: str, user: Any = None) -> None:
        """
        Raises:
            ValidationError: in words that say what to do.
        """
        bare = unicodedata.normalize("NFKC", password).lower()
        if any(self._is_common(core) for core in _cores(bare)) or len(set(bare)) < FEWEST_DIFFERENT:
            raise ValidationError(
                _(
                    "This is a common password with something added. Choose three or four words that do not belong together."
                ),
                code="password_dressed_up",
            )
        if _is_of_own_words(bare):
            raise ValidationError(
                _(
                    "This is little more than words of this site. Choose three or four words that do not belong together."
                ),
                code="password_own_words",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t be a common one with something added, or made of this site’s own words.")

    def _is_common(self, core: str) -> bool:
        return bool(core) and (core in self.passwords or _unit(core) in self.passwords or _is_run(core))


def _cores(bare: str) -> set[str]:
    """The password without digits and signs at its ends and between its letters, as it stands and with digits read as the
    letters that they look like."""
    found = set()
    for words in (bare, bare.translate(_LOOKS_LIKE)):
        first_to_last = re.search(r"[^\W\d_](?:.*[^\W\d_])?", words, re.DOTALL)
        found |= {first_to_last[0] if first_to_last else "", re.sub(r"[\W\d_]", "", words)}
    return found


def _unit(core: str) -> str:
    """What is repeated: "passwordpassword" -> "password"; else the core itself."""
    return core[: (core + core).find(core, 1)]


def _is_run(core: str) -> bool:
    """Whether it is a row of the keyboard or of the alphabet, either way round."""
    return len(core) >= 6 and any(core in row * 2 or core in row[::-1] * 2 for row in _ROWS)


def _is_of_own_words(bare: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", bare.translate(_LOOKS_LIKE))
    before = letters
    names = re.findall(r"\w{4,}", name_of_default_site().lower())
    for word in sorted({*OWN_WORDS, *names}, key=len, reverse=True):
        letters = letters.replace(word, "")
    return letters != before and len(letters) < LEFT_OVER
