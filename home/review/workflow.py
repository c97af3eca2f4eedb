"""The two steps that a draft takes: Young Advisors, then people who may publish."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Task, TaskState, WorkflowState

_EDITORS_MARK = re.compile(r' data-block-key=\\?"[^"\\]*\\?"')
_WRITTEN_BY_SAVING = frozenset(
    ("latest_revision", "latest_revision_created_at", "live_revision", "has_unpublished_changes", "draft_title",
     "last_published_at", "first_published_at", "wagtail_admin_comments", "comments")
)  # fmt: skip


def wrote(user: Any, workflow_state: WorkflowState) -> bool:
    """Whether the draft is this person's own: they sent it, its newest words are theirs, or they wrote in it since it was
    sent, even if somebody else wrote after them.

    "Approve and publish" in the editor saves the form first, and the text editor writes its own marks into texts that have
    none: a save that changes nothing but those is no writing.
    """
    if workflow_state.requested_by_id == user.pk:
        return True
    page = workflow_state.content_object
    if any(_is_writing(one) for one in page.revisions.filter(user=user, created_at__gte=workflow_state.created_at)):
        return True
    newest = page.get_latest_revision()
    if newest is None or newest.user_id != user.pk:
        return False
    before = page.revisions.exclude(user=user).order_by("-created_at", "-pk").first()
    return before is None or _substance(newest) != _substance(before)


def _is_writing(revision: Any) -> bool:
    """Whether it says something else than the one before it."""
    before = revision.get_previous()
    return before is None or _substance(revision) != _substance(before)


def _substance(revision: Any) -> dict[str, Any]:
    """What a revision says, without what saving writes by itself."""
    content = {name: value for name, value in revision.content.items() if name not in _WRITTEN_BY_SAVING}
    return {name: _EDITORS_MARK.sub("", value) if isinstance(value, str) else value for name, value in content.items()}


class YoungAdvisorsTask(Task):
    """Waits for the Young Advisors, who decide at /review/ and nowhere else. Editors may go on editing meanwhile."""

    class Meta:
        verbose_name = _("Young Advisors' review")
        verbose_name_plural = _("Young Advisors' reviews")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Young Advisors read the draft and decide, outside the admin. Never the last step."))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """None: nobody decides for the Young Advisors from the admin."""
        return []

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Refuses; `services.decide` is the only way."""
        raise PermissionDenied

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        return TaskState.objects.none()


class PublishersTask(AbstractGroupApprovalTask):
    """Waits for people who may publish; nobody approves a draft of their own."""

    class Meta:
        verbose_name = _("Approval by somebody who may publish")
        verbose_name_plural = _("Approvals by somebody who may publish")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups approve; nobody approves a draft of their own."))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        state = obj.current_workflow_state
        if state is not None and wrote(user, state):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        if action_name == "approve" and wrote(user, task_state.workflow_state):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)
