"""The register as a spreadsheet for everybody: one row a setting, what being listed means in every row."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.exports.csv import write_csv

from ..directory import facts
from ..directory.disclaimer import DISCLAIMER
from ..directory.models import Listing
from ..directory.statements import awards_on, in_short, statements_on
from .answers import open_to_all
from .documents import Document

HEADER = (
    "id", "name", "kinds", "summary", "ages", "days", "cost", "places", "districts", "wards", "postcodes", "languages",
    "send_support", "e-mail", "phone", "website", "legal_form", "charity_number", "company_number", "ofsted_register",
    "ofsted_urn", "awards", "how_statements_are_known", "shut_for_now", "last_confirmed", "page", "what_being_listed_means",
)  # fmt: skip
_CHUNK = 500


@require_safe
@open_to_all
def settings_csv(request: HttpRequest) -> HttpResponse:
    """All listings by name. Read in chunks, so that ten thousand do not stand in memory as objects at once."""
    today = timezone.localdate()
    root = request.build_absolute_uri("/").rstrip("/")
    body = write_csv(HEADER, _rows(root, today))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="settings.csv"'
    return response


def _rows(root: str, today: date) -> Iterator[tuple[object, ...]]:
    for listing in Listing.objects.public().order_by("name", "pk").iterator(_CHUNK):
        yield _row(listing, root, today)


def _row(listing: Listing, root: str, today: date) -> tuple[object, ...]:
    document = listing.document
    contact, legal, ofsted = (document.get(part, {}) for part in ("contact", "legal", "ofsted"))
    venues = list(document.get("venues", {}).values())
    return (
        str(listing.pk),
        document["name"],
        "; ".join(facts.types_in_words(document)),
        document.get("summary", ""),
        facts.ages_of(document),
        facts.days_of(document),
        facts.cost_of(document),
        facts.places_of(venues),
        _each(venues, "outward"),
        _each(venues, "ward"),
        _each(venues, "postcode"),
        "; ".join(document.get("languages", [])),
        "; ".join(document.get("send", {}).get("tags", [])),
        contact.get("email", ""),
        contact.get("phone", ""),
        contact.get("website", ""),
        legal.get("form", ""),
        legal.get("charity_number", ""),
        legal.get("company_number", ""),
        ofsted.get("register", ""),
        ofsted.get("urn", ""),
        "; ".join(f"{award.name} {award.level}".strip() for award in awards_on(document, today)),
        in_short(statements_on(document, today)),
        "yes" if listing.is_shut_on(today) else "no",
        listing.confirmed_on.isoformat() if listing.confirmed_on else "",
        root + reverse("community:listing", args=[listing.slug]),
        str(DISCLAIMER),
    )


def _each(venues: list[Document], field: str) -> str:
    return "; ".join(dict.fromkeys(filter(None, (venue.get(field, "") for venue in venues))))
