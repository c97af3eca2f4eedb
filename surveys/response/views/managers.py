"""Survey managers: what waits for a second pair of eyes, publishing and withdrawing, and asking the Young
Advisors again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from ...questionnaire.views.frame import ManagerView
from ...release.models import Release
from ...release.permissions import EDIT as EDIT_RELEASES
from ..advised import ask_again
from ..models import Finding
from ..permissions import EDIT, SEE
from ..selectors import came_of_it, finding_url, overdue
from ..services import check_response, publish_finding, withdraw_finding


class FindingsFrame(ManagerView):
    """What both screens have in common."""

    see = SEE
    edit = EDIT
    header_icon = "comment"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("surveys_findings"), "label": "Findings"}]
        return [*items, {"url": "", "label": self.get_page_title()}]


class FindingsView(FindingsFrame):
    """Every finding of every subgroup."""

    template_name = "surveys/response/admin/findings.html"
    page_title = "Findings"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": "Findings"}]

    def get(self, request: HttpRequest) -> HttpResponse:
        findings = Finding.objects.select_related("subgroup", "release__wave__survey").prefetch_related("responses")
        rows = [
            {"finding": one, "unchecked": sum(not each.is_checked for each in one.responses.all())} for one in findings
        ]
        return self.show(rows=rows, overdue=overdue())


class FindingView(FindingsFrame):
    """One finding, to be read by somebody who did not write it."""

    template_name = "surveys/response/admin/finding.html"

    @cached_property
    def finding(self) -> Finding:
        return get_object_or_404(Finding.objects.select_related("subgroup", "release"), pk=self.kwargs["finding_id"])

    def get_page_title(self) -> str:
        return f"{self.finding.subgroup.name}: finding {self.finding.pk}"

    def get(self, request: HttpRequest, finding_id: int) -> HttpResponse:
        finding = self.finding
        is_public = finding.state == Finding.State.PUBLISHED
        return self.show(
            finding=finding,
            responses=[{"response": one, "came_of_it": came_of_it(one)} for one in finding.responses.all()],
            is_public=is_public,
            is_own=self.user.pk in {finding.created_by_id, finding.changed_by_id},
            may_edit=self.may_edit,
            public_url=finding_url(finding),
        )

    def post(self, request: HttpRequest, finding_id: int) -> HttpResponse:
        act = request.POST.get("act")
        if act == "publish":
            self.try_or_say(lambda: publish_finding(finding=self.finding, by=self.user), "Everybody can read it now.")
        elif act == "withdraw":
            self._withdraw(request.POST.get("reason", "").strip()[:500])
        elif act == "check":
            response = get_object_or_404(self.finding.responses, pk=_number(request.POST.get("response", "")))
            self.try_or_say(lambda: check_response(response=response, by=self.user), "It stands on the public page.")
        return redirect("surveys_finding", finding_id)

    def _withdraw(self, reason: str) -> None:
        if not reason:
            messages.error(self.request, "Say why it is withdrawn; the reason stays in the audit trail.")
            return
        self.try_or_say(
            lambda: withdraw_finding(finding=self.finding, by=self.user, reason=reason), "It is no longer public."
        )


class AskAgainView(ManagerView):
    """Results that the Young Advisors have decided on are shown to them once more."""

    see = edit = EDIT_RELEASES
    http_method_names = ["post"]

    def post(self, request: HttpRequest, release_id: int) -> HttpResponse:
        release = get_object_or_404(Release, pk=release_id)
        self.try_or_say(lambda: ask_again(release=release, by=self.user), "It waits for the Young Advisors again.")
        return redirect("surveys_release", release_id)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
