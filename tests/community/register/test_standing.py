"""After listing: what owners do at once, what waits, and a suspension that they must not learn of too early."""

import re
from datetime import timedelta

import pytest
import time_machine
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.utils import timezone

from community.models import ConcernFlag, FieldDecision, Setting, StateChange
from community.moderation.services.steps import propose_step, take_step
from community.moderation.services.submissions import conclude, decide_fields, open_changes
from community.moderation.states import Act, Who
from community.register.services import colleagues
from community.register.services.confirmations import confirmation_url
from tests.factories.community import PersonFactory

from .conftest import AREA, fields_of, link_in_mail, mails

pytestmark = pytest.mark.django_db


def url(setting, path=""):
    return f"{AREA}{setting.pk}/{path}"


def save(client, address, **changed):
    return client.post(address, {**fields_of(client.get(address)), **changed})


def published(setting):
    return Setting.objects.select_related("published").get(pk=setting.pk).published.document


class TestChanges:
    def test_places_show_at_once(self, client, listed):
        activity = listed.activities.get()
        save(client, url(listed, f"activities/{activity.pk}/booking/"), places="no")
        assert published(listed)["activities"][str(activity.pk)]["places"] == "no"

    def test_words_wait_until_they_are_sent_and_accepted(self, client, listed, django_capture_on_commit_callbacks):
        save(client, url(listed, "edit/words/"), summary="New words.")
        assert published(listed)["summary"] == "Games after school."
        assert "Changes that you have not sent" in client.get(url(listed)).content.decode()
        client.post(url(listed, "changes/"))
        assert "Changes that we are looking at" in client.get(url(listed)).content.decode()
        request = listed.change_requests.get()
        officer = PersonFactory()
        verdicts = {change.path: ("accept", "") for change in open_changes(request)}
        request = decide_fields(request=request, verdicts=verdicts, by=officer, seen_version=request.version)
        with django_capture_on_commit_callbacks(execute=True):
            conclude(request=request, by=officer, who=Who.OFFICER, seen_version=request.version)
        assert published(listed)["summary"] == "New words."

    def test_a_question_shows_with_its_reason_and_leads_to_its_page(self, client, listed):
        save(client, url(listed, "edit/words/"), summary="New words.")
        client.post(url(listed, "changes/"))
        request = listed.change_requests.get()
        FieldDecision.objects.create(request=request, path="summary", verdict="ask", reason="Which games?")
        request.status = "asked"
        request.save()
        html = client.get(url(listed)).content.decode()
        assert "Which games?" in html
        assert url(listed, "edit/words/") in html

    def test_a_refusal_shows_with_its_reason(self, client, listed):
        save(client, url(listed, "edit/words/"), summary="The best club.")
        client.post(url(listed, "changes/"))
        request = listed.change_requests.get()
        officer = PersonFactory()
        verdicts = {"summary": ("refuse", "Say what children do instead.")}
        request = decide_fields(request=request, verdicts=verdicts, by=officer, seen_version=request.version)
        conclude(request=request, by=officer, who=Who.OFFICER, seen_version=request.version)
        assert "Say what children do instead." in client.get(url(listed)).content.decode()
        assert "Say what children do instead." in client.get(url(listed, "history/")).content.decode()

    def test_shut_for_now_shows_at_once(self, client, listed):
        client.post(url(listed, "shut/"), {"is_shut": "yes"})
        assert published(listed)["notice"]["temporarily_closed"] is True
        client.post(url(listed, "shut/"), {"is_shut": "no"})
        assert published(listed)["notice"]["temporarily_closed"] is False

    def test_opening_again_yesterday_is_not_possible(self, client, listed):
        typed = {"is_shut": "yes", "reopens_on_day": "1", "reopens_on_month": "1", "reopens_on_year": "2020"}
        assert client.post(url(listed, "shut/"), typed).status_code == 422


class TestSteps:
    def test_hide_and_show_again(self, client, listed):
        client.post(url(listed, "hide/"))
        assert Setting.objects.get(pk=listed.pk).state == "hidden"
        client.post(url(listed, "show/"))
        assert Setting.objects.get(pk=listed.pk).state == "listed"

    def test_closing_asks_once_more_and_is_final(self, client, listed):
        client.get(url(listed, "close/"))
        assert Setting.objects.get(pk=listed.pk).state == "listed"
        client.post(url(listed, "close/"))
        assert Setting.objects.get(pk=listed.pk).state == "archived"
        client.post(url(listed, "show/"))
        assert Setting.objects.get(pk=listed.pk).state == "archived"

    def test_confirming_counts_for_six_months(self, client, listed):
        client.post(url(listed, "confirm/"))
        today = timezone.localdate()
        assert Setting.objects.get(pk=listed.pk).confirm_due == today + relativedelta(months=6)
        assert published(listed)["confirmed_on"] == today.isoformat()

    def test_confirming_brings_a_lapsed_listing_back(self, client, listed):
        take_step(setting=listed, act=Act.LAPSE, by=None, who=Who.CLOCK)
        client.post(url(listed, "confirm/"))
        assert Setting.objects.get(pk=listed.pk).state == "listed"


class TestOneClick:
    def path(self, listed, owner):
        return re.sub(r"^http://[^/]+", "", confirmation_url(setting=listed, person=owner))

    def test_looking_confirms_nothing_and_pressing_does_without_a_sign_in(self, listed, owner):
        path = self.path(listed, owner)
        page = Client().get(path)
        assert listed.name in page.content.decode()
        assert Setting.objects.get(pk=listed.pk).confirmed_at is None
        assert Client().post(path).status_code == 200
        assert Setting.objects.get(pk=listed.pk).confirmed_at is not None

    def test_it_works_once(self, listed, owner):
        path = self.path(listed, owner)
        Client().post(path)
        at = Setting.objects.get(pk=listed.pk).confirmed_at
        assert "Confirmed already" in Client().post(path).content.decode()
        assert Setting.objects.get(pk=listed.pk).confirmed_at == at

    def test_it_shows_what_is_public_and_nothing_else(self, client, listed, owner):
        save(client, url(listed, "edit/words/"), summary="Not looked at yet.")
        html = Client().get(self.path(listed, owner)).content.decode()
        assert "Not looked at yet." not in html
        assert "Canary" not in html

    def test_forged_old_and_orphaned_links_do_nothing(self, listed, owner):
        path = self.path(listed, owner)
        assert Client().post(path[:-3] + "x/").status_code == 410
        with time_machine.travel(timezone.now() + timedelta(days=91)):
            assert Client().post(path).status_code == 410
        listed.memberships.all().delete()
        assert Client().post(path).status_code == 410
        assert Setting.objects.get(pk=listed.pk).confirmed_at is None


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
        self.flag(suspended, safe_to_tell=True)
        html = client.get(url(suspended)).content.decode() + client.get(url(suspended, "history/")).content.decode()
        assert "Not shown at the moment. The partnership will be in touch." in html
        assert "Canary" not in html
        assert "uspend" not in html
        client.post(url(suspended, "hide/"))
        assert Setting.objects.get(pk=suspended.pk).state_before_suspension == "listed"

    def test_private_steps_are_not_in_the_history(self, client, listed):
        StateChange.objects.create(
            setting=listed, act="hide", from_state="listed", to_state="hidden", reason="Canary", is_private=True
        )
        assert "Canary" not in client.get(url(listed, "history/")).content.decode()


class TestColleagues:
    def invite(self, client, listed, email="new@example.org", role="editor"):
        return client.post(url(listed, "colleagues/invite/"), {"email": email, "role": role})

    def test_an_invitation_is_used_once_and_signs_in(self, client, listed):
        self.invite(client, listed)
        path = link_in_mail()
        colleague = Client()
        assert listed.name in colleague.get(path).content.decode()
        assert colleague.post(path).status_code == 303
        assert colleague.get(url(listed)).status_code == 200
        assert listed.memberships.get(user__email="new@example.org").role == "editor"
        assert Client().post(path).status_code == 410

    def test_an_invitation_lasts_fourteen_days(self, client, listed):
        self.invite(client, listed)
        with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
            assert Client().get(link_in_mail()).status_code == 410

    def test_an_invitation_that_was_taken_back_does_not_work(self, client, listed):
        self.invite(client, listed)
        client.post(url(listed, f"invitations/{listed.invitations.get().pk}/take-back/"))
        assert Client().post(link_in_mail()).status_code == 410

    def test_the_last_owner_stays(self, client, listed, owner):
        own = listed.memberships.get(user=owner)
        for path in ("colleagues/leave/", f"colleagues/{own.pk}/role/", f"colleagues/{own.pk}/remove/"):
            client.post(url(listed, path))
        own.refresh_from_db()
        assert own.role == "owner"

    def test_a_second_owner_can_remove_the_first(self, client, listed, owner):
        self.invite(client, listed, role="owner")
        second = Client()
        second.post(link_in_mail())
        second.post(url(listed, f"colleagues/{listed.memberships.get(user=owner).pk}/remove/"))
        assert client.get(url(listed)).status_code == 404

    def test_ten_open_invitations_are_enough(self, client, listed):
        for number in range(10):
            self.invite(client, listed, email=f"p{number}@example.org")
        assert self.invite(client, listed, email="p11@example.org").status_code == 422

    def test_one_mailbox_is_not_flooded_with_invitations(self, client, listed):
        for _each in range(7):
            self.invite(client, listed)
        assert len(mails()) == 5

    def test_a_person_invites_thirty_times_a_day_at_most(self, client, listed):
        for number in range(32):
            self.invite(client, listed, email=f"p{number}@example.org")
            listed.invitations.all().delete()
        assert len(mails()) == 30

    def test_a_known_record_is_claimed_by_an_officers_invitation(self, db, lists):
        known = Setting.objects.create(name="Known Club", slug="known-club", state="known")
        colleagues.invite_to_known(setting=known, email="runs@example.org", by=PersonFactory())
        owner = Client()
        owner.post(link_in_mail())
        known.refresh_from_db()
        assert known.state == "draft"
        assert known.memberships.get().role == "owner"
        assert owner.get(url(known)).status_code == 200

    def test_only_a_known_record_is_handed_over(self, listed):
        from community.errors import RegistryError

        with pytest.raises(RegistryError):
            colleagues.invite_to_known(setting=listed, email="runs@example.org", by=PersonFactory())


class TestMails:
    def test_a_listing_is_told(self, listed, django_capture_on_commit_callbacks):
        Setting.objects.filter(pk=listed.pk).update(state="in_review")
        propose_step(setting=listed, act=Act.LIST, by=PersonFactory(), who=Who.OFFICER)
        with django_capture_on_commit_callbacks(execute=False) as callbacks:
            take_step(setting=listed, act=Act.LIST, by=PersonFactory(), who=Who.OFFICER)
        for callback in callbacks:
            callback()
        assert [message.subject for message in mails()][-1].endswith(f"Your setting is listed: {listed.name}")

    def test_a_refusal_gives_its_reason_and_the_right_of_review(self, listed, django_capture_on_commit_callbacks):
        Setting.objects.filter(pk=listed.pk).update(state="in_review")
        with django_capture_on_commit_callbacks(execute=False) as callbacks:
            take_step(
                setting=listed, act=Act.DECLINE, by=PersonFactory(), who=Who.OFFICER, reason="It is a school & nursery."
            )
        for callback in callbacks:
            callback()
        assert "It is a school & nursery." in mails()[-1].text
        assert "review" in mails()[-1].text

    def test_questions_name_the_fields_and_keep_the_words_behind_the_sign_in(
        self, client, listed, django_capture_on_commit_callbacks
    ):
        save(client, url(listed, "edit/words/"), summary="New words.")
        client.post(url(listed, "changes/"))
        request = listed.change_requests.get()
        FieldDecision.objects.create(request=request, path="summary", verdict="ask", reason="Canary question?")
        request.status = "asked"
        with django_capture_on_commit_callbacks(execute=False) as callbacks:
            request.save()
        for callback in callbacks:
            callback()
        assert "In one sentence" in mails()[-1].text
        assert "Canary" not in "".join(message.text + message.subject for message in mails())
