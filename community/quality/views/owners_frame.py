"""What the owners' pages about quality share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...register.models import Setting
from ...register.selectors.standing import standing_of
from ...register.views.area import is_owner
from ..services.assessments import may_answer


def show(request: HttpRequest, template: str, setting: Setting, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page about the quality of a setting."""
    form = context.get("form")
    found = {
        "no_index": True,
        "setting": setting,
        "standing": standing_of(setting),
        "is_owner": is_owner(request),
        "may_answer": may_answer(setting),
        "form_has_errors": bool(form is not None and form.has_errors),
        **context,
    }
    return render(request, f"community/quality/{template}", found, status=status)
