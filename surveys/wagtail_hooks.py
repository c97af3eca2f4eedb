"""The survey room in the admin: the addresses of each subject, and one group in the menu that each adds to."""

from typing import Any

from django.urls import URLPattern, URLResolver
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from .fieldwork import admin as fieldwork
from .questionnaire import admin as questionnaire
from .release import admin as release
from .response import admin as response
from .texts import admin as texts

SUBJECTS: list[Any] = [questionnaire, fieldwork, release, response, texts]
surveys_menu = Menu(register_hook_name="register_surveys_menu_item")
"""A subject adds an item with `hooks.register("register_surveys_menu_item")` here."""


class SurveysMenuItem(SubmenuMenuItem):
    """Shown to those who have at least one item in it."""

    def is_shown(self, request: Any) -> bool:
        return bool(self.menu.menu_items_for_request(request))


@hooks.register("register_admin_menu_item")
def surveys_menu_item() -> SubmenuMenuItem:
    return SurveysMenuItem("Surveys", surveys_menu, name="surveys", icon_name="clipboard-list", order=260)


@hooks.register("register_admin_urls")
def survey_urls() -> list[URLPattern | URLResolver]:
    return [pattern for subject in SUBJECTS for pattern in subject.urlpatterns]


@hooks.register("register_admin_viewset")
def survey_viewsets() -> list[Any]:
    return [*questionnaire.viewsets]


for item in [item for subject in SUBJECTS for item in subject.menu_items]:
    hooks.register("register_surveys_menu_item", item)
