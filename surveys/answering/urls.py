"""Pupils' addresses. None holds a code, an answer or a language of a pupil's choice beyond the words of the page."""

from django.urls import path

from .views.door import door, questions
from .views.ending import already, done, stopped
from .views.seeing import what_my_teacher_sees
from .views.sending import send

urlpatterns = [
    path("s/", door, name="survey_door"),
    path("s/questions/", questions, name="survey_questions"),
    path("s/send/", send, name="survey_send"),
    path("s/done/", done, name="survey_done"),
    path("s/already/", already, name="survey_already"),
    path("s/stopped/", stopped, name="survey_stopped"),
    path("s/what-my-teacher-sees/", what_my_teacher_sees, name="survey_what_my_teacher_sees"),
]
