"""Addresses of the owners' pages about quality, below my-setting/."""

from django.urls import URLPattern, URLResolver, path

from .views import assessment, showing

OF_SETTING = "my-setting/<uuid:pk>/"

localized_urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{OF_SETTING}standard/", assessment.standard, name="standard"),
    path(f"{OF_SETTING}standard/begin/", assessment.begin, name="standard_begin"),
    path(f"{OF_SETTING}standard/question/<slug:code>/", assessment.question, name="standard_question"),
    path(f"{OF_SETTING}standard/check/", assessment.check, name="standard_check"),
    path(f"{OF_SETTING}standard/plan/", assessment.plan, name="standard_plan"),
    path(f"{OF_SETTING}standard/plan.ics", assessment.plan_calendar, name="standard_plan_calendar"),
    path(f"{OF_SETTING}standard/poster/", assessment.poster, name="standard_poster"),
    path(f"{OF_SETTING}evidence/", showing.evidence, name="evidence"),
    path(f"{OF_SETTING}evidence/add/<slug:code>/", showing.evidence_add, name="evidence_add"),
    path(f"{OF_SETTING}evidence/<uuid:file>/", showing.evidence_file, name="evidence_file"),
    path(f"{OF_SETTING}evidence/<uuid:file>/take-back/", showing.evidence_take_back, name="evidence_take_back"),
    path(f"{OF_SETTING}awards/", showing.awards, name="awards"),
    path(f"{OF_SETTING}awards/add/", showing.award_add, name="award_add"),
    path(f"{OF_SETTING}awards/<int:award>/remove/", showing.award_remove, name="award_remove"),
    path(f"{OF_SETTING}people-checks/", showing.people_checks, name="people_checks"),
]
