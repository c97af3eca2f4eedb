"""A page below the home page, sent to the Young Advisors by an editor."""

import pytest
from wagtail.models import Workflow, WorkflowPage

from foundation.accounts.role_setup import set_up_roles
from home.models import InformationPage
from home.review.selectors import waiting
from home.review.setup import WORKFLOW, set_up_review
from tests.factories.accounts import holder_of
from tests.factories.pages import a_home_page, a_page, with_body


@pytest.fixture
def advisor(db):
    return holder_of("Young Advisor", display_name="Sam", email="private@example.org")


@pytest.fixture
def editor(db):
    return holder_of("Editor")


@pytest.fixture
def publisher(db):
    return holder_of("Publisher")


@pytest.fixture
def guide(db):
    home = a_home_page()
    set_up_roles()
    set_up_review()
    WorkflowPage.objects.filter(page=home.page_ptr).delete()
    WorkflowPage.objects.create(workflow=Workflow.objects.get(name=WORKFLOW), page=home.page_ptr)
    made = a_page(InformationPage, under=home, title="Staying safe online", live=False)
    return with_body(made, ("text", "<h2>Passwords</h2><p>Utilise a secure <b>password</b> &amp; keep it.</p>"))


def send(page, by):
    """As "Submit" does in the editor; returns the round."""
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
    return waiting()[-1]


@pytest.fixture
def round_(guide, editor):
    return send(guide, editor)
