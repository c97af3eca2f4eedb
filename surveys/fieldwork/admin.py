"""What waves bring to the admin: addresses and a menu item."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem

from .permissions import SEE
from .views import corrections, managers, names, outside, paper


class WavesItem(MenuItem):
    """For those who may look at waves."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE)


def _waves_item() -> MenuItem:
    return WavesItem("Waves", reverse("surveys_waves"), icon_name="calendar-alt", order=200)


menu_items: list[Any] = [_waves_item]
WAVE = "surveys/waves/<int:wave_id>/"
urlpatterns = [
    path("surveys/waves/", managers.WavesView.as_view(), name="surveys_waves"),
    path("surveys/waves/plan/", managers.WaveFormView.as_view(), name="surveys_wave_plan"),
    path(WAVE, managers.WaveView.as_view(), name="surveys_wave"),
    path(f"{WAVE}edit/", managers.WaveFormView.as_view(), name="surveys_wave_edit"),
    path(f"{WAVE}correct/<int:version_id>/", corrections.CorrectionView.as_view(), name="surveys_wave_correct"),
    path(f"{WAVE}do/<slug:act>/", managers.ActView.as_view(), name="surveys_wave_act"),
    path(f"{WAVE}schools/add/", managers.SchoolView.as_view(), name="surveys_wave_school_add"),
    path(f"{WAVE}schools/<int:row_id>/", managers.SchoolView.as_view(), name="surveys_wave_school"),
    path(f"{WAVE}paper/", paper.PaperView.as_view(), name="surveys_paper"),
    path(f"{WAVE}paper/<int:year>/<slug:what>/", paper.PaperFileView.as_view(), name="surveys_paper_file"),
    path("surveys/names/", names.NamesView.as_view(), name="surveys_names"),
    path("surveys/names/<str:language>/", names.NamesInView.as_view(), name="surveys_names_in"),
    path(f"{WAVE}outside/add/", managers.ConsultationView.as_view(), name="surveys_session_add"),
    path(f"{WAVE}outside/<uuid:session_id>/", outside.SessionView.as_view(), name="surveys_session"),
    path(f"{WAVE}outside/<uuid:session_id>/slips/", outside.SlipsView.as_view(), name="surveys_slips"),
]
