"""The officers' screens about quality, under the admin's address."""

from django.urls import path

from .views.officers import DownloadView, EditionView, FileView, InboxView, QualityView

urlpatterns = [
    path("registry/evidence/", InboxView.as_view(), name="community_evidence"),
    path("registry/evidence/<uuid:file_id>/", FileView.as_view(), name="community_evidence_file"),
    path("registry/evidence/<uuid:file_id>/file/", DownloadView.as_view(), name="community_evidence_download"),
    path("registry/records/<uuid:setting_id>/quality/", QualityView.as_view(), name="community_quality"),
    path("registry/standard/editions/<int:edition_id>/use/", EditionView.as_view(), name="community_edition"),
]
