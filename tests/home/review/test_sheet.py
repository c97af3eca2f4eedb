"""The form beside a draft: whatever is pressed, and whoever walks away, no word in it is lost."""

import json

import pytest
from django.urls import reverse

from foundation.audit.models import Entry
from home.review.models import Remark, Review
from home.review.places import places_of
from home.review.services import add_remark, decide, resolve
from tests.home.review.conftest import send

pytestmark = pytest.mark.django_db
SCRIPT = {"x-requested-with": "fetch"}


@pytest.fixture
def signed_in(client, advisor):
    client.force_login(advisor)
    return client


@pytest.fixture
def address(round_):
    return reverse("review_page", args=[round_.pk])


def filled(guide, **given):
    """As the page sends it: every field, whatever was pressed."""
    empty = {
        "remark-place": "title", "remark-old_words": "", "remark-text": "", "is_clear": "", "note": "", "public_words": "",
        "credited_as": "", "revision": guide.get_latest_revision().pk,
    }  # fmt: skip
    return empty | given


def test_a_comment_that_is_sent_keeps_the_answers(signed_in, address, guide):
    signed_in.post(address, filled(guide, act="say", is_clear="no", note="Hard words", **{"remark-text": "Too long"}))
    review = Review.objects.get()
    assert (review.is_clear, review.note, review.unsent) == ("no", "Hard words", None)
    assert Remark.objects.get().text == "Too long"


def test_a_comment_that_is_refused_keeps_the_answers_too(signed_in, address, guide):
    refused = signed_in.post(
        address, filled(guide, act="say", note="Hard words", **{"remark-text": "Mine", "remark-old_words": "nowhere"})
    )
    assert refused.status_code == 422
    assert "Hard words" in refused.text
    assert Review.objects.get().note == "Hard words"


def test_answers_that_are_saved_keep_the_half_written_comment(signed_in, address, guide):
    signed_in.post(address, filled(guide, act="save", is_clear="yes", **{"remark-text": "I would sa"}))
    assert not Remark.objects.exists()
    text = signed_in.get(address).text
    assert "I would sa" in text
    assert '<option value="title" selected>' in text


def test_a_decision_sends_what_stands_in_the_comment(signed_in, address, guide):
    answer = signed_in.post(address, filled(guide, act="change", **{"remark-text": "Say who answers the phone"}))
    assert answer.status_code == 303
    assert Remark.objects.get().text == "Say who answers the phone"
    assert Review.objects.get().unsent is None
    guide.refresh_from_db()
    assert guide.current_workflow_state.status == "needs_changes"


def test_a_decision_that_is_refused_does_not_say_it_twice(signed_in, address, guide, editor):
    old = filled(guide, act="ready", **{"remark-text": "Say who answers"})
    guide.save_revision(user=editor)
    assert "changed while you were reading" in signed_in.post(address, old).text
    again = filled(guide, act="ready")
    assert signed_in.post(address, again).status_code == 303
    assert Remark.objects.count() == 1


def test_a_script_saves_only_what_changed_and_fills_no_trail(signed_in, address, guide):
    signed_in.post(address, filled(guide, act="save", is_clear="yes", note="From the laptop"))
    entries = Entry.objects.count()
    answer = signed_in.post(address, {"act": "save", "is_missing": "no"}, headers=SCRIPT)
    assert json.loads(answer.content) == {"errors": []}
    signed_in.post(
        address, {"act": "save", "remark-place": "title", "remark-old_words": "", "remark-text": "Half"}, headers=SCRIPT
    )
    review = Review.objects.get()
    assert (review.is_clear, review.is_missing, review.note) == ("yes", "no", "From the laptop")
    assert review.unsent == {"place": "title", "old_words": "", "text": "Half"}
    assert Entry.objects.count() == entries


def test_a_script_is_told_what_is_too_long_and_the_rest_is_saved(signed_in, address):
    answer = signed_in.post(
        address, {"act": "save", "note": "a" * 5_000, "is_clear": "no", "remark-text": "b" * 5_000}, headers=SCRIPT
    )
    errors = json.loads(answer.content)["errors"]
    assert len(errors) == 2
    assert all("You have 5000" in error for error in errors)
    review = Review.objects.get()
    assert (review.is_clear, review.note, review.unsent) == ("no", "", None)


def test_a_half_written_comment_of_five_thousand_characters_stays_on_the_page(signed_in, address, guide):
    refused = signed_in.post(address, filled(guide, act="save", **{"remark-text": "b" * 5_000}))
    assert refused.status_code == 422
    assert "b" * 5_000 in refused.text


def test_a_script_is_told_when_the_round_is_over(signed_in, address, guide, round_, advisor):
    newest = guide.get_latest_revision().pk
    decide(state=round_, by=advisor, decision="change", seen_revision=newest, answers={"note": "Shorter"})
    answer = signed_in.post(address, {"act": "save", "note": "More"}, headers=SCRIPT)
    assert answer.status_code == 409
    assert "was not saved" in json.loads(answer.content)["said"]


def test_the_next_round_shows_what_came_of_the_one_before(signed_in, guide, round_, advisor, editor):
    place = places_of(guide.get_latest_revision_as_object())[1]
    done = add_remark(state=round_, by=advisor, place=place, kind="comment", text="Too long a title")
    add_remark(state=round_, by=advisor, place=place, kind="comment", text="No pictures")
    newest = guide.get_latest_revision().pk
    decide(state=round_, by=advisor, decision="change", seen_revision=newest, answers={})
    resolve(remark=done, by=editor)
    guide.refresh_from_db()
    guide.current_workflow_state.cancel(user=editor)
    text = signed_in.get(reverse("review_page", args=[send(guide, editor).pk])).text
    assert "Nothing yet. You are the first." in text
    before = text.partition("What was said the last time")[2]
    assert before.index("(still open)") < before.index("No pictures") < before.index("(dealt with)")
