"""The officers' screens, under the admin's address."""

from django.urls import path

from .views.concerns import ConcernsView, SettingConcernsView
from .views.importing import ImportView
from .views.queue import QueueView, RecordsView
from .views.record import RecordView
from .views.review import ReviewView
from .views.told import ToldView

urlpatterns = [
    path("registry/", QueueView.as_view(), name="community_queue"),
    path("registry/records/", RecordsView.as_view(), name="community_records"),
    path("registry/records/<uuid:setting_id>/", RecordView.as_view(), name="community_record"),
    path("registry/records/<uuid:setting_id>/review/", ReviewView.as_view(), name="community_review"),
    path("registry/records/<uuid:setting_id>/concerns/", SettingConcernsView.as_view(), name="community_concerns_of"),
    path("registry/concerns/", ConcernsView.as_view(), name="community_concerns"),
    path("registry/told/", ToldView.as_view(), name="community_told"),
    path("registry/import/", ImportView.as_view(), name="community_import"),
]
