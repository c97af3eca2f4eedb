"""A suspension, of which owners must not learn before the lead says so, and what they learn then."""

import re

import pytest
from django.utils import timezone

from community.errors import StepNotAllowed
from community.models import (
    ConcernFlag,
    Setting,
    StateChange,
)
from community.moderation.services.concerns import allow_telling, tell_of_suspension
from community.moderation.services.steps import propose_step, take_step
from community.moderation.states import Act, Who
from tests.factories.community import PersonFactory

from .conftest import AREA, mails, published, save, url

pytestmark = pytest.mark.django_db


class TestSuspension:
    """Until the lead has ticked that it is safe to tell, owners see no difference."""

    @pytest.fixture
    def suspended(self, listed):
        take_step(setting=listed, act=Act.SUSPEND, by=PersonFactory(), who=Who.LEAD, reason="Canary reason")
        return listed

    @staticmethod
    def flag(setting, **changed):
        return ConcernFlag.objects.create(
            setting=setting, raised_on=timezone.localdate(), source="other", category="practice",
            referred_to="Canary referral", review_on=timezone.localdate(), **changed,
        )  # fmt: skip

    @staticmethod
    def without_tokens(response):
        return re.sub(r'value="\w{64}"', "", response.content.decode())

    @pytest.mark.parametrize(
        "page", ["", "history/", "changes/", "shut/", "close/", "colleagues/", "check/", "edit/words/"]
    )
    def test_every_page_is_the_same_before_and_after(self, client, listed, page):
        before = self.without_tokens(client.get(url(listed, page)))
        take_step(setting=listed, act=Act.SUSPEND, by=PersonFactory(), who=Who.LEAD, reason="Canary reason")
        self.flag(listed)
        assert self.without_tokens(client.get(url(listed, page))) == before

    def test_the_list_of_settings_is_the_same_too(self, client, listed):
        before = self.without_tokens(client.get(AREA))
        take_step(setting=listed, act=Act.SUSPEND, by=PersonFactory(), who=Who.LEAD, reason="Canary reason")
        assert self.without_tokens(client.get(AREA)) == before

    @pytest.mark.parametrize(
        ("path", "sent"), [("take-back/", {}), ("show/", {}), ("check/", {"accept": "on"}), ("invitations/x/", {})]
    )
    def test_what_is_refused_is_refused_in_the_same_words(self, client, listed, path, sent):
        before = self.without_tokens(client.post(url(listed, path), sent, follow=True))
        take_step(setting=listed, act=Act.SUSPEND, by=PersonFactory(), who=Who.LEAD, reason="Canary reason")
        assert self.without_tokens(client.post(url(listed, path), sent, follow=True)) == before

    def test_one_that_the_owner_closed_meanwhile_cannot_be_changed(self, client, suspended):
        client.post(url(suspended, "close/"))
        assert "Closed for good" in client.get(url(suspended)).content.decode()
        assert save(client, url(suspended, "edit/words/"), summary="After the end.").status_code == 422
        assert Setting.objects.get(pk=suspended.pk).state_before_suspension == "archived"

    def test_no_mail_goes_out(self, listed, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            take_step(setting=listed, act=Act.SUSPEND, by=PersonFactory(), who=Who.LEAD, reason="Canary reason")
        assert mails() == []

    def test_what_the_owner_does_has_its_usual_look_and_publishes_nothing(self, client, suspended):
        before = published(suspended)
        save(client, url(suspended, f"activities/{suspended.activities.get().pk}/booking/"), places="no")
        client.post(url(suspended, "shut/"), {"is_shut": "yes"})
        client.post(url(suspended, "confirm/"))
        client.post(url(suspended, "hide/"))
        html = client.get(url(suspended)).content.decode()
        assert "Hidden by you" in html
        assert "have not sent" not in html
        setting = Setting.objects.get(pk=suspended.pk)
        assert (setting.state, setting.state_before_suspension) == ("suspended", "hidden")
        assert published(suspended) == before

    def test_what_the_owner_hid_stays_hidden_when_the_suspension_is_lifted(self, client, suspended):
        client.post(url(suspended, "hide/"))
        propose_step(setting=suspended, act=Act.LIFT, by=PersonFactory(), who=Who.LEAD, reason="Done")
        take_step(setting=suspended, act=Act.LIFT, by=PersonFactory(), who=Who.LEAD, reason="Done")
        assert Setting.objects.get(pk=suspended.pk).state == "hidden"

    def test_sending_changes_keeps_its_usual_look(self, client, suspended):
        save(client, url(suspended, "edit/words/"), summary="New words.")
        client.post(url(suspended, "changes/"))
        assert "Changes that we are looking at" in client.get(url(suspended)).content.decode()

    def test_once_told_the_words_are_neutral_and_no_reason_shows(self, client, suspended):
        allow_telling(flag=self.flag(suspended), by=PersonFactory())
        html = client.get(url(suspended)).content.decode() + client.get(url(suspended, "history/")).content.decode()
        assert "Not shown at the moment. The partnership will be in touch." in html
        assert "Canary" not in html
        assert "uspend" not in html
        client.post(url(suspended, "hide/"))
        assert Setting.objects.get(pk=suspended.pk).state_before_suspension == "listed"

    def test_a_tick_from_before_tells_nothing_of_a_later_suspension(self, client, listed):
        self.flag(listed, safe_to_tell=True)
        before = self.without_tokens(client.get(url(listed))), self.without_tokens(client.get(url(listed, "history/")))
        take_step(setting=listed, act=Act.SUSPEND, by=PersonFactory(), who=Who.OFFICER, reason="Canary reason")
        after = self.without_tokens(client.get(url(listed))), self.without_tokens(client.get(url(listed, "history/")))
        assert after == before
        assert not ConcernFlag.objects.get().safe_to_tell, "it has to be agreed anew"

    def test_one_tick_of_two_shows_nothing_in_the_history(self, client, suspended):
        first = self.flag(suspended)
        self.flag(suspended)
        allow_telling(flag=first, by=PersonFactory())
        assert "Not shown at the moment" not in client.get(url(suspended, "history/")).content.decode()

    def test_one_that_was_lifted_before_anybody_knew_never_shows(self, client, suspended):
        propose_step(setting=suspended, act=Act.LIFT, by=PersonFactory(), who=Who.LEAD, reason="Done")
        take_step(setting=suspended, act=Act.LIFT, by=PersonFactory(), who=Who.LEAD, reason="Done")
        allow_telling(flag=self.flag(suspended), by=PersonFactory())
        history = client.get(url(suspended, "history/")).content.decode()
        assert "Not shown at the moment" not in history
        assert "Shown again" not in history

    def test_removing_it_must_not_tell_either(self, client, suspended):
        with pytest.raises(StepNotAllowed):
            take_step(setting=suspended, act=Act.REMOVE, by=PersonFactory(), who=Who.OFFICER, reason="Canary")
        tell_of_suspension(setting=Setting.objects.get(pk=suspended.pk), by=PersonFactory())
        take_step(setting=suspended, act=Act.REMOVE, by=PersonFactory(), who=Who.OFFICER, reason="It has moved away.")
        assert "It has moved away." in client.get(url(suspended)).content.decode()

    def test_what_was_saved_meanwhile_is_there_when_the_page_comes_back(
        self, client, suspended, django_capture_on_commit_callbacks
    ):
        activity = suspended.activities.get()
        save(client, url(suspended, f"activities/{activity.pk}/booking/"), places="no")
        client.post(url(suspended, "shut/"), {"is_shut": "yes"})
        client.post(url(suspended, "confirm/"))
        propose_step(setting=suspended, act=Act.LIFT, by=PersonFactory(), who=Who.LEAD, reason="Done")
        with django_capture_on_commit_callbacks(execute=True):
            take_step(setting=suspended, act=Act.LIFT, by=PersonFactory(), who=Who.LEAD, reason="Done")
        document = published(suspended)
        assert document["activities"][str(activity.pk)]["places"] == "no"
        assert document["notice"]["temporarily_closed"] is True
        assert document["confirmed_on"] == timezone.localdate().isoformat()

    def test_private_steps_are_not_in_the_history(self, client, listed):
        StateChange.objects.create(
            setting=listed, act="hide", from_state="listed", to_state="hidden", reason="Canary", is_private=True
        )
        assert "Canary" not in client.get(url(listed, "history/")).content.decode()
