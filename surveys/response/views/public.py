"""You said, we did: what children told us, and what came of it, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...results.views.frame import surveys_home
from ..selectors import came_of_it, finding_url, public_charts, public_findings
from .frame import show


@require_safe
def you_said_we_did(request: HttpRequest) -> HttpResponse:
    """Every published finding, newest first."""
    rows = [
        {"finding": one, "url": finding_url(one), "responses": one.shown_responses}  # type: ignore[attr-defined]
        for one in public_findings()
    ]
    return show(request, "you_said_we_did.html", {"rows": rows}, trail=[surveys_home()])


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One finding: the figure, why it matters, who does what by when, what was done, what came of it."""
    finding = get_object_or_404(public_findings(), slug=slug)
    question, charts, question_url = public_charts(finding)
    context = {
        "finding": finding,
        "release": finding.release,
        "question": question,
        "charts": charts,
        "question_url": question_url,
        "responses": [
            {"response": each, "came_of_it": came_of_it(each)}
            for each in finding.shown_responses  # type: ignore[attr-defined]
        ],
    }
    trail = [surveys_home(), (_("You said, we did"), reverse("surveys:you_said_we_did"))]
    return show(request, "public_finding.html", context, trail=trail)
