"""The moderators' queue: which texts wait, one text and what to do with it, themes."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from ...collection.models import TextAnswer
from ...collection.texts import opened
from ...errors import SurveyError
from ...fieldwork.models import Wave
from ...questionnaire.views.frame import ManagerView
from ..forms import OUTCOMES, DecisionForm
from ..marks import pieces_of
from ..models import TextDecision, Theme
from ..permissions import MODERATE, is_moderator
from ..selectors import question_text, queue_for, themes_of
from ..services import add_theme, decide, look_at, look_of, rename_theme


class ModeratorView(ManagerView):
    """Only for moderators: not for administrators, nor for superusers."""

    see = MODERATE
    edit = MODERATE
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_moderator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("surveys_texts"), "label": "Texts to read"}]
        return [*items, {"url": "", "label": self.get_page_title()}]


class QueueView(ModeratorView):
    """Which texts wait, and why some should be read first. The texts themselves are not here."""

    template_name = "surveys/texts/queue.html"
    page_title = "Texts to read"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": "Texts to read"}]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = queue_for(self.user)
        questions = {(row.answer.wave_id, row.answer.question_code): row.wave for row in rows if row.wave}
        return self.show(
            rows=rows,
            to_read=sum(row.is_mine_to_read for row in rows),
            questions=[
                {"wave": wave, "code": code, "question": question_text(wave, code)}
                for (_wave, code), wave in sorted(questions.items())
            ],
        )


@method_decorator(sensitive_post_parameters("edited_text"), name="dispatch")
class TextView(ModeratorView):
    """One text, marked, and what to do with it."""

    template_name = "surveys/texts/text.html"
    page_title = "A text"

    @cached_property
    def answer(self) -> TextAnswer:
        return get_object_or_404(TextAnswer, pk=self.kwargs["text_id"])

    def get(self, request: HttpRequest, text_id: Any) -> HttpResponse:
        return self._page(DecisionForm(answer=self.answer))

    @sensitive_variables("form")
    def post(self, request: HttpRequest, text_id: Any) -> HttpResponse:
        form = DecisionForm(request.POST, answer=self.answer)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            is_settled = decide(text_id=self.answer.pk, by=self.user, **form.cleaned_data)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
            return self._page(form, status=422)
        messages.success(request, "Both of you agree; it is done." if is_settled else self._what_next())
        return redirect("surveys_texts")

    def _what_next(self) -> str:
        if self._decisions()[1] > 1:
            return "You two do not agree yet. Both of you look again; each sees what the other said."
        return "Kept. Another moderator reads it too, without seeing what you said."

    def _decisions(self) -> tuple[list[TextDecision], int]:
        decisions = list(TextDecision.objects.filter(text_id=self.answer.pk).select_related("moderator"))
        return decisions, look_of(decisions)

    @sensitive_variables("text", "form")
    def _page(self, form: DecisionForm, status: int = 200) -> HttpResponse:
        try:
            text = look_at(text_id=self.answer.pk, by=self.user)
        except SurveyError as refusal:
            messages.error(self.request, str(refusal))
            return redirect("surveys_texts")
        except InvalidToken:
            messages.error(
                self.request, "This text was written with a key that the site no longer has. It cannot be read."
            )
            return redirect("surveys_texts")
        decisions, look = self._decisions()
        wave = Wave.objects.filter(pk=self.answer.wave_id).select_related("survey").first()
        words = dict(OUTCOMES)
        is_waiting = any(one.moderator_id == self.user.pk and one.look == look for one in decisions)
        return self.show(
            status=status,
            pieces=pieces_of(text),
            text=text,
            wave=wave,
            answer=self.answer,
            question=question_text(wave, self.answer.question_code),
            form=form,
            is_waiting=is_waiting,
            both=[
                {
                    "who": "You" if one.moderator_id == self.user.pk else str(one.moderator),
                    "outcome": words[TextAnswer.State(one.outcome)],
                    "edited": opened(one.edited_text) if one.edited_text else "",
                    "themes": one.themes.all(),
                }
                for one in decisions
            ]
            if look > 1 and not is_waiting
            else [],
        )


class ThemesView(ModeratorView):
    """The themes of a question."""

    template_name = "surveys/texts/themes.html"
    page_title = "Themes"

    @cached_property
    def wave(self) -> Wave:
        return get_object_or_404(Wave.objects.select_related("survey"), pk=self.kwargs["wave_id"])

    def get(self, request: HttpRequest, wave_id: int, code: str) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, wave_id: int, code: str) -> HttpResponse:
        name = request.POST.get("name", "")
        if "theme" in request.POST:
            return self._rename(request.POST["theme"], name)
        if self.try_or_say(
            lambda: add_theme(wave=self.wave, question_code=code, name=name, by=self.user), "The theme is kept."
        ):
            return redirect("surveys_themes", wave_id, code)
        return self._page(name=name, status=422)

    def _rename(self, typed: str, name: str) -> HttpResponse:
        themes = Theme.objects.filter(wave=self.wave, question_code=self.kwargs["code"])
        theme = get_object_or_404(themes, pk=int(typed) if typed.isdecimal() and len(typed) < 10 else 0)
        if self.try_or_say(lambda: rename_theme(theme=theme, name=name, by=self.user), "The theme has its new name."):
            return redirect("surveys_themes", self.wave.pk, self.kwargs["code"])
        return self._page(renaming=theme.pk, new_name=name, status=422)

    def _page(self, *, name: str = "", renaming: int = 0, new_name: str = "", status: int = 200) -> HttpResponse:
        code = self.kwargs["code"]
        return self.show(
            status=status,
            name=name,
            renaming=renaming,
            new_name=new_name,
            wave=self.wave,
            question=question_text(self.wave, code),
            themes=Theme.objects.filter(wave=self.wave, question_code=code),
            counted=themes_of(self.wave, code),
        )
