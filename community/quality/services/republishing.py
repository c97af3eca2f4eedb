"""Taking the standard's present words into every published page, after an item was worded anew.

Only words change: how a thing is known, since when and until when stays what it was. A page whose words are right already
is left alone, so doing it twice does nothing twice.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from foundation.audit import services as audit

from ...moderation.services.publishing import republish
from ...register.models import Setting
from ..statements import public_statements

_AT_ONCE = 200


@dataclass
class Rewording:
    """What would be, or was, published anew: how many pages, and for each item how many say other words."""

    pages: int = 0
    looked_at: int = 0
    items: Counter[str] = field(default_factory=Counter)

    def by_item(self) -> list[tuple[str, int]]:
        """(code, pages), most first."""
        return self.items.most_common()


def republish_wording(*, by: Any = None, is_dry_run: bool = True) -> Rewording:
    """Publish each page whose statements say other words than the standard does now; with `is_dry_run` only count.

    Each page is a transaction of its own. An item that became public shows, and one that is no longer public drops.
    """
    found = Rewording()
    for setting in _published().iterator(chunk_size=_AT_ONCE):
        found.looked_at += 1
        codes = _reworded(setting)
        if not codes:
            continue
        found.items.update(codes)
        if is_dry_run or republish(setting=setting, by=by) is not None:
            found.pages += 1
    if not is_dry_run:
        audit.record(
            action="community.republish_wording", actor=by,
            facts={"pages": found.pages, "items": sorted(found.items)},
        )  # fmt: skip
    return found


def _published() -> QuerySet[Setting]:
    """Whatever has a page, shown or not: what comes back later says the present words too."""
    return Setting.objects.filter(published__isnull=False).select_related("published").order_by("pk")


def _reworded(setting: Setting) -> set[str]:
    """Codes of the items of which the page says other words than it would say now."""
    before = setting.published.document.get("statements", {}) if setting.published else {}
    now = public_statements(setting)
    return {code for code in {*before, *now} if _words(before.get(code)) != _words(now.get(code))}


def _words(statements: list[dict[str, Any]] | None) -> set[str]:
    return {each["text"] for each in statements or []}
