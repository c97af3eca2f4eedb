"""A page below the home page, sent to the Young Advisors by an editor."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow, WorkflowPage

from foundation.accounts.role_setup import set_up_roles
from home.models import Audience, AudiencePage, InformationPage
from home.review.models import Post
from home.review.selectors import waiting
from home.review.setup import WORKFLOW, set_up_review
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page, a_page, with_body


@pytest.fixture
def advisor(db):
    return holder_of("Young Advisor", display_name="Samphire", email="private@example.org")


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


@pytest.fixture
def places(settings, tmp_path):
    """Folders of this test for what is uploaded."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.PRIVATE_ROOT = str(tmp_path / "private")
    settings.STORAGES = {**settings.STORAGES}  # so that Django makes them anew, in these folders


@pytest.fixture
def part(db):
    audience = Audience.objects.create(slug="young-people", name="Young people")
    return a_page(AudiencePage, under=a_home_page(), title="Young people", slug="young-people", audience=audience)


@pytest.fixture
def signed_in(client, advisor):
    client.force_login(advisor)
    return client


@pytest.fixture
def post(signed_in):
    signed_in.post(reverse("review_post_new"))
    return Post.objects.get()


@pytest.fixture
def publisher_desk(part):
    return sign_in(Client(), holder_of("Publisher"))
