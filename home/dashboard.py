"""The front of the admin, for those who look after pages: what is half done, what waits, what is due for a check."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState
from wagtail.permissions import page_permission_policy

from home.review.models import YoungAdvisorsTask
from home.review.waiting import never_seen, pace, what_waits
from home.selectors.reviews import pages_due_for_review

MOST_ROWS = 8


class _PagesPanel(Component):
    """A short list of pages with a way to edit each; says what to do when there is none."""

    template_name = "home/admin/pages_panel.html"
    name = ""
    heading = ""
    nothing = ""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def rows(self) -> list[dict[str, Any]]:
        """[{title, url, note, date}]"""
        raise NotImplementedError

    def more(self) -> dict[str, str] | None:
        """Where all of them stand."""
        return None

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"panel": self, "rows": self.rows(), "more": self.more()}


class StartPanel(Component):
    """The first things an editor comes for."""

    name = "start"
    template_name = "home/admin/start_panel.html"
    order = 100

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        home = Page.objects.filter(depth=2, locale__language_code="en").order_by("path").first()
        return {
            "explore_url": reverse("wagtailadmin_explore", args=[home.pk] if home else []) if home else "",
            "guide_url": reverse("role_guide"),
            "pictures_url": reverse("wagtailimages:index"),
            "documents_url": reverse("wagtaildocs:index"),
        }


class DraftsPanel(_PagesPanel):
    """Pages whose latest words are this person's and not public yet."""

    name = "my_drafts"
    heading = "My drafts"
    nothing = "You have no unfinished pages."
    order = 205

    def rows(self) -> list[dict[str, Any]]:
        drafts = (
            Page.objects.filter(has_unpublished_changes=True, latest_revision__user_id=self.request.user.pk)
            .select_related("locale")
            .order_by("-latest_revision_created_at")[:MOST_ROWS]
        )
        return [
            {
                "title": page.draft_title or page.title,
                "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                "note": "Changes to a public page" if page.live else "Never published",
                "date": page.latest_revision_created_at,
            }
            for page in drafts
        ]


class WaitingPanel(_PagesPanel):
    """What anybody has sent to moderation and nobody has answered; what waits for Young Advisors stands in their panel."""

    name = "waiting_moderation"
    heading = "Waiting for a Publisher"
    nothing = "Nothing waits for moderation."
    order = 215

    def rows(self) -> list[dict[str, Any]]:
        mine = page_permission_policy.instances_user_has_any_permission_for(self.request.user, {"change", "publish"})
        pages = set(mine.values_list("pk", flat=True))
        waiting = (
            WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
            .exclude(current_task_state__task__in=YoungAdvisorsTask.objects.all())
            .select_related("requested_by")
            .prefetch_related("content_object")
            .order_by("created_at")
        )
        return [
            {
                "title": state.content_object.get_admin_display_title(),
                "url": reverse("wagtailadmin_pages:edit", args=[state.content_object.pk]),
                "note": f"Sent by {state.requested_by}" if state.requested_by else "",
                "date": state.created_at,
            }
            for state in waiting
            if isinstance(state.content_object, Page) and state.content_object.pk in pages
        ][:MOST_ROWS]


class DuePanel(_PagesPanel):
    """Pages whose day of checking has come."""

    name = "due_for_review"
    heading = "Due for a check"
    nothing = "Every page has been checked in time."
    order = 230

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "title": page.title,
                "url": reverse("wagtailadmin_pages:edit", args=[page.page_id]),
                "note": page.owner_role,
                "date": page.review_due,
            }
            for page in pages_due_for_review(include_undated=False, limit=MOST_ROWS)
        ]

    def more(self) -> dict[str, str] | None:
        if not self.request.user.has_perm("counts.view_pagecount"):
            return None
        return {"url": reverse("counts-due-for-review"), "title": "All pages due for review"}


class YoungAdvisorsPanel(Component):
    """The work with the Young Advisors: what waits on whom, how long reviews take, what they have never seen."""

    name = "young_advisors"
    template_name = "home/review/admin/panel.html"
    order = 220

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        waiting, unseen = what_waits(), never_seen()
        return {
            "panel": self,
            "rows": waiting[:MOST_ROWS],
            "more": max(0, len(waiting) - MOST_ROWS),
            "desk_url": reverse("young_advisors_desk"),
            "pace": pace(),
            "unseen": [(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk])) for page in unseen[:MOST_ROWS]],
            "unseen_count": len(unseen),
        }


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    """For whoever may change pages; other roles have other work."""
    if page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}):
        panels += [
            StartPanel(request),
            DraftsPanel(request),
            WaitingPanel(request),
            YoungAdvisorsPanel(request),
            DuePanel(request),
        ]
