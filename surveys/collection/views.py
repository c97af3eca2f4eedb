"""The public page that says what a survey stores."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .stored import HELD, SEALED, numbers


@require_safe
def what_is_stored(request: HttpRequest) -> HttpResponse:
    """What is stored, what is not, who can see what, for how long, and what we cannot defend against."""
    context = {"sealed": SEALED.values(), "held": HELD.values(), **numbers()}
    return render(request, "surveys/collection/what_is_stored.html", context)
