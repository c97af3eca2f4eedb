"""The officers' screens: the evidence inbox, one file, the quality of one setting; and editions of the standard."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.audit import services as audit
from foundation.jobs.queue import enqueue_after_commit

from ...errors import RegistryError
from ...moderation.permissions import RESTRICTED, STANDARD
from ...moderation.views.base import OfficerView, OneSettingView, number
from ...register.models import PeopleCheckSummary
from ..forms.officers import AcceptForm, CheckForm, CopyForm
from ..models import Answer, Award, EvidenceCheck, EvidenceFile, StandardVersion
from ..selectors.assessment import last_assessment
from ..selectors.evidence import waiting_files
from ..services.awards import verify_award
from ..services.evidence import DateRefused, accept, record_check, refuse, withdraw_check
from ..services.republishing import republish_wording
from ..services.standard import copy_edition, is_in_use, make_current
from ..tasks import republish_wording_for
from .showing import file_response

A_PAGE = 50
SEE_FILES = "community.view_evidencefile"
DECIDE = "community.change_evidencefile"


class InboxView(OfficerView):
    """Files that wait, the oldest first."""

    permission = SEE_FILES
    template_name = "community/quality/admin/inbox.html"
    page_title = gettext_lazy("Evidence")
    header_icon = "doc-full"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Paginator(waiting_files(), A_PAGE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(rows=rows))


class FileView(OfficerView):
    """One file: what it should show, and the decision."""

    permission = DECIDE
    template_name = "community/quality/admin/file.html"
    header_icon = "doc-full"

    @cached_property
    def file(self) -> EvidenceFile:
        rows = EvidenceFile.objects.select_related("setting", "item", "uploaded_by")
        return get_object_or_404(rows, pk=self.kwargs["file_id"])

    def get_page_title(self) -> str:
        return f"{self.file.item.code}: {self.file.setting.name}"

    def get(self, request: HttpRequest, file_id: Any) -> HttpResponse:
        return self._show(AcceptForm(file=self.file))

    def post(self, request: HttpRequest, file_id: Any) -> HttpResponse:
        if request.POST.get("do") == "refuse":
            reason = request.POST.get("reason", "")[:500]
            if self.try_or_say(
                lambda: refuse(file=self.file, reason=reason, by=self.user), _("The setting reads your reason.")
            ):
                return redirect("community_evidence")
            return self._show(AcceptForm(file=self.file), reason=reason)
        form = AcceptForm(request.POST, file=self.file)
        if form.is_valid() and self._accept(form):
            return redirect("community_evidence")
        return self._show(form)

    def _accept(self, form: AcceptForm) -> bool:
        given = form.cleaned_data
        return attempt(self, form, lambda: accept(file=self.file, by=self.user, **given), _("Kept: we have seen it."))

    def _show(self, form: AcceptForm, reason: str = "") -> HttpResponse:
        is_waiting = self.file.status == EvidenceFile.Status.WAITING
        context = self.get_context_data(
            file=self.file, form=form, reason=reason, is_waiting=is_waiting,
            may_open=self.user.has_perm(RESTRICTED) and self.file.status != EvidenceFile.Status.PURGED,
        )  # fmt: skip
        return self.render_to_response(context)


class DownloadView(OfficerView):
    """The file itself. That it was opened is written down."""

    permission = RESTRICTED
    page_title = gettext_lazy("Evidence")

    def get(self, request: HttpRequest, file_id: Any) -> HttpResponse:
        rows = EvidenceFile.objects.select_related("setting", "item")
        return file_response(get_object_or_404(rows, pk=file_id), self.user)


class QualityView(OneSettingView):
    """What a setting has shown: its answers, checks, files, awards and counts. Reading it is written down."""

    permission = RESTRICTED
    template_name = "community/quality/admin/quality.html"
    header_icon = "clipboard-list"

    def get_page_title(self) -> str:
        return _("Quality: %(name)s") % {"name": self.setting.name}

    def get(self, request: HttpRequest, setting_id: Any) -> HttpResponse:
        audit.record(action="community.view_quality", actor=self.user, subject=self.setting)
        return self._show(CheckForm())

    def post(self, request: HttpRequest, setting_id: Any) -> HttpResponse:
        do = request.POST.get("do")
        if do == "withdraw":
            check = get_object_or_404(self.setting.evidence_checks, pk=number(request.POST.get("check")))
            reason = request.POST.get("reason", "")[:500]
            self.try_or_say(
                lambda: withdraw_check(check=check, reason=reason, by=self.user), _("Taken off the listing.")
            )
        elif do in {"verify", "doubt"}:
            award = get_object_or_404(Award, setting=self.setting, pk=number(request.POST.get("award")))
            done = _("Parents see it now.") if do == "verify" else _("Parents do not see it any more.")
            self.try_or_say(lambda: verify_award(award=award, is_right=do == "verify", by=self.user), done)
        elif do == "check":
            form = CheckForm(request.POST)
            if not (form.is_valid() and self._record(form)):
                return self._show(form)
        return redirect("community_quality", self.setting.pk)

    def _record(self, form: CheckForm) -> bool:
        given = form.cleaned_data
        return attempt(self, form, lambda: record_check(setting=self.setting, by=self.user, **given), _("Kept."))

    def _show(self, form: CheckForm) -> HttpResponse:
        setting = self.setting
        last = last_assessment(setting)
        checks = setting.evidence_checks.filter(withdrawn_on__isnull=True).select_related("item", "by")
        context = self.get_context_data(
            setting=setting,
            form=form,
            last=last,
            answers=last.answers.select_related("item").exclude(value=Answer.Value.IN_PLACE) if last else [],
            in_place=last.answers.filter(value=Answer.Value.IN_PLACE).count() if last else 0,
            checks=checks.exclude(level=EvidenceCheck.Level.TOLD),
            told=checks.filter(level=EvidenceCheck.Level.TOLD).count(),
            files=setting.evidence_files.select_related("item").order_by("-uploaded_at")[:50],
            awards=setting.awards.select_related("scheme", "verified_by"),
            people=PeopleCheckSummary.objects.filter(setting=setting).first(),
            today=timezone.localdate(),
        )
        return self.render_to_response(context)


class EditionView(OfficerView):
    """An edition of the standard: make it the current one, or copy it into a new one."""

    permission = STANDARD
    template_name = "community/quality/admin/edition.html"
    header_icon = "clipboard-list"

    @cached_property
    def edition(self) -> StandardVersion:
        return get_object_or_404(StandardVersion, pk=self.kwargs["edition_id"])

    def get_page_title(self) -> str:
        return str(self.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, edition_id: int) -> HttpResponse:
        return self._show(CopyForm(initial={"title": self.edition.title}))

    def post(self, request: HttpRequest, edition_id: int) -> HttpResponse:
        if request.POST.get("do") == "republish":
            enqueue_after_commit(republish_wording_for, user_id=self.user.pk)
            messages.success(
                request, _("The pages are published with the words of today. With many pages it takes minutes.")
            )
            return redirect("community_edition", self.edition.pk)
        if request.POST.get("do") == "current":
            self.try_or_say(
                lambda: make_current(edition=self.edition, by=self.user), _("Settings answer this edition from now on.")
            )
            return redirect("community_edition", self.edition.pk)
        form = CopyForm(request.POST)
        if form.is_valid():
            try:
                copy = copy_edition(edition=self.edition, by=self.user, **form.cleaned_data)
            except RegistryError as error:
                form.add_error("code", str(error))
            else:
                return redirect("community_edition", copy.pk)
        return self._show(form)

    def _show(self, form: CopyForm) -> HttpResponse:
        context = self.get_context_data(
            edition=self.edition, form=form, items=self.edition.items.all(), is_in_use=is_in_use(self.edition),
            rewording=republish_wording(is_dry_run=True) if self.request.GET.get("show") == "rewording" else None,
        )  # fmt: skip
        return self.render_to_response(context)


def attempt(view: OfficerView, form: forms.Form, act: Any, done: str) -> bool:
    """Call `act`; a date that cannot be goes to its field, so that what was typed stays beside what is wrong."""

    def inner() -> None:
        try:
            act()
        except DateRefused as error:
            form.add_error(error.field, str(error))
            raise

    return view.try_or_say(inner, done)
