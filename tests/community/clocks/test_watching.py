"""An officer who watches a setting gets one mail a day on what others did to it, and nothing private in it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from community.clocks.services import run_clocks
from community.models import Watch
from community.moderation.services.concerns import raise_concern
from community.moderation.services.records import add_note, set_watch
from community.moderation.services.steps import take_step
from community.moderation.states import Act, Who
from tests.factories.accounts import holder_of
from tests.factories.community import SettingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer(db):
    return holder_of("Registry officer", email="watching@example.org")


@pytest.fixture
def colleague(db):
    return holder_of("Safeguarding lead", email="colleague@example.org")


@pytest.fixture
def watched(officer):
    setting = SettingFactory(name="Watched Club", state="known")
    set_watch(setting=setting, by=officer, on=True)
    return setting


def next_morning(days=1):
    return run_clocks(today=timezone.localdate() + timedelta(days=days)).watch_mails


def watch_mails():
    return [message for message in mail.outbox if "that you watch" in message.subject]


def test_what_a_colleague_did_comes_in_one_mail_the_next_day(watched, officer, colleague):
    add_note(setting=watched, text="Canary note text", by=colleague)
    take_step(setting=watched, act=Act.CLOSE, by=colleague, who=Who.LEAD, reason="Canary reason")
    assert run_clocks().watch_mails == 0
    assert next_morning() == 1
    (message,) = watch_mails()
    assert message.to == ["watching@example.org"]
    for words in ("Watched Club", "Its state changed.", "A colleague left a note."):
        assert words in message.body
    assert "Canary" not in message.body + str(message.alternatives[0][0])


def test_nothing_is_told_twice(watched, colleague):
    add_note(setting=watched, text="A note", by=colleague)
    assert [next_morning(), next_morning(), next_morning(2)] == [1, 0, 0]


def test_what_the_officer_did_is_no_news(watched, officer):
    add_note(setting=watched, text="A note", by=officer)
    assert next_morning() == 0


def test_a_concern_leaves_no_trace_in_the_mail(watched, colleague):
    raise_concern(
        setting=watched, by=colleague, raised_on=timezone.localdate(), source="professional", category="adult",
        referred_to="Canary body", review_on=timezone.localdate(),
    )  # fmt: skip
    assert next_morning() == 0


def test_who_is_no_longer_an_officer_or_stopped_watching_gets_nothing(watched, officer, colleague):
    add_note(setting=watched, text="A note", by=colleague)
    officer.groups.clear()
    assert next_morning() == 0
    set_watch(setting=watched, by=officer, on=False)
    assert not Watch.objects.exists()
