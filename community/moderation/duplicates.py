"""Records that may be the same setting: near the same name, or the same place and kind."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..register.enums import SettingState
from ..register.models import Setting

ALIKE = 0.82
_COMMON = {"the", "a", "of", "and", "club", "school", "saturday", "sunday", "supplementary", "london", "ltd", "cic"}
_GONE = (SettingState.REMOVED, SettingState.ARCHIVED)


@dataclass(frozen=True)
class Likeness:
    """A record that may be the same, and how alike the names are (0 to 1)."""

    setting: Setting
    score: float
    same_postcode: bool


def folded(name: str) -> str:
    """A name without case, accents, punctuation and the words that many names share."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return " ".join(word for word in words if word not in _COMMON) or " ".join(words)


def possible_duplicates(setting: Setting, limit: int = 5) -> list[Likeness]:
    """Records that a person should compare with this one, most alike first. Reads names and postcodes: 2 queries."""
    mine = folded(setting.name)
    postcodes = {venue.postcode for venue in setting.venues.all() if venue.postcode}
    others = Setting.objects.exclude(pk=setting.pk).exclude(state__in=_GONE).prefetch_related("venues")
    found = []
    for other in others.only("pk", "name", "slug", "state"):
        score = SequenceMatcher(None, mine, folded(other.name)).ratio()
        shared = bool(postcodes & {venue.postcode for venue in other.venues.all()})
        if score >= ALIKE or (shared and score >= ALIKE - 0.2):
            found.append(Likeness(other, score, shared))
    return sorted(found, key=lambda each: -each.score)[:limit]
