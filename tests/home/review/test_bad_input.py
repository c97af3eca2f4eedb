"""What can go wrong between a Young Advisor and an editor: a clear word each time, and nothing lost."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from foundation.audit.models import Entry
from home.review.models import Remark, Review
from home.review.places import places_of
from home.review.services import add_remark, decide, keep_checklist
from tests.factories.accounts import holder_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def remark(round_, advisor):
    draft = round_.workflow_state.content_object.get_latest_revision_as_object()
    place = places_of(draft)[-1]
    return add_remark(
        state=round_, by=advisor, place=place, kind="wording", text="Use a strong", old_words="Utilise a secure"
    )


@pytest.fixture
def desk(editor):
    return sign_in(Client(), editor)


def test_a_suggestion_on_a_deleted_block_is_kept_and_the_editor_is_told(desk, guide, editor, remark):
    draft = guide.get_latest_revision_as_object()
    draft.body = []
    draft.save_revision(user=editor)
    answer = desk.post(reverse("page_remarks", args=[guide.pk]), {"act": "take-over", "remark": remark.pk}, follow=True)
    assert "That part of the page has gone" in answer.text
    guide.refresh_from_db()
    assert len(guide.get_latest_revision_as_object().body) == 0
    remark.refresh_from_db()
    assert remark.resolved_at is None
    assert "Text: Passwords" in answer.text


def test_two_editors_at_once_take_over_once(desk, guide, remark):
    address = reverse("page_remarks", args=[guide.pk])
    desk.post(address, {"act": "take-over", "remark": remark.pk})
    newest = Page.objects.get(pk=guide.pk).latest_revision_id
    again = desk.post(address, {"act": "take-over", "remark": remark.pk}, follow=True)
    assert "dealt with already" in again.text
    assert Page.objects.get(pk=guide.pk).latest_revision_id == newest


def test_what_somebody_said_who_left_stays_unnamed_and_can_still_be_taken_over(desk, guide, advisor, remark):
    address = reverse("page_remarks", args=[guide.pk])
    assert "Samphire" in desk.get(address).text
    advisor.groups.clear()
    text = desk.get(address).text
    assert "Samphire" not in text
    assert "A Young Advisor" in text
    desk.post(address, {"act": "take-over", "remark": remark.pk})
    remark.refresh_from_db()
    assert remark.was_taken_over
    assert Entry.objects.filter(action="review.remarked").exists()


def test_the_answers_of_somebody_who_left_name_nobody(desk, guide, advisor, round_):
    keep_checklist(state=round_, by=advisor, answers={"is_clear": "yes", "credited_as": "Samphire"})
    address = reverse("page_remarks", args=[guide.pk])
    assert "Samphire" in desk.get(address).text
    advisor.groups.clear()
    text = desk.get(address).text
    assert "A Young Advisor: not decided" in text
    assert "Samphire" not in text


def test_staff_take_away_words_that_hurt_and_the_trail_keeps_them(desk, guide, remark):
    desk.post(reverse("page_remarks", args=[guide.pk]), {"act": "drop", "remark": remark.pk})
    assert not Remark.objects.exists()
    assert Entry.objects.get(action="review.remark_dropped").note_hash


def test_no_history_and_no_mail_of_the_admin_shows_an_address(desk, guide, advisor, round_):
    newest = guide.get_latest_revision().pk
    mail.outbox.clear()
    decide(state=round_, by=advisor, decision="change", seen_revision=newest, answers={"note": "Shorter"})
    pages = ("history", [guide.pk]), ("workflow_history_detail", [guide.pk, round_.workflow_state_id])
    for name, args in pages:
        text = desk.get(reverse(f"wagtailadmin_pages:{name}", args=args)).text
        assert "private@example.org" not in text
        assert "Samphire" in text
    assert mail.outbox
    assert all("private@example.org" not in one.body for one in mail.outbox)


def test_who_comes_without_a_name_gets_one_that_is_no_address(db):
    person = holder_of("Young Advisor", display_name="", email="private@example.org")
    assert person.get_full_name() == f"Young Advisor {person.pk}"


def test_who_left_cannot_say_anything_more(client, advisor, round_):
    client.force_login(advisor)
    advisor.groups.clear()
    given = {"act": "say", "remark-place": "title", "remark-text": "Too late", "remark-old_words": ""}
    assert client.post(reverse("review_page", args=[round_.pk]), given).status_code == 404
    assert not Remark.objects.exists()


@pytest.mark.parametrize("field", ["note", "public_words", "credited_as"])
def test_five_thousand_characters_are_counted_and_kept_on_the_page(client, advisor, round_, field):
    client.force_login(advisor)
    typed = "a" * 5_000
    refused = client.post(reverse("review_page", args=[round_.pk]), {"act": "save", field: typed})
    assert refused.status_code == 422
    assert "characters or fewer. You have 5000" in refused.text
    assert typed in refused.text
    assert not Review.objects.exists()


def test_hostile_markup_in_a_credit_is_refused_and_in_words_shown_as_words(client, guide, advisor, round_, desk):
    client.force_login(advisor)
    newest, address = guide.get_latest_revision().pk, reverse("review_page", args=[round_.pk])
    refused = client.post(address, {"act": "ready", "revision": newest, "credited_as": "<b>Samphire</b>"})
    assert refused.status_code == 422
    client.post(address, {"act": "ready", "revision": newest, "public_words": "<img src=x onerror=alert(1)>"})
    desk.post(reverse("page_remarks", args=[guide.pk]), {"act": "show", "review": Review.objects.get().pk})
    publisher = sign_in(Client(), holder_of("Publisher"))
    state = guide.current_workflow_task_state
    publisher.post(reverse("wagtailadmin_pages:workflow_action", args=[guide.pk, "approve", state.pk]))
    public = Client().get(guide.url).text
    assert "&lt;img src=x" in public
    assert "<img src=x" not in public


@pytest.mark.parametrize("revision", ["", "x", "-1", "99999999999999999999999", "1" * 5_000])
def test_a_made_up_revision_decides_nothing(client, advisor, round_, revision):
    client.force_login(advisor)
    refused = client.post(
        reverse("review_page", args=[round_.pk]), {"act": "ready", "revision": revision, "note": "Mine"}
    )
    assert refused.status_code == 422
    assert "Mine" in refused.text
    round_.refresh_from_db()
    assert round_.status == "in_progress"
