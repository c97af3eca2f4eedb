"""One campaign: how far it reached, and its posters."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now

from ..forms import PosterForm
from ..models import Campaign
from ..permissions import RUN_CAMPAIGNS
from ..selectors.campaigns import reach_of
from ..services import add_poster, remove_poster
from .cockpit import OutreachView, number_in


class CampaignView(OutreachView):
    """How far it reached, with a sheet for each place where a poster hangs."""

    permission = RUN_CAMPAIGNS
    template_name = "community/outreach/admin/campaign.html"

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(Campaign, pk=self.kwargs["campaign_id"])

    def get_page_title(self) -> str:
        return self.campaign.name

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(PosterForm(campaign=self.campaign))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "remove" in request.POST:
            return self._remove(number_in(request.POST["remove"]))
        form = PosterForm(request.POST, campaign=self.campaign)
        if not form.is_valid():
            return self._show(form, status=422)
        poster = add_poster(campaign=self.campaign, by=self.user, **form.cleaned_data)
        messages.success(request, _now("The sheet for “%(place)s” is ready to print.") % {"place": poster.place})
        return redirect("outreach_campaign", self.campaign.pk)

    def _remove(self, pk: int) -> HttpResponse:
        poster = get_object_or_404(self.campaign.posters, pk=pk)
        if remove_poster(poster=poster, by=self.user):
            messages.success(self.request, _now("Removed: %(place)s") % {"place": poster.place})
        else:
            messages.error(
                self.request, _now("Somebody has opened this poster, so it stays with what the campaign reached.")
            )
        return redirect("outreach_campaign", self.campaign.pk)

    def _show(self, form: PosterForm, status: int = 200) -> HttpResponse:
        context = {"campaign": self.campaign, "reach": reach_of(self.campaign), "form": form}
        return self.render_to_response(self.get_context_data(**context), status=status)
