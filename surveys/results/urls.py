"""Addresses of results: public ones under a language, subgroups' and schools' own without."""

from django.urls import URLPattern, URLResolver, path

from .views import public, schools, subgroups

urlpatterns: list[URLPattern | URLResolver] = [
    path("results/", subgroups.my_subgroups, name="my_subgroups"),
    path("results/<slug:key>/", subgroups.subgroup_home, name="subgroup_results"),
    path("results/<slug:key>/<slug:survey>/<slug:wave>/", subgroups.subgroup_wave, name="subgroup_wave"),
    path(
        "results/<slug:key>/<slug:survey>/<slug:wave>/<slug:code>/",
        subgroups.subgroup_question,
        name="subgroup_question",
    ),
    path(
        "results/<slug:key>/<slug:survey>/<slug:wave>/<slug:code>/by/<slug:by>/",
        subgroups.subgroup_question,
        name="subgroup_question_by",
    ),
    path(
        "results/<slug:key>/<slug:survey>/<slug:wave>/<slug:code>.csv",
        subgroups.subgroup_question_csv,
        name="subgroup_question_csv",
    ),
    path(
        "results/<slug:key>/<slug:survey>/<slug:wave>/<slug:code>/by/<slug:by>.csv",
        subgroups.subgroup_question_csv,
        name="subgroup_question_csv_by",
    ),
    path("schools/reports/", schools.my_reports, name="my_reports"),
    path("schools/<int:pk>/report/<slug:survey>/<slug:wave>/", schools.school_report, name="school_report"),
    path("schools/<int:pk>/report/<slug:survey>/<slug:wave>.csv", schools.school_report_csv, name="school_report_csv"),
]

_WAVE = "surveys/<slug:survey>/<slug:wave>"
localized_urlpatterns: list[URLPattern | URLResolver] = [
    path("surveys/", public.results_home, name="results"),
    path(f"{_WAVE}/results/", public.wave_results, name="results_wave"),
    path(f"{_WAVE}/results/for-adults/", public.wave_results, {"for_adults": True}, name="results_for_adults"),
    path(f"{_WAVE}/topics/<slug:topic>/", public.topic_results, name="results_topic"),
    path(f"{_WAVE}/topics/<slug:topic>.csv", public.topic_csv, name="results_topic_csv"),
    path(f"{_WAVE}/questions/<slug:code>/", public.question_results, name="results_question"),
    path(f"{_WAVE}/questions/<slug:code>/by/<slug:by>/", public.question_results, name="results_question_by"),
    path(f"{_WAVE}/questions/<slug:code>.csv", public.question_csv, name="results_question_csv"),
    path(f"{_WAVE}/questions/<slug:code>/by/<slug:by>.csv", public.question_csv, name="results_question_csv_by"),
    path(f"{_WAVE}/open-data/", public.open_data, name="results_open_data"),
    path(f"{_WAVE}/open-data/cells.csv", public.open_data_cells, name="results_cells"),
    path(f"{_WAVE}/open-data/metadata.json", public.open_data_metadata, name="results_metadata"),
]
