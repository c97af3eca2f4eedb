"""What listings are sorted by, as taxonomies and terms: closed lists in code, pick-lists of staff, schemes of awards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..quality.models import AwardScheme
from ..register.enums import Season, SettingType
from ..register.models import ListEntry
from .ids import derived

Document = dict[str, Any]
_TITLES = {
    "type": ("Kind of setting", "What kind of out-of-school setting it is, in its own words."),
    "category": ("What children do", "What an activity is about."),
    "language": ("Language", "Languages that the people of the setting speak."),
    "send": ("SEND support", "How children with special educational needs and disabilities are included."),
    "access": ("Access to the building", "What makes a place easier to get into and to use."),
    "season": ("When in the year", "Whether an activity is on in term time, in school holidays or all year."),
    "award": ("Award", "Awards of other bodies that the partnership has checked. They are their issuers' awards."),
}


@dataclass(frozen=True)
class Term:
    """One value of a taxonomy. `facet` and `code` are how the directory's index holds it."""

    facet: str
    code: str
    name: str
    description: str

    @property
    def id(self) -> UUID:
        return derived("term", self.facet, self.code)

    @property
    def taxonomy_id(self) -> UUID:
        return taxonomy_id(self.facet)

    def as_document(self) -> Document:
        return {
            "id": str(self.id),
            "name": self.name,
            "description": self.description,
            "taxonomy": _TITLES[self.facet][0],
            "taxonomy_id": str(self.taxonomy_id),
            "term": self.code,
        }


@dataclass(frozen=True)
class Taxonomies:
    """All of them, as they stand now."""

    terms: dict[UUID, Term]

    def of(self, facet: str) -> list[Term]:
        return [term for term in self.terms.values() if term.facet == facet]

    def term(self, facet: str, code: str) -> Term:
        """The term of a stored value. A value that no list holds any more still has its id, and its code for a name."""
        found = self.terms.get(derived("term", facet, code))
        return found or Term(facet, code, code, _TITLES[facet][0])

    def facet_of(self, taxonomy: UUID) -> str | None:
        return next((facet for facet in _TITLES if taxonomy_id(facet) == taxonomy), None)


def taxonomy_id(facet: str) -> UUID:
    return derived("taxonomy", facet)


def taxonomies() -> Taxonomies:
    """All taxonomies with their terms: two queries."""
    terms = list(_terms())
    return Taxonomies({term.id: term for term in terms})


def taxonomy_documents(known: Taxonomies, *, with_terms: bool = False) -> list[Document]:
    """The taxonomies in the order in which the site shows them."""
    documents = []
    for facet, (name, description) in _TITLES.items():
        document: Document = {"id": str(taxonomy_id(facet)), "name": name, "description": description, "version": "1"}
        if with_terms:
            document["taxonomy_terms"] = [term.as_document() for term in known.of(facet)]
        documents.append(document)
    return documents


def _terms() -> Iterator[Term]:
    yield from (
        Term("type", code, str(label), f"{label}, as a kind of setting.") for code, label in SettingType.choices
    )
    yield from (
        Term("season", code, str(label), f"On in this part of the year: {label}.") for code, label in Season.choices
    )
    for kind, code, label in ListEntry.objects.order_by("kind", "order", "label").values_list("kind", "code", "label"):
        yield Term(kind, code, label, f"{_TITLES[kind][0]}: {label}.")
    for code, name, issuer in AwardScheme.objects.order_by("name").values_list("code", "name", "issuer"):
        yield Term("award", code, name, f"Award given by {issuer}.")


def terms_of(document: Document, known: Taxonomies, *, today: str) -> list[Term]:
    """The terms of a listing, each once. `today`: ISO day; awards whose time is over are left out."""
    pairs: list[tuple[str, str]] = [("type", code) for code in document.get("types", [])]
    pairs += [("language", code) for code in document.get("languages", [])]
    pairs += [("send", code) for code in document.get("send", {}).get("tags", [])]
    for venue in document.get("venues", {}).values():
        pairs += [("access", code) for code in venue.get("access", [])]
    for activity in document.get("activities", {}).values():
        pairs += [("category", code) for code in activity.get("categories", [])]
        pairs.append(("season", activity.get("season", "")))
    for award in document.get("awards", []):
        if not award.get("expires_on") or award["expires_on"] >= today:
            pairs.append(("award", award.get("scheme", "")))
    return [known.term(facet, code) for facet, code in dict.fromkeys(pairs) if code]
