"""The community team's screens, under the admin's address."""

from django.urls import path

from .views.campaign import CampaignView
from .views.cockpit import CockpitView, SettingsView
from .views.figures import OverTimeView, ReportView
from .views.notes import NotesView
from .views.posters import PosterSheetView
from .views.work import WorkView

urlpatterns = [
    path("outreach/", CockpitView.as_view(), name="outreach"),
    path("outreach/settings/", SettingsView.as_view(), name="outreach_settings"),
    path("outreach/settings/<uuid:setting_id>/notes/", NotesView.as_view(), name="outreach_notes"),
    path("outreach/visits/", WorkView.as_view(), name="outreach_work"),
    path("outreach/over-time/", OverTimeView.as_view(), name="outreach_over_time"),
    path("outreach/report/", ReportView.as_view(), name="outreach_report"),
    path("outreach/campaigns/<int:campaign_id>/reach/", CampaignView.as_view(), name="outreach_campaign"),
    path(
        "outreach/campaigns/<int:campaign_id>/posters/<int:poster_id>/",
        PosterSheetView.as_view(),
        name="outreach_poster_sheet",
    ),
]
