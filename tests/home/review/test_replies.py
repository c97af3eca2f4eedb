"""Editors answer what Young Advisors said: all who review the page read it, its author hears of it by the weekly mail."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState

from foundation.audit.models import Entry
from foundation.mail.models import OutgoingMessage
from home.review.models import Remark, Reply, WeeklyMail
from home.review.selectors import waiting
from home.review.services.mails import tell_what_waits
from tests.factories.accounts import holder_of, sign_in

pytestmark = pytest.mark.django_db
ANSWER = "We did not: the law says “password”."


@pytest.fixture
def desk(editor):
    return sign_in(Client(), editor)


@pytest.fixture
def remark(signed_in, round_):
    given = {"act": "say", "remark-place": "title", "remark-text": "Call it passcodes"}
    signed_in.post(reverse("review_page", args=[round_.pk]), given)
    return Remark.objects.get()


def act(desk, remark, act, **fields):
    return desk.post(reverse("page_remarks", args=[remark.page_id]), {"act": act, "remark": remark.pk, **fields})


def mails():
    return list(OutgoingMessage.objects.order_by("pk"))


def test_an_answer_is_read_by_everybody_who_reviews_the_page(desk, remark, round_, editor):
    assert act(desk, remark, "reply", reply=ANSWER).status_code == 303
    other = Client()
    other.force_login(holder_of("Young Advisor", display_name="Kestrel"))
    text = other.get(reverse("review_page", args=[round_.pk])).text
    assert ANSWER in text
    assert editor.email not in text
    entry = Entry.objects.get(action="review.replied")
    assert entry.facts["page"] == remark.page_id


def test_it_stands_at_review_when_the_page_comes_back_to_nobody(desk, remark, round_, signed_in):
    act(desk, remark, "reply", reply=ANSWER)
    page = reverse("review_page", args=[round_.pk])
    revision = signed_in.get(page).text.split('name="revision" value="')[1].split('"')[0]
    signed_in.post(page, {"act": "ready", "revision": revision})
    listed = signed_in.get(reverse("review")).text
    assert ANSWER in listed
    assert "Call it passcodes" in listed


def test_the_next_round_shows_what_was_answered_in_the_one_before(desk, remark, round_, signed_in, editor):
    round_.reject(user=holder_of("Young Advisor"))
    act(desk, remark, "resolve", reply=ANSWER)
    state = WorkflowState.objects.get(pk=round_.workflow_state_id)
    state.resume(editor)
    again = waiting()[-1]
    assert ANSWER in signed_in.get(reverse("review_page", args=[again.pk])).text


def test_whatever_is_pressed_the_answer_is_kept(desk, remark):
    act(desk, remark, "resolve", reply=ANSWER)
    remark.refresh_from_db()
    assert remark.resolved_at
    assert remark.replies.get().text == ANSWER
    act(desk, remark, "reply", reply="And we told the council.")
    assert remark.replies.count() == 2


def test_pressed_twice_it_is_one_answer(desk, remark):
    act(desk, remark, "reply", reply=ANSWER)
    act(desk, remark, "reply", reply=ANSWER)
    assert remark.replies.count() == 1


def test_too_long_or_empty_it_is_refused_and_what_was_typed_stays(desk, remark):
    long = act(desk, remark, "reply", reply="because " * 400)
    assert long.status_code == 422
    assert "because because" in long.text
    assert "the most is 2000" in long.text
    assert act(desk, remark, "reply", reply="  ").status_code == 422
    assert not Reply.objects.exists()


def test_to_a_comment_that_was_taken_back_what_was_typed_is_shown(desk, remark):
    page, gone = reverse("page_remarks", args=[remark.page_id]), remark.pk
    remark.delete()
    answer = desk.post(page, {"act": "reply", "remark": gone, "reply": ANSWER})
    assert answer.status_code == 422
    assert ANSWER in answer.text
    assert desk.post(page, {"act": "resolve", "remark": gone}).status_code == 404


def test_what_was_answered_is_not_taken_back_by_its_author(desk, remark, round_, signed_in):
    act(desk, remark, "reply", reply=ANSWER)
    take_back = reverse("review_take_back", args=[round_.pk, remark.pk])
    assert take_back not in signed_in.get(reverse("review_page", args=[round_.pk])).text
    signed_in.post(take_back)
    assert Remark.objects.filter(pk=remark.pk).exists()


def test_hostile_words_are_words(desk, remark, round_, signed_in):
    act(desk, remark, "reply", reply="<script>steal()</script>")
    text = signed_in.get(reverse("review_page", args=[round_.pk])).text
    assert "&lt;script&gt;steal()" in text
    assert "<script>steal()" not in text


def test_staff_take_an_answer_away_and_the_trail_keeps_it(desk, remark):
    act(desk, remark, "reply", reply=ANSWER)
    act(desk, remark, "unsay", answer=Reply.objects.get().pk)
    assert not Reply.objects.exists()
    assert Entry.objects.filter(action="review.reply_dropped").exists()


def test_who_may_not_edit_the_page_answers_nothing(remark):
    for role in ("Survey manager", "Registry officer"):
        stranger = sign_in(Client(), holder_of(role))
        assert act(stranger, remark, "reply", reply=ANSWER).status_code in (302, 403, 404)
    assert not Reply.objects.exists()


def test_the_weekly_mail_names_the_page_to_its_author_once_and_holds_no_words(desk, remark, round_, advisor):
    round_.reject(user=holder_of("Young Advisor", email="other@example.org"))
    act(desk, remark, "resolve", reply=ANSWER)
    tell_what_waits()
    letter = next(one for one in mails() if one.to == advisor.email)
    assert letter.subject == "What the partnership answered, Young Advisors"
    assert "- Staying safe online" in letter.text
    assert "password" not in letter.text
    assert all(one.to != "other@example.org" for one in mails())
    OutgoingMessage.objects.all().delete()
    WeeklyMail.objects.all().delete()  # the next week
    tell_what_waits()
    assert all(one.to != advisor.email for one in mails())


def test_who_left_hears_nothing_and_the_answer_stays(desk, remark, advisor):
    act(desk, remark, "reply", reply=ANSWER)
    advisor.groups.clear()
    tell_what_waits()
    assert all(one.to != advisor.email for one in mails())
    assert Reply.objects.get().text == ANSWER
