"""Planning, watching and publishing releases, for survey managers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from ...fieldwork.enums import WaveState
from ...fieldwork.models import Wave
from ...questionnaire.views.frame import ManagerView
from ..advice import advice_on
from ..enums import ReleaseState
from ..forms import PlanForm
from ..models import Release
from ..permissions import EDIT, SEE
from ..running import start
from ..services import change_plan, plan_release, publish_release
from ..told import costs_told, gate_told

SHOWN_PROBLEMS = 50


class ReleaseFrame(ManagerView):
    """What the screens of releases have in common."""

    see = SEE
    edit = EDIT
    header_icon = "view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("surveys_releases"), "label": "Releases"}]
        return [*items, *self.crumbs(), {"url": "", "label": self.get_page_title()}]


class ReleasesView(ReleaseFrame):
    """Every wave that is closed, and where its release stands."""

    template_name = "surveys/release/releases.html"
    page_title = "Releases"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": "Releases"}]

    def get(self, request: HttpRequest) -> HttpResponse:
        waves = Wave.objects.exclude(state__in=[WaveState.PLANNED, WaveState.OPEN]).select_related("survey")
        return self.show(waves=waves.prefetch_related("releases"), may_edit=self.may_edit)


class PlanView(ReleaseFrame):
    """What a release will show; also changes the plan of one that nobody has seen."""

    template_name = "surveys/release/plan.html"

    @cached_property
    def wave(self) -> Wave:
        return get_object_or_404(Wave.objects.select_related("survey"), pk=self.kwargs["wave_id"])

    @cached_property
    def unseen(self) -> Release | None:
        """The release of this wave that is planned, stopped or ready, if there is one."""
        seen = {ReleaseState.RELEASED, ReleaseState.REPLACED}
        return self.wave.releases.exclude(state__in=seen).first()

    @property
    def is_correction(self) -> bool:
        seen = self.wave.releases.all()
        return seen.exclude(pk=self.unseen.pk).exists() if self.unseen else seen.exists()

    def get_page_title(self) -> str:
        return f"Plan the release of {self.wave}"

    def form(self, **given: Any) -> PlanForm:
        return PlanForm(wave=self.wave, is_correction=self.is_correction and self.unseen is None, **given)

    def get(self, request: HttpRequest, wave_id: int) -> HttpResponse:
        first = {"crossed_by": "SEX"} if self.unseen is None else {
            "crossed_by": self.unseen.crossed_by,
            "breakdowns": self.unseen.breakdowns,
        }  # fmt: skip
        return self.show(form=self.form(initial=first), wave=self.wave, release=self.unseen)

    def post(self, request: HttpRequest, wave_id: int) -> HttpResponse:
        form = self.form(data=request.POST)
        if form.is_valid():
            plan = {"crossed_by": form.cleaned_data["crossed_by"], "breakdowns": form.cleaned_data["breakdowns"]}
            if self.try_or_say(lambda: self._keep(plan, form.cleaned_data.get("reason", "")), "The plan is kept."):
                release = self.wave.releases.order_by("-number")[0]
                return redirect("surveys_release", release.pk)
        return self.show(status=422, form=form, wave=self.wave, release=self.unseen)

    def _keep(self, plan: dict[str, Any], reason: str) -> None:
        if self.unseen is not None:
            change_plan(release=self.unseen, by=self.user, **plan)
        else:
            plan_release(wave=self.wave, by=self.user, reason=reason, **plan)


class ReleaseView(ReleaseFrame):
    """Where a release stands: its plan, its progress, what the gate found, what protection costs."""

    template_name = "surveys/release/release.html"

    @cached_property
    def release(self) -> Release:
        return get_object_or_404(Release.objects.select_related("wave__survey"), pk=self.kwargs["release_id"])

    def get_page_title(self) -> str:
        return str(self.release)

    def get(self, request: HttpRequest, release_id: int) -> HttpResponse:
        release = self.release
        problems = release.report.get("gate", {}).get("problems", [])
        return self.show(
            release=release,
            may_edit=self.may_edit,
            is_running=release.state == ReleaseState.RUNNING,
            can_start=release.state in {ReleaseState.PLANNED, ReleaseState.FAILED, ReleaseState.REFUSED},
            can_replan=release.state in {ReleaseState.PLANNED, ReleaseState.FAILED, ReleaseState.REFUSED},
            can_publish=release.state == ReleaseState.READY,
            gate=gate_told(release.report.get("gate", {})),
            problems=problems[:SHOWN_PROBLEMS],
            advice=advice_on(release),
            more_problems=max(len(problems) - SHOWN_PROBLEMS, 0),
            errors=costs_told(release.report.get("errors", [])),
            words=release.young_advisor_words.all(),
        )

    def post(self, request: HttpRequest, release_id: int) -> HttpResponse:
        act = request.POST.get("act")
        if act == "start":
            self.try_or_say(lambda: start(self.release), "The release is being computed.")
        elif act == "publish":
            self.try_or_say(
                lambda: publish_release(release=self.release, by=self.user),
                "The release is out: subgroups, schools and the public can see it.",
            )
        elif act == "words":
            chosen = set(request.POST.getlist("accepted"))
            for words in self.release.young_advisor_words.all():
                words.is_accepted = str(words.pk) in chosen
                words.save(update_fields=["is_accepted"])
        return redirect("surveys_release", release_id)
