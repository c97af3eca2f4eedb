"""Deciding on a submission, field by field."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...errors import ChangedMeanwhile, RegistryError
from ...register.enums import SettingState
from ..duplicates import possible_duplicates
from ..models import ChangeRequest, FieldDecision
from ..permissions import acts_as
from ..selectors.queue import reviewable
from ..selectors.review import ReviewRow, review_rows
from ..services.steps import take_step
from ..services.submissions import conclude, decide_fields
from ..states import Act
from ..thresholds import prompts_for, untold
from .base import OneSettingView

Verdict = FieldDecision.Verdict
REST = "rest"
"""Concluding with what was not decided on accepted, by one button."""


class ReviewView(OneSettingView):
    """Each changed field with its old and new words: accept, ask or refuse, with a reason; then conclude."""

    template_name = "community/moderation/review.html"

    def get_page_title(self) -> str:
        return _("Review: %(name)s") % {"name": self.setting.name}

    @cached_property
    def submission(self) -> ChangeRequest:
        found = reviewable().filter(setting=self.setting).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, setting_id: Any) -> HttpResponse:
        return self._show(typed={})

    def post(self, request: HttpRequest, setting_id: Any) -> HttpResponse:
        typed = {
            row.path: (request.POST.get(f"verdict-{row.path}", ""), request.POST.get(f"reason-{row.path}", ""))
            for row in review_rows(self.submission)
        }
        if request.POST.get("conclude") == REST:
            typed = {path: (verdict or Verdict.ACCEPT, reason) for path, (verdict, reason) in typed.items()}
        try:
            seen = int(request.POST.get("seen_version", ""))
        except ValueError:
            seen = -1
        try:
            self._decide(typed, seen, is_final=bool(request.POST.get("conclude")))
        except ChangedMeanwhile:
            messages.error(
                request,
                _("Somebody changed this submission while you were reading. Look at the new words, then decide again."),
            )
            del self.submission
            return self._show(typed=typed)
        except RegistryError as error:
            messages.error(request, str(error))
            return self._show(typed=typed)
        if request.POST.get("conclude"):
            return redirect("community_queue")
        return redirect(reverse("community_review", args=[self.setting.pk]))

    def _decide(self, typed: dict[str, tuple[str, str]], seen: int, *, is_final: bool) -> None:
        user, request = self.user, self.submission
        verdicts = {path: pair for path, pair in typed.items() if pair[0] in Verdict.values}
        if self.setting.state == SettingState.SUBMITTED:
            take_step(setting=self.setting, act=Act.TAKE_UP, by=user, who=acts_as(user))
        request = decide_fields(request=request, verdicts=verdicts, by=user, seen_version=seen)
        if not is_final:
            messages.success(self.request, _("Your decisions are saved. Nobody outside has been told yet."))
            return
        was_second = self.submission.status == ChangeRequest.Status.PROPOSED
        request = conclude(request=request, by=user, who=acts_as(user), seen_version=request.version)
        if was_second and request.status == ChangeRequest.Status.PROPOSED:
            messages.warning(
                self.request,
                _(
                    "You accepted something that the first person had not. So your word is the first one now, and another "
                    "colleague decides."
                ),
            )
            return
        messages.success(self.request, _OUTCOMES[ChangeRequest.Status(request.status)]())

    def _show(self, *, typed: dict[str, tuple[str, str]]) -> HttpResponse:
        request = self.submission
        rows = [_with_typed(row, typed) for row in review_rows(request)]
        context = self.get_context_data(
            setting=self.setting, submission=request, rows=rows, prompts=prompts_for(self.setting), untold=untold(),
            duplicates=possible_duplicates(self.setting) if request.kind == ChangeRequest.Kind.FIRST else [],
            is_first=request.kind == ChangeRequest.Kind.FIRST, is_second=request.status == ChangeRequest.Status.PROPOSED,
            safety_count=sum(row["touches_safety"] for row in rows),
        )  # fmt: skip
        return self.render_to_response(context)


def _with_typed(row: ReviewRow, typed: dict[str, tuple[str, str]]) -> dict[str, Any]:
    verdict, reason = typed.get(row.path, (row.verdict, row.reason))
    lacks_reason = bool(typed) and verdict in {Verdict.ASK, Verdict.REFUSE} and not reason.strip()
    return {**row.__dict__, "verdict": verdict, "reason": reason, "lacks_reason": lacks_reason}


_OUTCOMES = {
    ChangeRequest.Status.ASKED: lambda: _("Sent back to the setting with your questions."),
    ChangeRequest.Status.PROPOSED: lambda: _("Your word is kept. A second person decides before anything is public."),
    ChangeRequest.Status.DECIDED: lambda: _("Decided. What you accepted is public now."),
}
