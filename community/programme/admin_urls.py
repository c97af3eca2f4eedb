"""The officers' screens, under the admin's address."""

from django.urls import path

from .views.officers import CancelDateView, DatesView, DateView, EditDateView, PersonView
from .views.officers_day import CodeView, DayView, ImportView, ResultsView

urlpatterns = [
    path("programme/", DatesView.as_view(), name="programme_dates"),
    path("programme/dates/add/", EditDateView.as_view(), name="programme_date_add"),
    path("programme/dates/<uuid:date_id>/", DateView.as_view(), name="programme_date"),
    path("programme/dates/<uuid:date_id>/edit/", EditDateView.as_view(), name="programme_date_edit"),
    path("programme/dates/<uuid:date_id>/cancel/", CancelDateView.as_view(), name="programme_date_cancel"),
    path("programme/dates/<uuid:date_id>/day/", DayView.as_view(), name="programme_day"),
    path("programme/dates/<uuid:date_id>/code/", CodeView.as_view(), name="programme_code"),
    path("programme/dates/<uuid:date_id>/people/<uuid:booking_id>/", PersonView.as_view(), name="programme_person"),
    path("programme/results/<int:course_id>/", ResultsView.as_view(), name="programme_results"),
    path("programme/import/", ImportView.as_view(), name="programme_import"),
]
