"""Editors see what Young Advisors said, take it over or deal with it; publishers have the last word."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, Workflow

from foundation.audit.models import Entry
from foundation.cache import generation
from foundation.cache.signals import is_shown
from home.models import Audience, AudiencePage
from home.review.models import Remark, Review
from home.review.places import places_of
from home.review.services import add_remark, decide, keep_checklist
from home.review.setup import WORKFLOW, set_up_review
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_page

pytestmark = pytest.mark.django_db


def as_after_a_commit():
    """The transaction of a test never ends, so what a commit makes old is made old here."""
    assert is_shown(Review)
    generation.bump()


def remark_on(state, by, place, text, old=""):
    draft = state.workflow_state.content_object.get_latest_revision_as_object()
    found = next(one for one in places_of(draft) if place in (one.key, one.label.split(":")[0]))
    kind = "wording" if old else "comment"
    return add_remark(state=state, by=by, place=found, kind=kind, text=text, old_words=old)


def ready(state, by, **answers):
    newest = TaskState.objects.get(pk=state.pk).workflow_state.content_object.get_latest_revision()
    return decide(state=state, by=by, decision="ready", seen_revision=newest.pk, answers=answers)


def newest_of(guide):
    return Page.objects.get(pk=guide.pk).get_latest_revision()


def remarks_page(guide):
    return reverse("page_remarks", args=[guide.pk])


def approve(guide, by):
    state = guide.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[guide.pk, "approve", state.pk])
    return sign_in(Client(), by).post(address)


@pytest.fixture
def at_desk(client, editor):
    return sign_in(client, editor)


def test_the_editor_of_the_page_leads_to_what_was_said(at_desk, guide, advisor, round_):
    remark_on(round_, advisor, "title", "Too long")
    text = at_desk.get(reverse("wagtailadmin_pages:edit", args=[guide.pk])).text
    assert "Young Advisors left 1 comment on this page" in text
    assert "What Young Advisors said" in text
    said = at_desk.get(remarks_page(guide)).text
    assert "Too long" in said
    assert "Samphire" in said
    assert "private@example.org" not in said


def test_a_wording_in_the_title_is_taken_over_into_the_draft_only(at_desk, guide, advisor, editor, round_):
    remark = remark_on(round_, advisor, "title", "safe on your phone", old="safe online")
    text = at_desk.get(remarks_page(guide)).text
    assert "Put in: </span>on your phone" in text
    at_desk.post(remarks_page(guide), {"act": "take-over", "remark": remark.pk})
    newest = newest_of(guide)
    assert newest.as_object().title == "Staying safe on your phone"
    assert newest.user == editor
    guide.refresh_from_db()
    assert (guide.title, guide.live) == ("Staying safe online", False)
    remark.refresh_from_db()
    assert (remark.was_taken_over, remark.resolved_by) == (True, editor)
    assert Entry.objects.filter(action="review.wording_taken_over").exists()


def test_the_difference_is_shown_among_the_words_around_it(at_desk, guide, advisor, round_):
    remark_on(round_, advisor, "Text", "strong", old="secure")
    said = at_desk.get(remarks_page(guide)).text
    assert "Passwords Utilise a <del>" in said
    assert "password &amp; keep it." in said.partition("Put in: </span>strong</ins>")[2][:60]


def test_a_wording_in_a_text_keeps_the_markup_and_never_becomes_markup(at_desk, guide, advisor, round_):
    remark = remark_on(round_, advisor, "Text", "Pick <i>a</i> strong", old="Utilise a secure")
    at_desk.post(remarks_page(guide), {"act": "take-over", "remark": remark.pk})
    body = newest_of(guide).as_object().body
    words = str(body.get_prep_value()[0]["value"])
    assert "Pick &lt;i&gt;a&lt;/i&gt; strong <b>password</b> &amp; keep it." in words


@pytest.mark.parametrize("old", ["secure password", "Utilise", "e"])
def test_what_cannot_be_put_in_safely_is_left_to_the_editor(at_desk, guide, advisor, editor, round_, old):
    remark = remark_on(round_, advisor, "Text", "Use", old=old)
    draft = guide.get_latest_revision_as_object()
    draft.body = [("text", "<p>Nothing of the old words is here: secure <b>password</b>.</p>")]
    draft.save_revision(user=editor)
    before = newest_of(guide).pk
    answer = at_desk.post(remarks_page(guide), {"act": "take-over", "remark": remark.pk}, follow=True)
    assert "Please change it by hand" in answer.text
    assert newest_of(guide).pk == before
    remark.refresh_from_db()
    assert remark.resolved_at is None


def test_a_remark_is_marked_as_dealt_with(at_desk, guide, advisor, editor, round_):
    remark = remark_on(round_, advisor, "page", "More pictures")
    at_desk.post(remarks_page(guide), {"act": "resolve", "remark": remark.pk})
    remark.refresh_from_db()
    assert remark.resolved_by == editor
    assert "Young Advisors left" not in at_desk.get(reverse("wagtailadmin_pages:edit", args=[guide.pk])).text


def test_a_remark_of_another_page_is_not_found(at_desk, guide, advisor, round_):
    remark = remark_on(round_, advisor, "page", "More pictures")
    elsewhere = reverse("page_remarks", args=[guide.get_parent().pk])
    for pk in (remark.pk, "x", ""):
        assert at_desk.post(elsewhere, {"act": "resolve", "remark": pk}).status_code == 404
    assert Remark.objects.get().resolved_at is None


def test_editors_and_publishers_cannot_decide_for_the_young_advisors(guide, round_, editor, publisher):
    for person in (editor, publisher, holder_of("Administrator")):
        approve(guide, person)
    round_.refresh_from_db()
    guide.refresh_from_db()
    assert (round_.status, guide.live) == ("in_progress", False)


def test_a_publisher_publishes_and_an_editor_does_not(client, guide, advisor, editor, publisher, round_):
    ready(round_, advisor)
    approve(guide, editor)
    guide.refresh_from_db()
    assert not guide.live
    approve(guide, publisher)
    guide.refresh_from_db()
    assert guide.live
    assert "Reviewed by Young Advisors" in client.get(guide.url).text


def test_a_publisher_does_not_approve_their_own_draft(guide, advisor, publisher, round_):
    guide.title = "My own words"
    guide.save_revision(user=publisher)
    ready(round_, advisor)
    approve(guide, publisher)
    guide.refresh_from_db()
    assert not guide.live
    approve(guide, holder_of("Publisher"))
    guide.refresh_from_db()
    assert guide.live


def test_a_publisher_who_approves_in_the_editor_has_not_written_the_draft(guide, advisor, publisher, round_):
    ready(round_, advisor)
    # As the editor saves before it approves: the same words, with the marks of its text editor.
    draft = guide.get_latest_revision_as_object()
    raw = draft.body.get_prep_value()
    raw[0]["value"] = raw[0]["value"].replace("<p>", '<p data-block-key="x1y2z">')
    draft.body = type(draft)._meta.get_field("body").to_python(raw)
    draft.save_revision(user=publisher)
    approve(guide, publisher)
    guide.refresh_from_db()
    assert guide.live


def test_a_publisher_who_changed_a_word_before_that_has(guide, advisor, publisher, round_):
    ready(round_, advisor)
    draft = guide.get_latest_revision_as_object()
    for title in ("Other words", "Other words"):
        draft.title = title
        draft.save_revision(user=publisher)
    approve(guide, publisher)
    guide.refresh_from_db()
    assert not guide.live


def test_two_who_approve_at_once_are_told_and_who_presses_twice_is_led_on(guide, advisor, publisher, round_):
    ready(round_, advisor)
    approve(guide, publisher)
    edit = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    pressed = {"action-workflow-action": "true", "workflow-action-name": "approve", "title": "Mine", "body-count": "0"}
    pressed |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    again = sign_in(Client(), publisher).post(edit, pressed)
    assert (again.status_code, again.url) == (302, reverse("wagtailadmin_explore", args=[guide.get_parent().pk]))
    other = sign_in(Client(), holder_of("Publisher")).post(edit, pressed)
    assert "Somebody else has decided on this page meanwhile" in other.text
    assert 'value="Mine"' in other.text or ">Mine</textarea>" in other.text


def test_an_editor_takes_over_after_ready_and_a_publisher_publishes_it(at_desk, guide, advisor, publisher, round_):
    remark = remark_on(round_, advisor, "title", "safe on your phone", old="safe online")
    ready(round_, advisor)
    answer = at_desk.post(remarks_page(guide), {"act": "take-over", "remark": remark.pk}, follow=True)
    assert "The wording stands in the draft now" in answer.text
    guide.refresh_from_db()
    assert (guide.title, guide.live) == ("Staying safe online", False)
    approve(guide, publisher)
    guide.refresh_from_db()
    assert (guide.title, guide.live) == ("Staying safe on your phone", True)


def test_a_publisher_who_takes_over_leaves_the_approval_to_another(guide, advisor, publisher, round_):
    remark = remark_on(round_, advisor, "title", "safe on your phone", old="safe online")
    ready(round_, advisor)
    sign_in(Client(), publisher).post(remarks_page(guide), {"act": "take-over", "remark": remark.pk})
    approve(guide, publisher)
    guide.refresh_from_db()
    assert not guide.live


def test_a_wording_taken_over_after_them_does_not_hide_a_publishers_own_words(
    at_desk, guide, advisor, publisher, round_
):
    remark = remark_on(round_, advisor, "title", "safe on your phone", old="safe online")
    ready(round_, advisor)
    draft = guide.get_latest_revision_as_object()
    draft.body = [("text", "<p>Words of the publisher.</p>")]
    draft.save_revision(user=publisher)
    at_desk.post(remarks_page(guide), {"act": "take-over", "remark": remark.pk})
    approve(guide, publisher)
    guide.refresh_from_db()
    assert not guide.live


def test_any_other_lock_still_stops_a_take_over(at_desk, guide, advisor, publisher, round_):
    remark = remark_on(round_, advisor, "title", "safe on your phone", old="safe online")
    ready(round_, advisor)
    Page.objects.filter(pk=guide.pk).update(locked=True, locked_by=publisher, locked_at=timezone.now())
    answer = at_desk.post(remarks_page(guide), {"act": "take-over", "remark": remark.pk}, follow=True)
    assert "The page is locked for you" in answer.text
    assert newest_of(guide).as_object().title == "Staying safe online"


@pytest.fixture
def published(guide, advisor, publisher, round_):
    review = ready(round_, advisor, public_words="We made it shorter.", credited_as="Samphire")
    approve(guide, publisher)
    guide.refresh_from_db()
    return review


def test_words_and_name_are_shown_once_an_editor_agrees(guide, published, editor):
    public = Client().get(guide.url).text
    assert "Reviewed by Young Advisors" in public
    assert "We made it shorter." not in public
    assert "Samphire" not in public
    sign_in(Client(), editor).post(remarks_page(guide), {"act": "show", "review": published.pk})
    as_after_a_commit()
    public = Client().get(guide.url).text
    assert "We made it shorter." in public
    assert "Samphire" in public


def test_another_of_the_same_round_is_credited_too(guide, advisor, publisher, round_, editor):
    other = holder_of("Young Advisor", display_name="Alex")
    said = keep_checklist(state=round_, by=other, answers={"public_words": "We added a number.", "credited_as": "Alex"})
    ready(round_, advisor)
    approve(guide, publisher)
    desk = sign_in(Client(), editor)
    assert "Show these words on the page" in desk.get(remarks_page(guide)).text
    assert "We added a number." not in Client().get(guide.url).text
    desk.post(remarks_page(guide), {"act": "show", "review": said.pk})
    as_after_a_commit()
    public = Client().get(guide.url).text
    assert public.count("Reviewed by Young Advisors") == 1
    assert "We added a number." in public
    assert "Alex" in public


def leave_role(person):
    person.groups.clear()


def close_account(person):
    person.is_active = False
    person.save()


def delete(person):
    person.delete()


@pytest.mark.parametrize("leave", [leave_role, close_account, delete])
def test_leaving_takes_the_name_off_the_page(guide, published, editor, advisor, leave):
    sign_in(Client(), editor).post(remarks_page(guide), {"act": "show", "review": published.pk})
    assert "Samphire" in Client().get(guide.url).text
    leave(advisor)
    as_after_a_commit()
    public = Client().get(guide.url).text
    assert "Samphire" not in public
    assert "We made it shorter." in public
    assert Review.objects.get().credited_as == ""


def test_setting_up_twice_changes_nothing(guide):
    assert set_up_review() == []
    assert [task.name for task in Workflow.objects.get(name=WORKFLOW).tasks] == [
        "Young Advisors read it",
        "A publisher approves it",
    ]


def test_without_roles_the_set_up_says_what_to_do(db):
    with pytest.raises(CommandError, match="setup_roles"):
        call_command("setup_review")


def test_the_demonstration_has_a_draft_that_waits(client, guide, advisor):
    young = Audience.objects.create(slug="young-people", name="Young people")
    a_page(AudiencePage, under=guide.get_parent(), title="Young people", audience=young)
    editor = holder_of("Editor")
    editor.is_demo = True
    editor.save()
    call_command("setup_review", verbosity=0)
    call_command("setup_review", verbosity=0)
    client.force_login(advisor)
    assert client.get(reverse("review")).text.count("A picture of you that you did not want shared") == 1
