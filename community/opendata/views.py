"""The nine addresses of Open Referral UK 3.0, and the file that describes them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from foundation.partnership.models import PartnershipSettings
from foundation.partnership.selectors import chrome_for

from ..directory.models import Listing
from . import documents, selectors
from .answers import answer, not_there, open_to_all
from .documents import Document, Surroundings
from .openapi import description
from .parameters import read_question
from .selectors import Page
from .taxonomies import Taxonomies, taxonomies, taxonomy_documents

VERSION = "HSDS-UK-3.0"
PROFILE = "https://github.com/OpenReferralUK/uk-profile"
PAGING = {"page", "per_page"}
OF_SERVICES = {
    "search", "taxonomy_term_id", "taxonomy_id", "minimum_age", "maximum_age", "start_time", "end_time", "day",
    "modified_after",
}  # fmt: skip
OF_PLACES = OF_SERVICES | {"postcode", "proximity"}


def _public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    # Nothing here writes or reads a cookie, so there is nothing to forge; without this a POST would be told about tokens.
    return csrf_exempt(open_to_all(view))


@_public
def about(request: HttpRequest) -> HttpResponse:
    """Which standard this follows, and where it is described."""
    return answer(
        {
            "version": VERSION,
            "profile": PROFILE,
            "openapi_url": request.build_absolute_uri(reverse("opendata_openapi")),
            "x_disclaimer": str(documents.DISCLAIMER),
        }
    )


@_public
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of this API, in OpenAPI 3.1."""
    return answer(description(server=request.build_absolute_uri(reverse("opendata_about")).rstrip("/")))


@_public
def services(request: HttpRequest) -> HttpResponse:
    """A page of services."""
    question, known = read_question(request.GET, allowed=OF_SERVICES), taxonomies()
    page = selectors.page_of_listings(question, known)
    around = _around(request, known)
    return _paged(page, [documents.brief_service(listing, around) for listing in page.contents])


@_public
def service(request: HttpRequest, key: str) -> HttpResponse:
    """One service, with all that belongs to it."""
    uuid = _uuid(key)
    listing = selectors.listing_by_id(uuid) if uuid else None
    if listing is None:
        return not_there()
    return answer(documents.full_service(listing, _around(request, taxonomies(), [listing])))


@_public
def service_at_locations(request: HttpRequest) -> HttpResponse:
    """A page of services at their places; the nearest first where a postcode is given."""
    question, known = read_question(request.GET, allowed=OF_PLACES), taxonomies()
    page = selectors.page_of_places(question, known)
    around = _around(request, known, [listing for listing, _venue in page.contents])
    return _paged(
        page, [documents.brief_service_at_location(listing, venue, around) for listing, venue in page.contents]
    )


@_public
def service_at_location(request: HttpRequest, key: str) -> HttpResponse:
    """One service at one place, with all that belongs to both."""
    uuid = _uuid(key)
    found = selectors.place_by_id(uuid) if uuid else None
    if found is None:
        return not_there()
    return answer(documents.full_service_at_location(*found, _around(request, taxonomies(), [found[0]])))


@_public
def all_taxonomies(request: HttpRequest) -> HttpResponse:
    """A page of taxonomies."""
    page = selectors.page_of_items(taxonomy_documents(taxonomies()), read_question(request.GET, allowed=PAGING))
    return _paged(page, page.contents)


@_public
def taxonomy(request: HttpRequest, key: str) -> HttpResponse:
    """One taxonomy with its terms."""
    found = [each for each in taxonomy_documents(taxonomies(), with_terms=True) if each["id"] == str(_uuid(key))]
    return answer(found[0]) if found else not_there()


@_public
def taxonomy_terms(request: HttpRequest) -> HttpResponse:
    """A page of terms, of one taxonomy where it is asked for."""
    question, known = read_question(request.GET, allowed={"taxonomy_id"}), taxonomies()
    terms = list(known.terms.values())
    if question.taxonomy is not None:
        terms = known.of(known.facet_of(question.taxonomy) or "")
    page = selectors.page_of_items(terms, question)
    return _paged(page, [term.as_document() for term in page.contents])


@_public
def taxonomy_term(request: HttpRequest, key: str) -> HttpResponse:
    """One term."""
    uuid = _uuid(key)
    found = taxonomies().terms.get(uuid) if uuid else None
    return answer(found.as_document()) if found else not_there()


@_public
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below."""
    return not_there()


def _paged(page: Page, contents: list[Document]) -> HttpResponse:
    return answer(
        {
            "total_items": page.total,
            "total_pages": page.total_pages,
            "page_number": page.number,
            "size": len(contents),
            "first_page": page.number == 1,
            "last_page": page.number >= page.total_pages,
            "empty": not contents,
            "contents": contents,
        }
    )


def _uuid(text: str) -> UUID | None:
    """Only the way an id is written in our answers leads to it, so that each thing has one address."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def _around(request: HttpRequest, known: Taxonomies, listings: list[Listing] | None = None) -> Surroundings:
    frame = chrome_for(request)
    partnership: Any = frame.partnership if frame is not None else PartnershipSettings()
    pattern = reverse("community:listing", kwargs={"slug": "SLUG"}).replace("SLUG", "{slug}")
    return Surroundings(
        today=timezone.localdate(),
        listing_url=request.build_absolute_uri("/").rstrip("/") + pattern,
        area=partnership.area or "England",
        assurer_email=partnership.contact_email,
        taxonomies=known,
        points=selectors.points_of(listings) if listings else {},
    )
