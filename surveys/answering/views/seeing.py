"""What can my teacher see? A made-up class, and exactly what each reader gets."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..response import for_pupils, page
from .door import TRANSLATED


@require_safe
@for_pupils
def what_my_teacher_sees(request: HttpRequest) -> HttpResponse:
    """For pupils of eight and up; the figures of the made-up class stand in the template."""
    asked = request.GET.get("l", "")
    return page(request, "what_my_teacher_sees", language=asked if asked in TRANSLATED else "en")
