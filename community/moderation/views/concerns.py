"""Concern flags. For the safeguarding lead: to everybody else these addresses do not exist."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from foundation.audit import services as audit

from ...register.enums import SettingState
from ...register.models import Setting
from ..models import ConcernFlag
from ..permissions import CONCERNS
from ..services.concerns import allow_telling, close_concern, look_again_later, raise_concern, tell_of_suspension
from .base import OfficerView, OneSettingView, number


class ConcernForm(WagtailAdminModelForm):
    """That a concern was referred. The case itself is recorded elsewhere."""

    class Meta:
        model = ConcernFlag
        fields = ["raised_on", "source", "category", "referred_to", "reference", "listing_decision", "review_on"]
        widgets = {"raised_on": AdminDateInput, "review_on": AdminDateInput}
        help_texts = {
            "referred_to": gettext_lazy(
                "An office, such as the designated officer. No names of people: the case record lives there."
            ),
            "reference": gettext_lazy("The number that they gave. Nothing about a child or an adult."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        raised, review = cleaned.get("raised_on"), cleaned.get("review_on")
        if raised and raised > timezone.localdate():
            self.add_error("raised_on", forms.ValidationError(_("This day has not come yet.")))
        if raised and review and review <= raised:
            self.add_error("review_on", forms.ValidationError(_("Choose a day after the concern came in.")))
        return cleaned


class LeadOnly:
    """Not found, for whoever is not the lead: that a flag could exist is no one else's business."""

    permission = CONCERNS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CONCERNS):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ConcernsView(LeadOnly, OfficerView):
    """Every open flag, the one to look at next first."""

    template_name = "community/moderation/concerns.html"
    page_title = gettext_lazy("Concerns")
    header_icon = "warning"

    def get(self, request: HttpRequest) -> HttpResponse:
        audit.record(action="community.view_concerns", actor=self.user)
        flags = ConcernFlag.objects.filter(closed_on__isnull=True).select_related("setting").order_by("review_on")
        untold = Setting.objects.filter(state=SettingState.SUSPENDED, told_of_suspension_at__isnull=True)
        context = self.get_context_data(flags=flags, untold=untold.order_by("state_since"), today=timezone.localdate())
        return self.render_to_response(context)


class SettingConcernsView(LeadOnly, OneSettingView):
    """The flags of one setting, and a form for another."""

    template_name = "community/moderation/setting_concerns.html"
    header_icon = "warning"

    def get_page_title(self) -> str:
        return _("Concerns: %(name)s") % {"name": self.setting.name}

    def get(self, request: HttpRequest, setting_id: Any) -> HttpResponse:
        audit.record(action="community.view_concerns", actor=self.user, subject=self.setting)
        return self._show(ConcernForm(initial={"raised_on": timezone.localdate()}))

    def post(self, request: HttpRequest, setting_id: Any) -> HttpResponse:
        do = request.POST.get("do")
        if do == "tell-now":
            self.try_or_say(lambda: tell_of_suspension(setting=self.setting, by=self.user), _("The setting was told."))
            return redirect("community_concerns_of", self.setting.pk)
        if do in {"tell", "later", "close"}:
            flag = get_object_or_404(self.setting.concern_flags, pk=number(request.POST.get("flag")))
            self._act_on(flag, do)
            return redirect("community_concerns_of", self.setting.pk)
        form = ConcernForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        if self.try_or_say(lambda: raise_concern(setting=self.setting, by=self.user, **form.cleaned_data), _("Kept.")):
            return redirect("community_concerns_of", self.setting.pk)
        return self._show(form)

    def _act_on(self, flag: ConcernFlag, do: str) -> None:
        typed = self.request.POST
        if do == "tell":
            self.try_or_say(lambda: allow_telling(flag=flag, by=self.user), _("Kept: the setting may be told."))
        elif do == "close":
            outcome = typed.get("outcome", "")[:200]
            self.try_or_say(lambda: close_concern(flag=flag, outcome=outcome, by=self.user), _("Closed."))
        else:
            on = _day(typed.get("on", ""))
            self.try_or_say(
                lambda: look_again_later(flag=flag, on=on, by=self.user), _("Kept. You will be reminded on that day.")
            )

    def _show(self, form: ConcernForm) -> HttpResponse:
        setting = self.setting
        # What is open first, and of that what is to be looked at next.
        order = (F("closed_on").desc(nulls_first=True), "review_on", "-pk")
        flags = list(setting.concern_flags.select_related("raised_by").order_by(*order))
        is_secret = setting.state == SettingState.SUSPENDED and setting.told_of_suspension_at is None
        context = self.get_context_data(
            setting=setting, form=form, flags=flags, is_secret=is_secret,
            may_tell=is_secret and all(flag.safe_to_tell for flag in flags if flag.closed_on is None),
        )  # fmt: skip
        return self.render_to_response(context)


def _day(text: str) -> date:
    """A day as a browser sends it; of anything else, a day that is over, which the rules refuse in words."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return date.min
