"""Records that may be the same setting: near the same name, or the same place and kind."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from ..directory.words import words_of
from ..register.enums import SettingState
from ..register.models import Setting

ALIKE = 0.82
SMALLEST = {"the", "a", "of", "and"}
_COMMON = {*SMALLEST, "club", "school", "saturday", "sunday", "supplementary", "london", "ltd", "cic"}
_GONE = (SettingState.REMOVED, SettingState.ARCHIVED)


@dataclass(frozen=True)
class Likeness:
    """A record that may be the same, and how alike the names are (0 to 1)."""

    setting: Setting
    score: float
    same_postcode: bool


def folded(name: str) -> str:
    """A name, in any script, without case, accents, punctuation and the words that many names share."""
    words = words_of(name)
    return " ".join(word for word in words if word not in _COMMON) or " ".join(words)


def key_of(name: str) -> str:
    """What two spellings of one name share: all its words but the smallest; "Saturday" and "Sunday" tell schools apart."""
    words = words_of(name)
    return " ".join(word for word in words if word not in SMALLEST) or " ".join(words)


def possible_duplicates(setting: Setting, limit: int = 5) -> list[Likeness]:
    """Records that a person should compare with this one, most alike first. Reads names and postcodes: 2 queries."""
    mine = folded(setting.name)
    if not mine:
        return []
    postcodes = {venue.postcode for venue in setting.venues.all() if venue.postcode}
    others = Setting.objects.exclude(pk=setting.pk).exclude(state__in=_GONE).prefetch_related("venues")
    found = []
    for other in others.only("pk", "name", "slug", "state", "state_since"):
        score = SequenceMatcher(None, mine, folded(other.name)).ratio()
        shared = bool(postcodes & {venue.postcode for venue in other.venues.all()})
        if score >= ALIKE or (shared and score >= ALIKE - 0.2):
            found.append(Likeness(other, score, shared))
    return sorted(found, key=lambda each: -each.score)[:limit]
