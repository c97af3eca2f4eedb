"""The pupil's page of a questionnaire that is with the Young Advisors, for them alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from foundation.accounts.roles import YOUNG_ADVISOR

from ...answering.preview import preview_response
from ..document import compile_document
from ..enums import VersionState
from ..models import Version
from .preview import chosen


@require_safe
@xframe_options_sameorigin
def advised_questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly as a pupil sees it, with nowhere to send anything. For everybody else there is no such page."""
    version = Version.objects.filter(pk=pk, state=VersionState.IN_REVIEW).first()
    is_advisor = request.user.is_authenticated and request.user.groups.filter(name=YOUNG_ADVISOR.name).exists()
    if version is None or not is_advisor:
        raise Http404
    document = compile_document(version)
    year, language = chosen(request, document["years"], document["languages"])
    response = preview_response(request, document=document, year_group=year, language=language)
    patch_cache_control(response, no_store=True, private=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
