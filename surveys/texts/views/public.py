"""In their own words: texts and themes that two moderators agreed to publish."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...fieldwork.models import Wave
from ...response.views.frame import show
from ...results.views.frame import surveys_home
from ..selectors import words_of


@require_safe
def in_their_words(request: HttpRequest, survey: str, wave: str) -> HttpResponse:
    """The questions of a wave that enough people wrote about; 404 where there are none."""
    found = get_object_or_404(Wave.objects.select_related("survey"), survey__key=survey, slug=wave)
    questions = words_of(found)
    if not questions:
        raise Http404
    context = {"wave": found, "questions": questions, "heading": _("In your own words")}
    return show(request, "surveys/texts/in_their_words.html", context, trail=[surveys_home()])
