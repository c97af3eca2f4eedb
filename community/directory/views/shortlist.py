"""A shortlist side by side, and its questions on one sheet."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..comparing import comparison_of
from ..questions import question_sheet
from ..shortlist import listings_of, shortlist_of
from .frame import show, tells_nobody


@require_safe
@tells_nobody
def compare(request: HttpRequest) -> HttpResponse:
    """The clubs of the address, side by side; what is not on the register is said to be so, whatever it was."""
    shortlist = shortlist_of(request)
    listings, missing = listings_of(shortlist)
    here = reverse("community:shortlist")
    context = {
        "shortlist": shortlist,
        "missing": missing,
        "without_missing": here + _only(listings),
        "comparison": comparison_of(
            listings,
            today=timezone.localdate(),
            links=[
                {
                    "url": reverse("community:listing", args=[each.slug]) + shortlist.query(),
                    "drop": here + shortlist.without(each.slug).query(),
                }
                for each in listings
            ],
        ),
        "questions_url": reverse("community:shortlist_questions") + _only(listings),
        "back": reverse("community:directory") + shortlist.query(),
        "no_index": True,
    }
    return show(request, "shortlist.html", context)


@require_safe
@tells_nobody
def shortlist_questions(request: HttpRequest) -> HttpResponse:
    """One sheet for all of them; beside each question stands whom to ask."""
    shortlist = shortlist_of(request)
    listings, missing = listings_of(shortlist)
    context = {
        "listings": listings,
        "missing": missing,
        "sheet": question_sheet(listings, today=timezone.localdate()) if listings else None,
        "no_index": True,
        "printed_on": timezone.localdate(),
    }
    trail = (_("Your shortlist"), reverse("community:shortlist") + shortlist.query())
    return show(request, "questions.html", context, trail=trail)


def _only(listings: list) -> str:
    slugs = ",".join(each.slug for each in listings)
    return f"?s={slugs}" if slugs else ""
