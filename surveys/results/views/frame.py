"""What the pages of results share: the frame, the way back, and a file beside each page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.partnership.selectors import chrome_for
from foundation.partnership.trail import trail_from_home

from ...release.models import Release
from ..figures import EVERYBODY, YEAR, Figure, Item, items_of
from ..presenting import characteristic_name
from ..selectors import characteristics_of, release_of


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, trail: list[tuple[str, str]], status: int = 200
) -> HttpResponse:
    """A page in the site's frame. `trail`: (title, address) of the pages above this one."""
    chrome = chrome_for(request)
    return render(
        request,
        f"surveys/results/{template}",
        {"chrome": chrome, "breadcrumbs": trail_from_home(chrome, trail), **context},
        status=status,
    )


def found_release(survey: str, wave: str) -> Release:
    """The release that stands for a wave; a wave without one is as unknown as any other."""
    release = release_of(survey=survey, wave=wave)
    if release is None:
        raise Http404
    return release


def asked_items(release: Release, *, code: str = "", topic: str = "", subgroup: str = "") -> list[Item]:
    """The items of a question or topic; 404 where the release has none."""
    items = items_of(release, code=code, topic=topic, subgroup=subgroup)
    if not items:
        raise Http404
    return items


def checked_by(release: Release, by: str) -> str:
    """What the figures are split by, "" for nothing; 404 for what the release is not split by."""
    if by not in {EVERYBODY, YEAR, *(one["code"] for one in characteristics_of(release))}:
        raise Http404
    return by


def splits(release: Release, *, url_of: Any, chosen: str) -> list[dict[str, Any]]:
    """The ways to look at a question: all pupils, by year group, by each characteristic."""
    ways = [(EVERYBODY, _("All pupils")), (YEAR, _("Year group"))]
    ways += [
        (one["code"], characteristic_name(demographic=one.get("demographic", ""), texts=one["text"]))
        for one in characteristics_of(release)
    ]
    return [{"title": title, "url": url_of(by), "is_chosen": by == chosen} for by, title in ways]


def chosen_split(ways: list[dict[str, Any]]) -> str:
    """The name of the way that is chosen, for the title of the window."""
    return next(way["title"] for way in ways if way["is_chosen"])


def is_empty(found: dict[str, Figure]) -> bool:
    """Whether no group of any of the figures is large enough to show."""
    return not any(figure.is_shown for figure in found.values())


def surveys_home() -> tuple[str, str]:
    """The first step of every trail."""
    return _("What children told us"), reverse("surveys:results")
