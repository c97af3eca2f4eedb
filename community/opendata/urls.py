"""Addresses of the open data. The API stands outside the languages: its words are English, its codes are nobody's."""

from django.urls import URLPattern, URLResolver, path

from . import export, views

ROOT = "o/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("export/settings.csv", export.settings_csv, name="opendata_csv"),
    path(ROOT, views.about, name="opendata_about"),
    path(f"{ROOT}openapi.json", views.openapi, name="opendata_openapi"),
    path(f"{ROOT}services", views.services, name="opendata_services"),
    path(f"{ROOT}services/<str:key>", views.service, name="opendata_service"),
    path(f"{ROOT}taxonomies", views.all_taxonomies, name="opendata_taxonomies"),
    path(f"{ROOT}taxonomies/<str:key>", views.taxonomy, name="opendata_taxonomy"),
    path(f"{ROOT}taxonomy_terms", views.taxonomy_terms, name="opendata_taxonomy_terms"),
    path(f"{ROOT}taxonomy_terms/<str:key>", views.taxonomy_term, name="opendata_taxonomy_term"),
    path(f"{ROOT}service_at_locations", views.service_at_locations, name="opendata_service_at_locations"),
    path(f"{ROOT}service_at_locations/<str:key>", views.service_at_location, name="opendata_service_at_location"),
    path(f"{ROOT}<path:rest>", views.nothing, name="opendata_nothing"),
]
