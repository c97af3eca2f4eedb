"""What a Young Advisor fills in beside a draft, a page's or another room's: a comment, the checklist, the decision.

All of it is one form, so that no button loses what stands in another field, and a small script saves it as they go. A
comment that is half written is kept with the checklist (`Review.unsent`) until it is sent or emptied.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from foundation.registries.advisors import DraftPlace, DraftRefused

from ..errors import AlreadyDecided, ReviewError
from ..forms import TOO_LONG, ChecklistForm, RemarkForm
from ..models import LONGEST_REMARK, Review

FIELDS = ("is_clear", "is_for_me", "is_missing", "is_upsetting", "note", "public_words", "credited_as")


@dataclass(frozen=True)
class Steps:
    """What becomes of it. Each may raise a ReviewError (a DraftRefused from another room) that says why not."""

    keep: Callable[[dict[str, Any], bool], Any]
    """`keep(answers, is_pressed)`: the answers so far, `unsent` among them; whether somebody pressed a button for it."""
    say: Callable[[RemarkForm], Any]
    """`say(form)`: a comment that was checked."""
    decide: Callable[[str, dict[str, Any]], Any]
    """`decide(decision, answers)`: the end of the round."""
    back: Callable[[str], HttpResponse]
    """`back(part)`: to this part of the page."""
    done: Callable[[str], HttpResponse]
    """`done(decision)`: where to go once it is decided."""


class Sheet:
    """The form of one Young Advisor, and what they pressed."""

    def __init__(
        self, request: HttpRequest, *, places: list[DraftPlace], review: Review | None, asks_public_words: bool = True
    ) -> None:
        self.request, self.places, self.asks_public_words = request, places, asks_public_words
        unsent = (review.unsent if review else None) or {}
        place = request.GET.get("place") or unsent.get("place") or (places[0].key if places else "")
        self.remark = RemarkForm(places=places, initial={**unsent, "place": place})
        known = {name: getattr(review, name) for name in FIELDS} if review else None
        self.checklist = self._answers(initial=known)

    @property
    def has_errors(self) -> bool:
        """Whether something was refused."""
        return bool(self.remark.has_errors or self.checklist.has_errors)

    @property
    def refused(self) -> RemarkForm | ChecklistForm:
        """The half of the form whose errors stand above the page."""
        return self.remark if self.remark.has_errors else self.checklist

    def take(self, steps: Steps) -> HttpResponse | None:
        """Do what was pressed; None where the page is to be shown again, with what is wrong.

        Raises:
            AlreadyDecided: the round is over.
        """
        if self.request.headers.get("X-Requested-With") == "fetch":
            return self._save_as_they_go(steps)
        post, act = self.request.POST, self.request.POST.get("act", "")
        if act != "say" or "note" in post:  # a comment alone says nothing about the answers
            self.checklist = self._answers(post)
        if act == "say" or self._is_too_long() or (act in Review.Decision.values and self._has_words()):
            self.remark = RemarkForm(post, places=self.places)
        elif "remark-text" in post:
            self.remark = RemarkForm(places=self.places, initial=self._typed())
        try:
            return self._act(act, steps)
        except AlreadyDecided:
            raise
        except (ReviewError, DraftRefused) as error:
            self.checklist.add_error(None, str(error))
            return None

    def _act(self, act: str, steps: Steps) -> HttpResponse | None:
        wrong = [form for form in (self.remark, self.checklist) if form.is_bound and not form.is_valid()]
        is_fine = not wrong
        is_deciding = act in Review.Decision.values
        if act == "say" or is_deciding or not is_fine:
            self._keep_what_is_good(steps)
        if self.remark.is_bound and self.remark.is_valid() and (act == "say" or is_fine):
            steps.say(self.remark)
            steps.keep({"unsent": None}, False)
            messages.success(self.request, _("Your comment is saved."))
            self.remark = RemarkForm(places=self.places, initial={"place": self.remark.cleaned_data["place"]})
        if not is_fine:
            return None
        if act == "say":
            return steps.back("said")
        if not is_deciding:
            steps.keep({**self.checklist.cleaned_data, **self._unsent()}, True)
            messages.success(self.request, _("Your answers are saved. You can go on later."))
            return steps.back("checklist")
        steps.decide(act, self.checklist.cleaned_data)
        return steps.done(act)

    def _keep_what_is_good(self, steps: Steps) -> None:
        good = {name: value for name, value in self.checklist.cleaned_data.items() if name in FIELDS} if (
            self.checklist.is_bound
        ) else {}  # fmt: skip
        good |= self._unsent()
        if any(good.values()):
            steps.keep(good, False)

    def _save_as_they_go(self, steps: Steps) -> HttpResponse:
        """Only the fields that were sent: those that changed since the page was opened."""
        sent = [name for name in FIELDS if name in self.request.POST]
        form = self._answers(self.request.POST)
        form.is_valid()
        good = {name: form.cleaned_data[name] for name in sent if name in form.cleaned_data} | self._unsent()
        errors = [str(error) for name in sent for error in form.errors.get(name, [])]
        if self._is_too_long():
            errors.append(str(TOO_LONG) % {"limit_value": LONGEST_REMARK, "show_value": self._longest()})
        try:
            if good:
                steps.keep(good, False)
        except ReviewError as error:
            return JsonResponse({"said": str(error)}, status=409)
        return JsonResponse({"errors": errors})

    def _answers(self, *args: Any, **kwargs: Any) -> ChecklistForm:
        return ChecklistForm(*args, asks_public_words=self.asks_public_words, **kwargs)

    def _typed(self) -> dict[str, str]:
        return {name: self.request.POST.get(f"remark-{name}", "") for name in ("place", "old_words", "text")}

    def _has_words(self) -> bool:
        return bool(self.request.POST.get("remark-text", "").strip())

    def _longest(self) -> int:
        typed = self._typed()
        return max(len(typed["text"]), len(typed["old_words"]))

    def _is_too_long(self) -> bool:
        return self._longest() > LONGEST_REMARK

    def _unsent(self) -> dict[str, Any]:
        """What is half written, as a field of the review; {} where the form had no such part, or it is too long."""
        if "remark-text" not in self.request.POST or self._is_too_long():
            return {}
        typed = self._typed()
        return {"unsent": typed if typed["text"].strip() or typed["old_words"].strip() else None}
