"""Makes the workflow "Young Advisors, then publishers"; safe to run again."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from foundation.accounts.roles import ROLES
from home.models import AudiencePage

from .models import PublishersTask, YoungAdvisorsTask

WORKFLOW = "Young Advisors, then publishers"
FIRST_TASK = "Young Advisors read it"
LAST_TASK = "A publisher approves it"
YOUNG_AUDIENCES = ("young-people",)


class RolesMissing(LookupError):
    """`setup_roles` has not run."""


@transaction.atomic
def set_up_review() -> list[str]:
    """Make what is missing, and say what was made. What an Administrator changed later stays theirs.

    The pages for children and young people take the workflow when it is made; an Administrator gives it to others.

    Raises:
        RolesMissing: there is nobody who may publish.
    """
    publishers = Group.objects.filter(name__in=[role.name for role in ROLES if "publish_page" in role.pages])
    if not publishers:
        raise RolesMissing("Run `manage.py setup_roles` first: nobody may publish.")
    changes: list[str] = []
    first, _made = YoungAdvisorsTask.objects.get_or_create(name=FIRST_TASK)
    last, _made = PublishersTask.objects.get_or_create(name=LAST_TASK)
    if not last.groups.exists():
        last.groups.set(publishers)
        changes.append(f"{last.name}: {', '.join(group.name for group in publishers)}")
    workflow = Workflow.objects.filter(name=WORKFLOW).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW)
        for order, task in enumerate((first, last)):
            WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=order)
        changes.append(f"{workflow.name}: made")
        for page in AudiencePage.objects.filter(audience__slug__in=YOUNG_AUDIENCES, workflowpage__isnull=True):
            WorkflowPage.objects.create(workflow=workflow, page=page.page_ptr)
            changes.append(f"{page.title}: reviewed by Young Advisors, with the pages below")
    return changes
