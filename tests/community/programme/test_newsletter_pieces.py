"""Dates to come stand among what an officer may put into an issue of the newsletter."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.newsletter.models import Issue
from foundation.registries.newsletter import newsletter_pieces
from tests.factories.programme import CourseFactory, DateFactory

from .conftest import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(officers_client):
    head = {"kind": "newsletter", "title": "Winter", "subject": "Winter news", "intro": "Hello."}
    officers_client.post("/admin/newsletter/new/", head)
    return Issue.objects.get()


def test_an_officer_puts_a_coming_date_into_an_issue(issue, officers_client, one_date):
    desk = f"/admin/newsletter/issues/{issue.pk}/"
    assert f'Put in<span class="w-sr-only">: {one_date.course.title}' in words(officers_client.get(desk))
    officers_client.post(desk, {"do": "piece", "key": f"date:{one_date.pk}"})
    item = issue.items.get()
    assert (item.title, item.kicker) == ("Leading on safeguarding", "Training")
    assert item.url == f"/en/whats-on/leading/#d-{one_date.pk}"
    assert "Invented Hall" in item.text
    assert f"{timezone.localdate(one_date.starts_at).year}" in item.text
    assert one_date.course.summary in item.text
    assert 'Put in<span class="w-sr-only">: Leading' not in words(officers_client.get(desk))


def test_what_is_past_cancelled_or_hidden_is_not_offered_and_cannot_be_put_in(issue, officers_client, course):
    past = timezone.now() - timedelta(days=2)
    gone = [
        DateFactory(course=course, starts_at=past, ends_at=past + timedelta(hours=1)),
        DateFactory(course=course, state="cancelled"),
        DateFactory(course=CourseFactory(title="Leading in secret", is_offered=False)),
    ]
    desk = f"/admin/newsletter/issues/{issue.pk}/"
    assert "Leading" not in words(officers_client.get(desk))
    for date in gone:
        officers_client.post(desk, {"do": "piece", "key": f"date:{date.pk}"})
    officers_client.post(desk, {"do": "piece", "key": "date:nonsense"})
    assert not issue.items.exists()


def test_the_link_to_join_and_a_private_address_never_reach_an_issue(course):
    DateFactory(
        course=course, mode="both", online_link="https://meet.example.org/canary", address_is_private=True,
        near="King’s Cross", venue="Refuge", address="Canary Lane",
    )  # fmt: skip
    found = [piece for provider in newsletter_pieces for piece in provider.find("Leading", 6)]
    assert len(found) == 1
    assert "near King’s Cross" in found[0].when
    assert "canary" not in str(found).lower()


def test_the_next_dates_come_first_and_no_more_than_asked(course):
    for days in (30, 10, 20):
        DateFactory(course=course, starts_at=timezone.now() + timedelta(days=days))
    found = [piece for provider in newsletter_pieces for piece in provider.find("", 2) if piece.key.startswith("date:")]
    assert [(piece.on - timezone.localdate()).days for piece in found] == [10, 20]
