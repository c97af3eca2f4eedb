"""How a search says what it did: the sentence above the results, the filters with their counts, the chips."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext as _

from .filters import Filters
from .kinds import ANYTHING, DOCUMENT_KINDS, TYPES, TYPES_BY_KEY, Kind
from .labels import audience_names, topic_names
from .selectors import Found
from .values import known_values

COUNTED_KINDS: dict[str, Promise] = {
    Kind.POLICY: ngettext_lazy("%(count)s policy", "%(count)s policies", "count"),
    Kind.PROCEDURE: ngettext_lazy("%(count)s procedure", "%(count)s procedures", "count"),
    Kind.REPORT: ngettext_lazy("%(count)s report", "%(count)s reports", "count"),
    Kind.PLAN: ngettext_lazy("%(count)s plan", "%(count)s plans", "count"),
    Kind.MINUTES: ngettext_lazy("%(count)s set of minutes", "%(count)s sets of minutes", "count"),
    Kind.FORM: ngettext_lazy("%(count)s form", "%(count)s forms", "count"),
    Kind.FILE: ngettext_lazy("%(count)s document", "%(count)s documents", "count"),
}


@dataclass(frozen=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str
    count: int | None
    """How many results it would leave; None where there are too many to count."""
    selected: bool


@dataclass(frozen=True)
class Filter:
    """A filter as a list to choose from."""

    name: str
    label: str
    anything: str
    choices: list[Choice]


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the search without it."""

    label: str
    url: str


def present(found: Found, *, fixed: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the templates read. `fixed` names filters that the page itself sets, as the documents page sets the type."""
    filters = found.filters
    names = _names(found)
    return {
        "found": found,
        "filters": filters,
        "filter_lists": _lists(found, names, fixed),
        "chips": _chips(filters, names, fixed),
        "clear_url": "?" + filters.without("type", "kind", "audience", "topic", "year").encoded(fixed),
        "sentence": sentence(found, names),
        "base_query": filters.encoded(fixed),
        "page_obj": found.page,
        "has_filters": bool(set(filters.active) - set(fixed)),
        "sorts": [
            ("relevance", _("Best match"), filters.sort != "newest"),
            ("newest", _("Newest first"), filters.sort == "newest"),
        ]
        if filters.query
        else [],
        "correction_url": "?" + Filters(**{**_search_of(filters), "query": found.correction}).encoded(fixed),
    }


def sentence(found: Found, names: dict[str, dict[str, str]]) -> str:
    """What was found, in one sentence: "7 documents for professionals from 2024 with “bullying”"."""
    filters = found.filters
    parts = [_count(found)]
    if filters.audience:
        parts.append(_("for %(audience)s") % {"audience": _inside(names["audience"].get(filters.audience, ""))})
    if filters.topic:
        parts.append(_("about %(topic)s") % {"topic": _inside(names["topic"].get(filters.topic, ""))})
    if filters.year:
        parts.append(_("from %(year)s") % {"year": filters.year})
    if filters.query:
        shown = found.correction if found.is_corrected else filters.query
        words = _("with some of the words “%(words)s”") if found.is_broader else _("with “%(words)s”")
        parts.append(words % {"words": shown})
    return " ".join(parts)


def _names(found: Found) -> dict[str, dict[str, str]]:
    types = {type_.key: str(type_.label) for type_ in TYPES} | found.provider_labels
    known = set(known_values(get_language() or "en")["year"]) if found.is_wide else set(found.facets["year"])
    years = {year: year for year in sorted(known, reverse=True)}
    return {
        "type": types,
        "kind": {str(kind): str(Kind(kind).label) for kind in DOCUMENT_KINDS},
        "audience": audience_names(),
        "topic": topic_names(),
        "year": years,
    }


def _lists(found: Found, names: dict[str, dict[str, str]], fixed: tuple[str, ...]) -> list[Filter]:
    filters = found.filters
    wording = {
        "type": (_("What"), _("Everything")),
        "kind": (_("Kind of document"), _("All documents")),
        "audience": (_("Who it is for"), _("Everyone")),
        "topic": (_("Topic"), _("All topics")),
        "year": (_("Year"), _("All years")),
    }
    # Of thousands of results nobody counts what each choice leaves: then every choice that leads to something is offered.
    known = known_values(get_language() or "en") if found.is_wide else {}
    lists = []
    for name, (label, anything) in wording.items():
        if name in fixed or (name == "kind" and filters.type != "document"):
            continue
        wanted = getattr(filters, name)
        choices = [
            Choice(value, text, None if found.is_wide else found.facets[name][value], value == wanted)
            for value, text in names[name].items()
            if found.facets[name][value] or value == wanted or value in known.get(name, ())
        ]
        if wanted and wanted not in names[name]:
            choices.append(Choice(wanted, wanted, 0, True))
        if choices:
            lists.append(Filter(name, label, anything, choices))
    return lists


def _chips(filters: Filters, names: dict[str, dict[str, str]], fixed: tuple[str, ...]) -> list[Chip]:
    return [
        Chip(names[name].get(value, value), "?" + filters.without(*_goes_with(name)).encoded(fixed))
        for name, value in filters.active.items()
        if name not in fixed
    ]


def _goes_with(name: str) -> tuple[str, ...]:
    """The kind of document makes no sense once "documents" is taken off."""
    return ("type", "kind") if name == "type" else (name,)


def _count(found: Found) -> str:
    filters = found.filters
    if found.is_more:
        return _("More than %(count)s results") % {"count": found.total}
    if filters.kind in COUNTED_KINDS:
        form = COUNTED_KINDS[filters.kind]
    elif filters.type in TYPES_BY_KEY:
        form = TYPES_BY_KEY[filters.type].count
    elif filters.type in found.provider_labels:
        return f"{found.provider_labels[filters.type]}: {found.total}"
    else:
        form = ANYTHING
    return str(form % {"count": found.total})


def _inside(name: str) -> str:
    """A name inside an English sentence begins small, unless it is an abbreviation."""
    if get_language() != "en" or not name or name[1:2].isupper():
        return name
    return name[0].lower() + name[1:]


def _search_of(filters: Filters) -> dict[str, Any]:
    return {**filters.active, "sort": filters.sort}
