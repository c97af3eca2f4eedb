"""What the review adds to the admin: the page of remarks, and the way to it from the page's editor."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, TaskState

from . import days, desk
from .admin import draft_remarks, page_remarks
from .content_checks_view import ContentChecksView
from .selectors import open_remarks

PRESSED_TWICE = timedelta(minutes=1)


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    return [
        path("young-advisors/", desk.desk, name="young_advisors_desk"),
        path("young-advisors/checks/<int:page_id>/", ContentChecksView.as_view(), name="content_checks"),
        path("young-advisors/days/", days.takeover_days, name="young_advisors_days"),
        path("young-advisors/<int:page_id>/", page_remarks, name="page_remarks"),
        path("young-advisors/drafts/<slug:key>/", draft_remarks, name="draft_remarks"),
        path("young-advisors/posts/<int:pk>/", desk.desk_post, name="young_advisors_post"),
        path("young-advisors/posts/<int:pk>/<slug:name>/", desk.desk_file, name="young_advisors_file"),
        path("young-advisors/questions/<int:pk>/", desk.desk_question, name="young_advisors_question"),
    ]


class DeskItem(MenuItem):
    """For who looks after pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return desk.looks_after_pages(request.user)


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    """What Young Advisors wrote and asked."""
    return DeskItem("Young Advisors", reverse("young_advisors_desk"), icon_name="comment", order=250)


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


@hooks.register("before_edit_page")
def decide_once(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Two publishers at once, or one who presses twice: Wagtail fails where the step has gone. The same person is led on;
    another's words become a draft, and they are told."""
    if request.method != "POST" or not request.POST.get("action-workflow-action") or page.current_workflow_task:
        return None
    lately = timezone.now() - PRESSED_TWICE
    done = TaskState.objects.filter(workflow_state__in=page.workflow_states, finished_at__gte=lately)
    if done.filter(finished_by=request.user.pk).exists():
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    messages.warning(request, "Somebody else has decided on this page meanwhile. What you changed is kept as a draft.")
    kept = request.POST.copy()
    del kept["action-workflow-action"]
    request.POST = kept  # type: ignore[assignment]
    return None


@hooks.register("insert_editor_js")
def checks_script() -> str:
    """Keeps our checks up with what is typed."""
    return format_html('<script src="{}" defer></script>', static("home/review/checks.js"))
