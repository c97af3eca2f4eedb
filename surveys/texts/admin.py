"""What texts bring to the admin: addresses and menu items."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem

from .permissions import is_moderator, is_safeguarding_lead
from .views import moderators, safeguarding


class TextsItem(MenuItem):
    """For moderators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_moderator(request.user)


class PrivateTextsItem(MenuItem):
    """For safeguarding leads."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_safeguarding_lead(request.user)


def _texts_item() -> MenuItem:
    return TextsItem("Texts to read", reverse("surveys_texts"), icon_name="comment", order=500)


def _private_texts_item() -> MenuItem:
    return PrivateTextsItem("Texts for safeguarding", reverse("surveys_private_texts"), icon_name="warning", order=510)


menu_items: list[Any] = [_texts_item, _private_texts_item]
TEXTS = "surveys/texts/"
urlpatterns = [
    path(TEXTS, moderators.QueueView.as_view(), name="surveys_texts"),
    path(f"{TEXTS}<uuid:text_id>/", moderators.TextView.as_view(), name="surveys_text"),
    path(f"{TEXTS}themes/<int:wave_id>/<slug:code>/", moderators.ThemesView.as_view(), name="surveys_themes"),
    path(f"{TEXTS}safeguarding/", safeguarding.PrivateTextsView.as_view(), name="surveys_private_texts"),
    path(f"{TEXTS}safeguarding/<uuid:text_id>/", safeguarding.PrivateTextView.as_view(), name="surveys_private_text"),
]
