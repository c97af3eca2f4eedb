"""An issue that waits for its time."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.newsletter.services import dispatch
from community.newsletter.services.consents import take_back
from community.newsletter.services.sending import send_due_issues
from tests.factories.accounts import sign_in

from .conftest import make_contact, make_issue

pytestmark = pytest.mark.django_db


def test_a_schedule_goes_out_at_its_time_and_not_before(mailoutbox, officer):
    for name in ("one", "two"):
        make_contact(f"{name}@example.org", "newsletter")
    issue = make_issue()
    at = timezone.now() + timedelta(hours=3)
    dispatch.schedule(issue=issue, at=at, by=officer)
    assert send_due_issues() == 0
    with time_machine.travel(at + timedelta(minutes=1)):
        assert send_due_issues() == 2
        assert send_due_issues() == 0
    assert len(mailoutbox) == 2


def test_a_schedule_for_people_who_all_left_goes_back_to_its_writers_and_says_why(mailoutbox, officer):
    person = make_contact("one@example.org", "newsletter")
    issue = make_issue()
    at = timezone.now() + timedelta(minutes=5)
    dispatch.schedule(issue=issue, at=at, by=officer)
    take_back(contact=person, how="link")
    with time_machine.travel(at + timedelta(minutes=1)):
        assert send_due_issues() == 0
    page = sign_in(Client(), officer).get(f"/admin/newsletter/issues/{issue.pk}/").content.decode()
    assert "It did not go out at its time: Nobody would get this issue" in page
    assert mailoutbox == []
