"""Clubs near you: the search and its list."""

from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ...places.drawing import draw_map
from ...places.near import example_district
from ...places.table import districts
from ..cards import card_of
from ..chips import chips_of
from ..finding import PER_PAGE, find
from ..options import counts, groups_key, options
from ..query import WITHIN, Search, SearchForm, address, read
from ..shortlist import PARAMETER, Shortlist, shortlist_of
from .frame import area_of, show, tells_nobody

_MAIN = ("q", "near", "within", "age")
_LAST_PAGE = 1_000


@require_safe
@tells_nobody
def directory(request: HttpRequest) -> HttpResponse:
    """The form, what was found, the map. Nothing of the search is kept: not in a log, a count, a session or a cache."""
    area = area_of(request)
    form = SearchForm(request.GET, options=options(), area=area)
    search = read(form)
    number = _page_number(request.GET)
    found = find(search, page=number)
    shortlist = shortlist_of(request)
    today = timezone.localdate()
    fields = _fields(request.GET, form)
    is_touched = _more_filters(request.GET) > 0
    toggles = _start_of(request.GET, PARAMETER) + (f"page={number}&" if number > 1 else "")
    cards = [
        {
            "card": card_of(listing, search=search, today=today),
            "url": reverse("community:listing", args=[listing.slug]) + shortlist.query(),
            "is_kept": listing.slug in shortlist,
            "toggle": f"{toggles}{PARAMETER}={_toggled(shortlist, listing.slug).text}",
        }
        for listing in found.listings
    ]
    pages = _Known(found.total, number)
    context: dict[str, Any] = {
        "form": form,
        "search": search,
        "area": area,
        "fields": fields,
        "groups": _groups(search, fields, is_touched=is_touched),
        "form_has_errors": bool(form.errors),
        "is_open": bool(set(form.errors) - set(_MAIN)),
        "more_filters": _more_filters(request.GET),
        "cards": cards,
        "found": found,
        "page_obj": pages.page,
        "base_query": address(request.GET),
        "chips": chips_of(search, request.GET, options()),
        "clear": "?" + QueryDict(f"{PARAMETER}={shortlist.text}").urlencode(safe=",") if shortlist else "?",
        "sorts": _sorts(search, request.GET),
        "wider": _wider(search, request.GET),
        "shortlist": shortlist,
        "no_index": bool(request.GET),
        "total": counts().total,
        "example": example_district(),
        **_map(request.GET, search),
    }
    return show(request, "search.html", context)


def _map(query: QueryDict, search: Search) -> dict[str, Any]:
    rings = []
    if search.near is not None and search.within is not None:
        rings = [(search.within, str(dict(WITHIN)[str(search.within)]).partition(" (")[0])]
        if search.within > 1_600:
            rings.insert(0, (1_600, str(dict(WITHIN)["1600"]).partition(" (")[0]))
    by_district = counts().by_district
    drawn = draw_map(districts(), counts=by_district, near=search.near, rings=rings)
    start = _start_of(query, "near", "within")
    return {
        "map": drawn,
        "district_start": start,
        "districts": sorted(by_district.items(), key=lambda pair: _by_number(pair[0])),
        "here": search.near.label if search.near is not None and search.near.is_district else "",
    }


def _start_of(query: QueryDict, *without: str) -> str:
    """ "?q=maths&": what a link starts with that keeps the search but for these parameters."""
    kept = address(query, drop=dict.fromkeys(without))
    return f"?{kept}&" if kept else "?"


def _by_number(outward: str) -> tuple[str, int, str]:
    letters = outward.rstrip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") or "".join(
        char for char in outward[:2] if char.isalpha()
    )
    digits = "".join(char for char in outward if char.isdigit())
    return letters, int(digits or 0), outward


def _page_number(query: QueryDict) -> int:
    text = query.get("page", "1")
    return min(max(int(text), 1), _LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1


class _Known:
    """Pages of a list of which only one part is in hand."""

    def __init__(self, total: int, number: int) -> None:
        paginator = Paginator(range(total), PER_PAGE)
        self.page: Page = paginator.get_page(number)


def _toggled(shortlist: Shortlist, slug: str) -> Shortlist:
    return shortlist.without(slug) if slug in shortlist else shortlist.with_(slug)


def _sorts(search: Search, query: QueryDict) -> list[dict[str, Any]]:
    if search.near is None:
        return []
    return [
        {"name": name, "is_on": search.sort == name, "query": address(query, put={"sort": name})}
        for name in ("distance", "name")
    ]


def _wider(search: Search, query: QueryDict) -> str:
    """The same search one step farther out; empty where there is none."""
    if search.near is None:
        return ""
    farther = [value for value, _label in WITHIN if int(value) > (search.within or 0)]
    return address(query, put={"within": farther[0]}) if farther else ""


def _more_filters(query: QueryDict) -> int:
    """How many filters are on beyond those that are always in sight."""
    names = ("day", "time", "cost", "season", "who", "type", "ward", "lang", "send", "access", "award", "stay")
    return sum(len([value for value in query.getlist(name) if value]) for name in names)


def _groups(search: Search, fields: dict[str, Any], *, is_touched: bool) -> SafeString:
    """The part of the form that most searches leave alone. Untouched it is always the same, so it is drawn once for a
    language and kept; with anything chosen it is drawn for this reader alone."""
    key = groups_key(get_language() or "")
    kept: SafeString | None = None if is_touched else cache.get(key)
    if kept is not None:
        return kept
    drawn = render_to_string("community/directory/parts/groups.html", {"fields": fields, "search": search})
    if not is_touched:
        cache.set(key, drawn, 300)
    return drawn


def _fields(query: QueryDict, form: SearchForm) -> dict[str, dict[str, Any]]:
    """Each field as the template draws it: what was typed stays, right or wrong."""
    drawn: dict[str, dict[str, Any]] = {}
    for name, field in form.fields.items():
        typed = query.getlist(name)
        drawn[name] = {
            "id": f"f-{name}",
            "name": name,
            "label": field.label,
            "value": typed[-1][:200] if typed else "",
            "error": " ".join(str(each) for each in form.errors.get(name, [])),
            "choices": [
                (value, label, str(value) in typed) for value, label in getattr(field, "choices", []) if name != "sort"
            ],
        }
    return drawn
