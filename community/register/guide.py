"""The quick way through a first registration: what is asked next, and how far along somebody is.

Only what a first listing needs is on the way. Everything else can wait; the list of tasks names it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .completeness import missing_sections
from .enums import SettingState, VenueKind
from .models import Activity, Setting
from .pages import SETTING_PAGES, TASKS

UNDER_EIGHT = 8
"""Ofsted may have to know a place that takes younger children, so whoever has them is asked at once."""
BEGINNING = ("name", "words")
"""What the page that begins a record asks; they count as one step with it."""
CHECK = "check"
MOST_LATER = 12


@dataclass(frozen=True)
class Step:
    """One page of the way. `key`: of the page, with the kind of part in front."""

    key: str
    section: str
    url: str
    is_done: bool


@dataclass(frozen=True)
class Later:
    """A page that can wait, with what it is about."""

    title: str | Promise
    url: str


def is_first_way(setting: Setting) -> bool:
    """Whether the person is being led through: the record was never sent."""
    return setting.published_id is None and setting.state == SettingState.DRAFT


def steps_of(setting: Setting) -> list[Step]:
    """The whole way, done or not. 5 queries."""
    missing = set(missing_sections(setting))
    activities = list(setting.activities.all())
    unpriced = next((each for each in activities if not each.cost_type), None) or next(iter(activities), None)
    steps = [
        _page(setting, "name", bool(setting.name and setting.types)),
        _page(setting, "words", bool(setting.summary)),
        _page(setting, "runs", bool(setting.legal_form)),
        _list(setting, "activities.basics", missing),
    ]
    if unpriced is not None:
        where = reverse("community:activities_edit", args=[setting.pk, unpriced.pk, "cost"])
    else:
        where = reverse("community:costs", args=[setting.pk])
    steps.append(Step("activities.cost", "costs", where, "costs" not in missing))
    if _has_young_children(activities):
        steps.append(_page(setting, "ofsted", bool(setting.ofsted_register)))
    steps += [
        _list(setting, "venues.place", missing),
        _list(setting, "sessions.time", missing),
        _page(setting, "languages", bool(setting.languages)),
        _page(setting, "contact", "contacts" not in missing),
        _list(setting, "safeguarding.contact", missing),
    ]
    return [*steps, Step(CHECK, CHECK, reverse("community:check", args=[setting.pk]), is_done=False)]


def next_url(setting: Setting, *, after: str) -> str:
    """Where somebody goes on after the page `after`: the next page that is not done, else the first one, else the check."""
    fresh = Setting.objects.get(pk=setting.pk)
    steps = steps_of(fresh)
    keys = [step.key for step in steps]
    begin = keys.index(after) + 1 if after in keys else 0
    ahead = [*steps[begin:-1], *steps[:begin]]
    return next((step.url for step in ahead if not step.is_done), steps[-1].url)


def place_of(setting: Setting, key: str) -> tuple[int, int] | None:
    """ "Step 3 of 10"; None for a page that is not on the way."""
    keys = [step.key for step in steps_of(setting)]
    if key not in keys:
        return None
    return max(1, keys.index(key)), len(keys) - 1


def steps_at_first() -> int:
    """How many steps somebody who begins has ahead of them, as far as anybody can tell."""
    return 10


def entry_of(setting: Setting, page: str, kind: str, *, is_empty: bool) -> str:
    """Where a section of the list begins; where there is nothing yet, with the form itself."""
    if page:
        return reverse("community:edit", args=[setting.pk, page])
    if is_empty and kind in {"activities", "venues", "safeguarding"}:
        return reverse(f"community:{kind}_add", args=[setting.pk])
    if is_empty and kind == "sessions" and setting.activities.exists() and setting.venues.exists():
        return reverse("community:sessions_add_weekly", args=[setting.pk])
    return reverse(f"community:{kind}", args=[setting.pk])


def can_wait(setting: Setting) -> list[Later]:
    """The pages that a first listing does without, for whoever has the time now."""
    pages = [SETTING_PAGES["words"], *(page for page in SETTING_PAGES.values() if page.can_wait)]
    found = [
        Later(
            _MORE_WORDS if page.key == "words" else page.title, reverse("community:edit", args=[setting.pk, page.key])
        )
        for page in pages
    ]
    return [*found, *_of_parts(setting)][:MOST_LATER]


_MORE_WORDS = gettext_lazy("More in your own words")


def _of_parts(setting: Setting) -> Iterable[Later]:
    for activity in setting.activities.all():
        for page, title in (("how", _("%(name)s: how it is run")), ("booking", _("%(name)s: getting a place"))):
            where = reverse("community:activities_edit", args=[setting.pk, activity.pk, page])
            yield Later(title % {"name": activity.name}, where)
    for venue in setting.venues.exclude(kind=VenueKind.ONLINE):
        where = reverse("community:venues_edit", args=[setting.pk, venue.pk, "access"])
        yield Later(_("%(name)s: finding it and getting in") % {"name": venue}, where)


def _has_young_children(activities: Iterable[Activity]) -> bool:
    return any(activity.age_min < UNDER_EIGHT for activity in activities)


def _page(setting: Setting, page: str, is_done: bool) -> Step:
    where = reverse("community:edit", args=[setting.pk, page])
    return Step(page, SETTING_PAGES[page].section, where, is_done)


def _list(setting: Setting, key: str, missing: set[str]) -> Step:
    kind = key.partition(".")[0]
    is_empty = kind in missing
    return Step(key, kind, entry_of(setting, "", kind, is_empty=is_empty), not is_empty)


def task_rows(setting: Setting, missing: Iterable[str]) -> list[dict[str, object]]:
    """The list of tasks: what it is called, where it begins, whether it is done."""
    left = set(missing)
    return [
        {"title": title, "url": entry_of(setting, page, kind, is_empty=section in left), "is_done": section not in left}
        for section, title, page, kind in TASKS
    ]
