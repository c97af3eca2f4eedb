"""What the review adds to the admin: the page of remarks, and the way to it from the page's editor."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .admin import page_remarks
from .selectors import open_remarks


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    return [path("young-advisors/<int:page_id>/", page_remarks, name="page_remarks")]


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the page's menu, beside its history."""
    if view_name == "edit" and page.permissions_for_user(user).can_edit():
        yield Button("What Young Advisors said", reverse("page_remarks", args=[page.pk]), icon_name="comment", priority=66)  # fmt: skip


@hooks.register("before_edit_page")
def tell_of_remarks(request: HttpRequest, page: Page) -> None:
    """Above the editor, while there is something to deal with."""
    if request.method != "GET":
        return
    waiting = open_remarks(page)
    if waiting:
        words = "1 comment" if waiting == 1 else f"{waiting} comments"
        link = format_html('<a href="{}">Read them</a>', reverse("page_remarks", args=[page.pk]))
        messages.info(request, format_html("Young Advisors left {} on this page. {}", words, link))
