"""Young Advisors read a draft, say what should change, and decide; nobody else gets in."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask

from foundation.audit.models import Entry
from foundation.registries.advisors import AdvisorsProvider, WaitingForAdvisors, advisors_providers
from home.review.models import Remark, Review
from tests.factories.accounts import UserFactory, holder_of, sign_in

pytestmark = pytest.mark.django_db


def address(state, name="review_page"):
    return reverse(name, args=[state.pk])


def say(client, state, **fields):
    given = {"act": "say", "remark-place": "title", "remark-text": "Too long", "remark-old_words": "", **fields}
    return client.post(address(state), given)


def decide(client, state, act, **fields):
    newest = state.workflow_state.content_object.get_latest_revision()
    return client.post(address(state), {"act": act, "revision": newest.pk, **fields})


@pytest.fixture
def signed_in(client, advisor):
    client.force_login(advisor)
    return client


def test_the_list_shows_what_waits_and_leads_to_it(signed_in, round_):
    text = signed_in.get(reverse("review")).text
    assert "Staying safe online" in text
    assert address(round_) in text


def test_the_draft_is_shown_as_the_public_will_see_it(signed_in, guide, round_):
    assert Client().get(guide.url).status_code == 404
    draft = signed_in.get(address(round_, "review_draft"))
    assert draft.status_code == 200
    assert "Utilise a secure" in draft.text
    assert "no-store" in draft["Cache-Control"]
    assert address(round_, "review_draft") in signed_in.get(address(round_)).text


def test_everybody_else_finds_nothing(client, round_):
    addresses = [reverse("review"), address(round_), address(round_, "review_draft")]
    for one in addresses:
        answer = client.get(one)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("review_sign_in"))
    for person in (UserFactory(), holder_of("School lead")):
        client.force_login(person)
        assert [client.get(one).status_code for one in addresses] == [404, 404, 404]
    for role in ("Editor", "Publisher", "Administrator"):
        sign_in(client, holder_of(role))
        assert [client.get(one).status_code for one in addresses] == [404, 404, 404]
        assert decide(client, round_, "ready").status_code == 404


def test_a_young_advisor_gets_no_view_of_the_admin(signed_in, guide, round_):
    assert signed_in.get(reverse("page_remarks", args=[guide.pk])).status_code == 403


def test_a_page_in_another_task_is_as_unknown_as_none(signed_in, guide, editor, round_):
    other = GroupApprovalTask.objects.create(name="Elsewhere").start(round_.workflow_state, editor)
    for pk in (other.pk, 999_999):
        assert signed_in.get(reverse("review_page", args=[pk])).status_code == 404
        assert signed_in.get(reverse("review_draft", args=[pk])).status_code == 404
        assert signed_in.post(reverse("review_page", args=[pk]), {"act": "ready"}).status_code == 404


def test_a_comment_is_saved_and_stands_in_the_trail(signed_in, advisor, guide, round_):
    assert say(signed_in, round_).status_code == 303
    remark = Remark.objects.get()
    assert (remark.page_id, remark.author, remark.place, remark.kind) == (guide.pk, advisor, "title", "comment")
    assert Entry.objects.filter(action="review.remarked").exists()
    text = signed_in.get(address(round_)).text
    assert "Too long" in text
    assert "Samphire" in text
    assert "private@example.org" not in text


def test_hostile_markup_is_shown_as_words(signed_in, round_):
    say(signed_in, round_, **{"remark-text": "<script>alert(1)</script>"})
    text = signed_in.get(address(round_)).text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"remark-text": ""}, "Write your comment"),
        ({"remark-text": "a" * 5_000}, "Please use 2000 characters or fewer. You have 5000"),
        ({"remark-place": "gone"}, "That part has gone"),
        ({"remark-old_words": "not there"}, "do not stand in that part"),
    ],
)
def test_bad_input_is_explained_and_kept(signed_in, round_, fields, words):
    answer = say(signed_in, round_, **{"remark-text": "My long thought", **fields})
    assert answer.status_code == 422
    assert words in answer.text
    assert fields.get("remark-text", "My long thought") in answer.text
    assert not Remark.objects.exists()


def test_answers_are_kept_for_later(signed_in, advisor, round_):
    answer = signed_in.post(address(round_), {"act": "save", "is_clear": "no", "note": "Hard words"})
    assert answer.status_code == 303
    review = Review.objects.get()
    assert (review.author, review.is_clear, review.decision) == (advisor, "no", "")
    assert "Hard words" in signed_in.get(address(round_)).text


def test_ready_sends_the_page_on_and_does_not_publish_it(signed_in, advisor, guide, round_):
    assert decide(signed_in, round_, "ready", is_clear="yes").url == reverse("review")
    guide.refresh_from_db()
    assert not guide.live
    assert guide.current_workflow_task.name == "A publisher approves it"
    round_.refresh_from_db()
    assert (round_.status, round_.finished_by) == ("approved", advisor)
    assert Entry.objects.filter(action="review.said_ready").exists()
    assert "Nothing waits" in signed_in.get(reverse("review")).text


def test_a_change_needs_a_word_on_what(signed_in, guide, round_):
    refused = decide(signed_in, round_, "change")
    assert refused.status_code == 422
    assert "Say what should change" in refused.text
    assert decide(signed_in, round_, "change", note="Say who answers").status_code == 303
    assert guide.current_workflow_state.status == "needs_changes"


def test_a_page_changed_meanwhile_is_read_again_first(signed_in, guide, editor, round_):
    seen = guide.get_latest_revision().pk
    guide.title = "Another title"
    guide.save_revision(user=editor)
    refused = signed_in.post(address(round_), {"act": "ready", "revision": seen, "note": "My thought"})
    assert refused.status_code == 422
    assert "changed while you were reading" in refused.text
    assert "My thought" in refused.text
    assert "Another title" in refused.text
    assert not Review.objects.exclude(decision="").exists()


def test_a_decision_counts_once_and_what_was_typed_is_shown(signed_in, round_):
    decide(signed_in, round_, "ready")
    late = decide(signed_in, round_, "change", note="A late thought")
    assert late.status_code == 409
    assert "A late thought" in late.text
    assert "already decided" in signed_in.get(address(round_)).text
    assert Review.objects.get().decision == "ready"


def test_nobody_decides_on_their_own_draft(signed_in, advisor, guide, round_):
    guide.title = "My own words"
    guide.save_revision(user=advisor)
    refused = decide(signed_in, round_, "ready")
    assert refused.status_code == 422
    assert "You wrote this draft yourself" in refused.text
    round_.refresh_from_db()
    assert round_.status == "in_progress"


def test_their_decision_never_publishes_even_if_the_next_step_is_taken_away(signed_in, guide, round_):
    round_.workflow_state.workflow.workflow_tasks.exclude(task=round_.task).delete()
    refused = decide(signed_in, round_, "ready")
    assert refused.status_code == 422
    assert "nobody to go to next" in refused.text
    guide.refresh_from_db()
    assert not guide.live


def test_only_ones_own_remark_can_be_taken_back(signed_in, round_):
    say(signed_in, round_)
    back = reverse("review_take_back", args=[round_.pk, Remark.objects.get().pk])
    other = Client()
    other.force_login(holder_of("Young Advisor"))
    assert other.post(back).status_code == 404
    assert Remark.objects.exists()
    assert signed_in.post(back).status_code == 303
    assert not Remark.objects.exists()


def test_other_rooms_show_what_they_have(signed_in, round_, monkeypatch):
    monkeypatch.setattr(advisors_providers, "_entries", {})
    one = WaitingForAdvisors(title="Spring questions", url="/somewhere/", kind="Questionnaire")
    advisors_providers.register("test", AdvisorsProvider(lambda: [one]))
    assert (
        '<a class="govuk-link" href="/somewhere/">Spring questions</a> (Questionnaire)'
        in signed_in.get(reverse("review")).text
    )
