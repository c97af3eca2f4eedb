"""Takes the answer to "Was this page useful?" and sends the reader back to where they were."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.models import Page

from foundation.counts.readers import is_machine
from foundation.counts.services import record_useful
from foundation.forms.limits import Limit, is_within
from foundation.forms.tokens import TokenState, check_token
from foundation.redirects import see_other

from .tokens import RULES, purpose_for

PER_ADDRESS = Limit("useful", times=30, seconds=3_600)
ANCHOR = "feedback"


@csrf_exempt  # the signed token stands in for the cookie that public pages do not set
@require_POST
def page_useful(request: HttpRequest) -> HttpResponse:
    """Count yes or no, once for each page and address in an hour, and go back (303) to the thanks at the page's foot.

    An answer that does not count, because it is one too many, is thanked all the same: nobody did anything wrong.
    """
    number = request.POST.get("page", "")
    answer = request.POST.get("answer", "")
    page = get_object_or_404(
        Page.objects.live().public(),
        pk=int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0,
    )
    if check_token(request.POST.get("token", ""), purpose_for(page.pk), RULES) is not TokenState.GOOD:
        return _back_to(page, request, "again")
    if answer not in {"yes", "no"}:
        return _back_to(page, request, "again")
    if _counts(request, page.pk):
        record_useful(page_id=page.pk, is_yes=answer == "yes")
    return _back_to(page, request, "thanks")


def _counts(request: HttpRequest, page_id: int) -> bool:
    if is_machine(request.META.get("HTTP_USER_AGENT", "")):
        return False
    return is_within(request, PER_ADDRESS) and is_within(request, Limit(f"useful-{page_id}", times=1, seconds=3_600))


def _back_to(page: Page, request: HttpRequest, said: str) -> HttpResponseRedirect:
    response = see_other(f"{page.get_url(request) or '/'}?useful={said}#{ANCHOR}")
    response.headers["Cache-Control"] = "no-store"
    return response
