"""The public pages of results that are with the Young Advisors, for the frame at `/review/`; nobody else finds them.

Made by the public pages' own templates from the same context, so that what is read is what everybody will see. Links among
them lead on within the preview.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from ...release.enums import ReleaseState
from ...release.models import Release
from ...results.figures import EVERYBODY
from ...results.views.frame import checked_by, surveys_home
from ...results.views.public import question_context, topic_context, wave_context
from .first_look import young_advisors_only
from .frame import show


@young_advisors_only
@require_safe
@xframe_options_sameorigin
def results(request: HttpRequest, pk: int, *, for_adults: bool = False) -> HttpResponse:
    """The front page of a wave's results."""
    release = _ready(pk)
    return _shown(request, release, "wave.html", wave_context(release, for_adults=for_adults))


@young_advisors_only
@require_safe
@xframe_options_sameorigin
def topic(request: HttpRequest, pk: int, topic: str) -> HttpResponse:
    """Every question of a topic."""
    release = _ready(pk)
    return _shown(request, release, "topic.html", topic_context(release, topic))


@young_advisors_only
@require_safe
@xframe_options_sameorigin
def question(request: HttpRequest, pk: int, code: str, by: str = EVERYBODY) -> HttpResponse:
    """One question, by one characteristic at a time."""
    release = _ready(pk)
    return _shown(request, release, "question.html", question_context(release, code, checked_by(release, by)))


@young_advisors_only
@require_safe
@xframe_options_sameorigin
def later(request: HttpRequest, pk: int, rest: str) -> HttpResponse:
    """What is there only once the results are public: files, and the page about their protection."""
    release = _ready(pk)
    return _shown(request, release, "surveys/response/first_look_later.html", {"release": release}, status=404)


def _ready(pk: int) -> Release:
    return get_object_or_404(Release.objects.select_related("wave__survey"), pk=pk, state=ReleaseState.READY)


def _shown(
    request: HttpRequest, release: Release, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    named = template if "/" in template else f"surveys/results/{template}"
    response = show(request, named, {**context, "no_index": True}, trail=[surveys_home()], status=status)
    public = reverse("surveys:results_wave", args=[release.wave.survey.key, release.wave.slug])
    preview = reverse("advised_results", args=[release.pk])
    above, below = public.removesuffix("results/"), preview.removesuffix("results/")
    response.content = response.content.replace(f'href="{above}'.encode(), f'href="{below}'.encode())
    patch_cache_control(response, no_store=True, private=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
