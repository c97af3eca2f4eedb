"""Addresses of findings: a subgroup's own, the first look and the preview at /review/ without a language, public ones under one."""

from django.urls import URLPattern, URLResolver, path

from .views import advised, first_look, members, public

_ADVISED = "review/results/<int:pk>"
_FINDINGS = "results/<slug:key>/findings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("results/first-look/", first_look.first_look, name="first_look"),
    path("results/first-look/<slug:survey>/<slug:wave>/", first_look.first_look_wave, name="first_look_wave"),
    # As the public addresses of a wave, so that the links of its pages lead on within the preview.
    path(f"{_ADVISED}/results/", advised.results, name="advised_results"),
    path(f"{_ADVISED}/results/for-adults/", advised.results, {"for_adults": True}, name="advised_results_for_adults"),
    path(f"{_ADVISED}/topics/<slug:topic>/", advised.topic, name="advised_results_topic"),
    path(f"{_ADVISED}/questions/<slug:code>/", advised.question, name="advised_results_question"),
    path(f"{_ADVISED}/questions/<slug:code>/by/<slug:by>/", advised.question, name="advised_results_question_by"),
    path(f"{_ADVISED}/<path:rest>", advised.later, name="advised_results_later"),
    path(f"{_FINDINGS}/", members.subgroup_findings, name="subgroup_findings"),
    path(f"{_FINDINGS}/add/<slug:survey>/<slug:wave>/<slug:code>/", members.add_finding, name="subgroup_finding_add"),
    path(f"{_FINDINGS}/<int:pk>/", members.one_finding, name="subgroup_finding"),
    path(f"{_FINDINGS}/<int:pk>/edit/", members.change_finding, name="subgroup_finding_edit"),
    path(f"{_FINDINGS}/<int:pk>/responses/add/", members.edit_response, name="subgroup_response_add"),
    path(f"{_FINDINGS}/<int:pk>/responses/<int:response>/", members.edit_response, name="subgroup_response"),
]
localized_urlpatterns: list[URLPattern | URLResolver] = [
    path("surveys/you-said-we-did/", public.you_said_we_did, name="you_said_we_did"),
    path("surveys/you-said-we-did/<slug:slug>/", public.one, name="you_said_we_did_one"),
]
