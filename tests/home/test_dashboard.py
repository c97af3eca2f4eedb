"""The front of the admin for those who look after pages, and the way of a page from an editor to the public."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow

from foundation.accounts.role_setup import set_up_roles
from home.models import InformationPage
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page, a_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return a_page(InformationPage, under=a_home_page(), title="Walking to school", slug="walking", live=False)


def front(person) -> str:
    return sign_in(Client(), person).get(reverse("wagtailadmin_home")).text


def test_an_editor_sees_their_own_drafts(draft):
    editor, other = holder_of("Editor"), holder_of("Editor")
    draft.save_revision(user=editor)
    assert "Walking to school" in front(editor)
    assert "Never published" in front(editor)
    assert "Walking to school" not in front(other)
    assert "You have no unfinished pages" in front(other)


def test_an_editor_sees_what_is_due_for_a_check(draft):
    a_page(InformationPage, under=draft.get_parent(), title="Bullying online", review_due=date(2020, 1, 1))
    a_page(InformationPage, under=draft.get_parent(), title="Checked lately", review_due=date(2099, 1, 1))
    text = front(holder_of("Editor"))
    assert "Bullying online" in text
    assert "Checked lately" not in text


def test_people_without_pages_have_no_panels_about_pages(draft):
    assert "My drafts" not in front(holder_of("Survey manager"))


def test_what_an_editor_sends_waits_for_a_publisher_who_puts_it_before_the_public(client, draft):
    editor, publisher = holder_of("Editor"), holder_of("Publisher")
    set_up_roles()
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    sent = sign_in(Client(), editor).post(address, _fields(draft, **{"action-submit": "Submit"}))
    assert sent.status_code == 302
    assert f"Sent by {editor}" in front(editor)
    assert client.get("/en/walking/").status_code == 404
    assert "Awaiting your review" not in front(editor)
    assert "Awaiting your review" in front(publisher)
    state = draft.current_workflow_task_state
    action = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])
    sign_in(Client(), publisher).post(action)
    draft.refresh_from_db()
    assert draft.live
    assert "Nothing waits for moderation" in front(editor)


def test_a_review_that_an_administrator_gave_to_others_stays_theirs():
    leads = holder_of("Safeguarding lead").groups.get()
    task = GroupApprovalTask.objects.get()
    task.groups.set([leads])
    set_up_roles()
    assert list(task.groups.all()) == [leads]
    assert Workflow.objects.filter(active=True).exists()


def test_help_leads_to_the_guide_of_ones_own_role(draft):
    client = sign_in(Client(), holder_of("Editor"))
    address = reverse("role_guide")
    assert address in client.get(reverse("wagtailadmin_home")).text
    text = client.get(address).text
    assert "A new page, step by step" in text
    assert "You decide what the public sees" not in text
    assert "You decide what the public sees" in client.get(address, {"role": "publisher"}).text
    assert ".md" not in text


def test_a_role_that_does_not_exist_leads_to_ones_own_guide(draft):
    client = sign_in(Client(), holder_of("Editor"))
    assert "A new page, step by step" in client.get(reverse("role_guide"), {"role": "../../secrets"}).text


def _fields(page, **extra: str) -> dict[str, str]:
    return {
        "title": page.title, "slug": page.slug, "summary": page.summary, "body-count": "0", "owner_role": "",
        "seo_title": "", "search_description": "", "sources": "", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "reviewed_on": "", "review_due": "", "translated_at": "", "go_live_at": "",
        "expire_at": "", **extra,
    }  # fmt: skip
