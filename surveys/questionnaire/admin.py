"""What the questionnaires bring to the admin: addresses, menu items and the list of topics."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Topic
from .permissions import EDIT, SEE
from .views import preview, questions, sections, surveys, translations, versions


class TopicViewSet(ModelViewSet):
    """Topics stay the same over the years; they are few."""

    model = Topic
    name = "surveys_topics"
    url_prefix = "surveys/topics"
    icon = "tag"
    form_fields = ["name", "key", "order"]
    list_display = ["name", "key", "order"]
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False


class QuestionnairesItem(MenuItem):
    """For those who may look at questionnaires."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE)


class TopicsItem(MenuItem):
    """For those who may change questionnaires."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(EDIT)


def _questionnaires_item() -> MenuItem:
    return QuestionnairesItem("Questionnaires", reverse("surveys_questionnaires"), icon_name="list-ul", order=100)


def _topics_item() -> MenuItem:
    return TopicsItem("Topics", reverse("surveys_topics:index"), icon_name="tag", order=900)


menu_items: list[Any] = [_questionnaires_item, _topics_item]
viewsets: list[Any] = [TopicViewSet()]
VERSION = "surveys/versions/<int:version_id>/"
urlpatterns = [
    path("surveys/", surveys.IndexView.as_view(), name="surveys_questionnaires"),
    path("surveys/add/", surveys.SurveyView.as_view(), name="surveys_survey_add"),
    path("surveys/<int:survey_id>/", surveys.SurveyView.as_view(), name="surveys_survey"),
    path("surveys/<int:survey_id>/<str:phase>/start/", surveys.StartView.as_view(), name="surveys_start"),
    path(VERSION, versions.VersionView.as_view(), name="surveys_version"),
    path(f"{VERSION}step/", versions.StepView.as_view(), name="surveys_version_step"),
    path(f"{VERSION}copy/", versions.CopyView.as_view(), name="surveys_version_copy"),
    path(f"{VERSION}intro/", versions.IntroView.as_view(), name="surveys_intro"),
    path(f"{VERSION}checks/", versions.ChecksView.as_view(), name="surveys_checks"),
    path(f"{VERSION}sections/add/", sections.SectionView.as_view(), name="surveys_section_add"),
    path(f"{VERSION}sections/<int:section_id>/", sections.SectionView.as_view(), name="surveys_section"),
    path(f"{VERSION}sections/<int:section_id>/act/", sections.SectionActView.as_view(), name="surveys_section_act"),
    path(f"{VERSION}questions/add/<int:section_id>/", questions.QuestionView.as_view(), name="surveys_question_add"),
    path(f"{VERSION}questions/<int:question_id>/", questions.QuestionView.as_view(), name="surveys_question"),
    path(
        f"{VERSION}questions/<int:question_id>/act/", questions.QuestionActView.as_view(), name="surveys_question_act"
    ),
    path(f"{VERSION}translations/", translations.LanguagesView.as_view(), name="surveys_translations"),
    path(f"{VERSION}translations/<str:language>/", translations.LanguageView.as_view(), name="surveys_language"),
    path(f"{VERSION}translations/<str:language>/file/", translations.FileView.as_view(), name="surveys_language_file"),
    path(f"{VERSION}preview/", preview.PreviewView.as_view(), name="surveys_preview"),
    path(f"{VERSION}preview/page/", preview.PageView.as_view(), name="surveys_preview_page"),
]
