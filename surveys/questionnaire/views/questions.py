"""Questions: one form for all of a question; moved and deleted from the version's page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from ...errors import SurveyError
from ..forms.questions import (
    Lines,
    OptionForm,
    QuestionForm,
    RowForm,
    TakeForm,
    earlier_questions,
    given_options,
    given_rows,
)
from ..models import Question, Section
from ..services.editing import ChangedMeanwhile, delete_part, move_part, save_question
from ..stamps import changes_since, snapshot_of, stamp_of
from .frame import OneVersionView


class QuestionView(OneVersionView):
    """Make or change a question. Buttons named `do` change the form (a line more, up, down) and save nothing."""

    template_name = "surveys/questionnaire/question.html"

    @cached_property
    def question(self) -> Question | None:
        """As the database has it; None for a new one, and for one that somebody deleted meanwhile."""
        key = self.kwargs.get("question_id")
        if not key:
            return None
        rows = Question.objects.filter(pk=key, section__version=self.version).select_related("section")
        return rows.first() if self.request.method == "POST" else get_object_or_404(rows)

    @cached_property
    def section(self) -> Section | None:
        """Where it stands, or where a new one goes."""
        key = self.kwargs.get("section_id")
        if key:
            return get_object_or_404(Section, pk=key, version=self.version)
        return self.question.section if self.question else self.version.sections.first()

    def get_page_title(self) -> str:
        return self.question.text if self.question else "New question"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        question = self.question
        options = [{"pk": o.pk, "text": o.text, "kind": o.kind, "symbol": o.symbol} for o in
                   question.options.all()] if question else []  # fmt: skip
        rows = [{"pk": r.pk, "text": r.text} for r in question.rows.all()] if question else []
        return self._form_page(
            QuestionForm(instance=question, version=self.version, earlier=self._earlier(), initial=self._begin()),
            Lines(OptionForm, "options", initial=options),
            Lines(RowForm, "rows", initial=rows),
            stamp=stamp_of(question) if question else "",
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = QuestionForm(request.POST, instance=_fresh(self.question), version=self.version, earlier=self._earlier())
        options, rows = (
            Lines(f, p, data=request.POST, initial=[]) for f, p in ((OptionForm, "options"), (RowForm, "rows"))
        )
        stamp = request.POST.get("stamp", "")
        if kwargs.get("question_id") and self.question is None:
            messages.warning(request, "Somebody deleted this question meanwhile. Saving makes it anew.")
        if request.POST.get("do") not in (None, "save", "save-and-next"):
            form.errors.clear()
            if request.POST.get("do") == "take" and (taken := TakeForm(request.POST, version=self.version).options()):
                options = Lines(OptionForm, "options", initial=taken)
            return self._form_page(form, options, rows, stamp=stamp)
        if not (form.is_valid() & options.is_valid() & rows.is_valid()):
            messages.error(request, "Nothing was saved yet. Look at what is marked below.")
            return self._form_page(form, options, rows, stamp=stamp, status=422)
        try:
            saved = save_question(
                section=form.cleaned_data["section"],
                question=_fresh(self.question),
                fields=form.fields_to_save(),
                options=given_options(options, kind=form.cleaned_data["kind"]),
                rows=given_rows(rows),
                subgroups=list(form.cleaned_data["subgroups"]),
                stamp=stamp,
            )
        except ChangedMeanwhile as error:
            messages.warning(request, str(error))
            assert self.question is not None
            return self._form_page(
                form,
                options,
                rows,
                stamp=stamp_of(self.question),
                theirs=changes_since(request.POST.get("before", ""), self.question),
                status=409,
            )
        except SurveyError as error:
            messages.error(request, str(error))
            return self._form_page(form, options, rows, stamp=stamp, status=409)
        messages.success(request, f"{saved.code} is saved.")
        if request.POST.get("do") == "save-and-next":
            return redirect("surveys_question_add", self.version.pk, saved.section_id)
        return redirect(f"{self.url()}#question-{saved.pk}")

    def _before(self) -> str:
        return str(self.request.POST.get("before", ""))

    def _earlier(self) -> list[Question]:
        return earlier_questions(self.version, self.question, self.section)

    def _begin(self) -> dict[str, Any]:
        """What a new question starts with."""
        if self.question or self.section is None:
            return {}
        youngest = min(self.section.year_groups or self.version.questionnaire.year_groups, default=0)
        is_sensitive = self.section.is_sensitive
        return {
            "section": self.section.pk,
            "is_sensitive": is_sensitive,
            "minimum_year": youngest if is_sensitive else 0,
        }

    def _form_page(
        self, form: QuestionForm, options: Lines, rows: Lines, *, stamp: str, status: int = 200, **context: Any
    ) -> HttpResponse:
        kind = str(form["kind"].value() or "choice")
        return self.show(
            form=form,
            take=TakeForm(version=self.version),
            options=options,
            rows=rows,
            stamp=stamp,
            before=snapshot_of(self.question) if self.question and stamp == stamp_of(self.question) else self._before(),
            kind=kind,
            question=self.question,
            status=status,
            **context,
        )


class QuestionActView(OneVersionView):
    """Move or delete a question."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, version_id: int, question_id: int) -> HttpResponse:
        question = get_object_or_404(Question, pk=question_id, section__version=self.version)
        act = request.POST.get("act")
        if act in ("up", "down"):
            self.try_or_say(lambda: move_part(part=question, up=act == "up"), "")
        elif act == "delete":
            self.try_or_say(lambda: delete_part(part=question), f"{question.code} is deleted.")
            return redirect(f"{self.url()}#section-{question.section_id}")
        return redirect(f"{self.url()}#question-{question_id}")


def _fresh(question: Question | None) -> Question | None:
    """A copy of the row for the form to write on, so that comparing still sees what is stored."""
    return Question.objects.get(pk=question.pk) if question else None
