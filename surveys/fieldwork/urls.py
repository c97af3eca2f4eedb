"""Addresses of teachers and school leads. None has a language in it, and a teacher's secret stands in the path alone."""

from django.urls import path

from .views import schools, teachers

urlpatterns = [
    path("t/board/", teachers.board, name="teacher_board"),
    path("t/<slug:secret>/", teachers.session_page, name="teacher_session"),
    path("t/<slug:secret>/count/", teachers.count, name="teacher_count"),
    path("t/<slug:secret>/close/", teachers.close, name="teacher_close"),
    path("t/<slug:secret>/discard/", teachers.discard, name="teacher_discard"),
    path("t/<slug:secret>/papers/<slug:key>/", teachers.paper, name="teacher_paper"),
    path("schools/", schools.my_schools, name="my_schools"),
    path("schools/<int:pk>/", schools.school_page, name="school"),
    path("schools/<int:pk>/prepare/", schools.prepare, name="school_prepare"),
    path("schools/<int:pk>/details/", schools.details, name="school_details"),
    path("schools/<int:pk>/links/", schools.links, name="school_links"),
    path("schools/<int:pk>/classes/<uuid:session_id>/renew/", schools.renew, name="school_renew"),
    path("schools/<int:pk>/classes/<uuid:session_id>/remove/", schools.remove, name="school_remove"),
    path("schools/<int:pk>/papers/<slug:key>/", schools.paper, name="school_paper"),
]
