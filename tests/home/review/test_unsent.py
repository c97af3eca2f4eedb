"""A comment that was half written when somebody else decided: its author reads it for a week, and then nobody holds it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.registries.chores import chores
from home.review.models import Review
from home.review.services import decide
from tests.factories.accounts import holder_of

pytestmark = pytest.mark.django_db
HALF = "What I had begun to say about it"


def do_the_chore():
    dict(chores.items())["review: forget what was never sent"].run()


@pytest.fixture
def decided_by_another(client, advisor, guide, round_):
    client.force_login(advisor)
    address = reverse("review_page", args=[round_.pk])
    client.post(
        address, {"act": "save", "remark-place": "title", "remark-old_words": "", "remark-text": HALF},
        headers={"x-requested-with": "fetch"},
    )  # fmt: skip
    assert Review.objects.get().unsent["text"] == HALF
    other = holder_of("Young Advisor", display_name="Marram", email="marram@example.org")
    newest = guide.get_latest_revision().pk
    decide(state=round_, by=other, decision="change", seen_revision=newest, answers={"note": "Shorter"})
    return address


def test_its_author_reads_it_and_no_other(client, decided_by_another):
    assert HALF in client.get(decided_by_another).text
    third = Client()
    third.force_login(holder_of("Young Advisor", display_name="Sorrel", email="sorrel@example.org"))
    answer = third.get(decided_by_another)
    assert "This review is over" in answer.text
    assert HALF not in answer.text


@pytest.mark.parametrize(("days", "is_held"), [(6, True), (8, False)])
def test_after_a_week_it_is_forgotten(client, decided_by_another, advisor, days, is_held):
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        do_the_chore()
    assert (Review.objects.get(author=advisor).unsent is not None) == is_held


def test_while_the_round_is_open_it_waits_however_long(client, advisor, guide, round_):
    client.force_login(advisor)
    half = {"act": "save", "remark-place": "title", "remark-text": HALF}
    client.post(reverse("review_page", args=[round_.pk]), half, headers={"x-requested-with": "fetch"})
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        do_the_chore()
    assert Review.objects.get().unsent["text"] == HALF
