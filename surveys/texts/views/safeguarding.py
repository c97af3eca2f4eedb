"""What moderators passed to safeguarding: read by safeguarding leads alone, and deleted when they have done what they could."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from ...collection.models import TextAnswer
from ...errors import SurveyError
from ...fieldwork.models import Wave
from ...questionnaire.views.frame import ManagerView
from ..permissions import SAFEGUARD, is_safeguarding_lead
from ..selectors import question_text
from ..services import finish_private, read_private


class SafeguardingView(ManagerView):
    """Only for safeguarding leads."""

    see = SAFEGUARD
    edit = SAFEGUARD
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_safeguarding_lead(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("surveys_private_texts"), "label": "Texts for safeguarding"}]
        return [*items, {"url": "", "label": self.get_page_title()}]


class PrivateTextsView(SafeguardingView):
    """What waits for a safeguarding lead."""

    template_name = "surveys/texts/private_texts.html"
    page_title = "Texts for safeguarding"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": "Texts for safeguarding"}]

    def get(self, request: HttpRequest) -> HttpResponse:
        answers = list(TextAnswer.objects.filter(state=TextAnswer.State.PRIVATE).exclude(text="").order_by("pk"))
        waves = Wave.objects.select_related("survey").in_bulk({one.wave_id for one in answers})
        return self.show(rows=[{"answer": one, "wave": waves.get(one.wave_id)} for one in answers])


class PrivateTextView(SafeguardingView):
    """One text; after it was dealt with it is deleted."""

    template_name = "surveys/texts/private_text.html"
    page_title = "A text for safeguarding"

    @sensitive_variables("text")
    def get(self, request: HttpRequest, text_id: Any) -> HttpResponse:
        answer = get_object_or_404(TextAnswer, pk=text_id)
        try:
            text = read_private(text_id=answer.pk, by=self.user)
        except SurveyError as refusal:
            messages.error(request, str(refusal))
            return redirect("surveys_private_texts")
        wave = Wave.objects.filter(pk=answer.wave_id).select_related("survey").first()
        return self.show(text=text, wave=wave, question=question_text(wave, answer.question_code))

    def post(self, request: HttpRequest, text_id: Any) -> HttpResponse:
        answer = get_object_or_404(TextAnswer, pk=text_id)
        act = request.POST.get("act")
        if act not in {"referred", "nothing"}:
            messages.error(request, "Say what was done.")
            return redirect("surveys_private_text", text_id)
        self.try_or_say(
            lambda: finish_private(text_id=answer.pk, by=self.user, was_referred=act == "referred"),
            "Noted in the audit trail; the text is deleted.",
        )
        return redirect("surveys_private_texts")
