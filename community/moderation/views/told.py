"""What the public told us: listings that are wrong, clubs that are missing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...directory.models import Lead, ListingReport
from ...errors import RegistryError
from ..services.told import answer_report, record_of_lead, settle_lead
from .base import OfficerView, number

A_PAGE = 25


class ToldView(OfficerView):
    """Reports and leads that are open, those that wait longest and that most people asked for first."""

    template_name = "community/moderation/told.html"
    page_title = gettext_lazy("What the public told us")
    header_icon = "mail"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show()

    def _show(self, *, typed: dict[str, Any] | None = None) -> HttpResponse:
        reports = ListingReport.objects.exclude(status=ListingReport.Status.DONE).select_related("setting")
        leads = Lead.objects.filter(status=Lead.Status.NEW).order_by("-asks", "first_asked_on", "pk")
        context = self.get_context_data(
            reports=Paginator(reports.order_by("received_on", "pk"), A_PAGE).get_page(self.request.GET.get("p")),
            leads=Paginator(leads, A_PAGE).get_page(self.request.GET.get("q")), typed=typed or {},
        )  # fmt: skip
        return self.render_to_response(context)

    def post(self, request: HttpRequest) -> HttpResponse:
        do, of = request.POST.get("do", ""), number(request.POST.get("of"))
        if do in {ListingReport.Status.IN_HAND, ListingReport.Status.DONE}:
            report = get_object_or_404(ListingReport, pk=of)
            reply = request.POST.get("reply", "")[:2_000]
            done = _("Closed.") if do == ListingReport.Status.DONE else _("Kept: in hand.")
            if not self.try_or_say(lambda: answer_report(report=report, status=do, reply=reply, by=self.user), done):
                return self._show(typed={"report": report.pk, "reply": reply})
        elif do == "record":
            return self._make_record(get_object_or_404(Lead, pk=of))
        elif do in {Lead.Status.KNOWN, Lead.Status.DISMISSED}:
            lead = get_object_or_404(Lead, pk=of)
            self.try_or_say(lambda: settle_lead(lead=lead, status=do, by=self.user), _("Kept."))
        return redirect("community_told")

    def _make_record(self, lead: Lead) -> HttpResponse:
        try:
            setting = record_of_lead(lead=lead, by=self.user)
        except RegistryError as error:
            messages.error(self.request, str(error))
            return redirect("community_told")
        messages.success(self.request, _("There is a private record now. Invite somebody to claim it."))
        return redirect("community_record", setting.pk)
