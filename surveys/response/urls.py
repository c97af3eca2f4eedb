"""Addresses of findings: a subgroup's own and the first look without a language, public ones under one."""

from django.urls import URLPattern, URLResolver, path

from .views import first_look, members, public

_FINDINGS = "results/<slug:key>/findings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("results/first-look/", first_look.first_look, name="first_look"),
    path("results/first-look/<slug:survey>/<slug:wave>/", first_look.first_look_wave, name="first_look_wave"),
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
