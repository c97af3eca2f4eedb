"""After listing: what owners do at once, what waits, the one click that confirms, colleagues and mails."""

import re
from datetime import timedelta

import pytest
import time_machine
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.utils import timezone

from community.errors import RegistryError
from community.models import (
    ChecklistItem,
    EvidenceCheck,
    FieldDecision,
    Setting,
    StandardVersion,
)
from community.moderation.services.publishing import publish, republish
from community.moderation.services.steps import propose_step, take_step
from community.moderation.services.submissions import conclude, decide_fields, open_changes
from community.moderation.states import Act, Who
from community.register.document import build_document
from community.register.services import colleagues
from community.register.services.confirmations import confirmation_url
from tests.factories.community import MembershipFactory, PersonFactory

from .conftest import link_in_mail, mails, published, save, url

pytestmark = pytest.mark.django_db


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

    def test_a_phone_number_that_is_taken_off_is_gone_at_once_and_a_new_one_waits(self, client, listed):
        save(client, url(listed, "edit/contact/"), public_phone="020 7946 0001")
        assert published(listed)["contact"]["phone"] == ""
        Setting.objects.filter(pk=listed.pk).update(public_phone="020 7946 0000")
        publish(setting=listed, document=build_document(Setting.objects.get(pk=listed.pk)), by=None)
        save(client, url(listed, "edit/contact/"), public_phone="")
        assert published(listed)["contact"]["phone"] == ""
        assert "have not sent" not in client.get(url(listed)).content.decode()

    def test_what_an_owner_puts_back_is_taken_from_the_officers_too(self, client, listed):
        before = listed.summary
        save(client, url(listed, "edit/words/"), summary="New words.", description="More of them.")
        client.post(url(listed, "changes/"))
        save(client, url(listed, "edit/words/"), summary=before)
        request = listed.change_requests.get()
        assert [change.path for change in open_changes(request)] == ["description"]
        save(client, url(listed, "edit/words/"), description="")
        request.refresh_from_db()
        assert request.status == "withdrawn"

    def test_another_safeguarding_lead_has_to_be_shown_anew(self, client, listed):
        standard = StandardVersion.objects.create(code="t", title="T", in_force_from="2026-01-01", is_current=True)
        item = ChecklistItem.objects.create(
            standard=standard, code="B3", area="B", question="Trained?", basis="guidance", reopened_by=["contact"],
            public_statement="The lead is trained",
        )  # fmt: skip
        check = EvidenceCheck.objects.create(setting=listed, item=item, level="seen", checked_on="2026-01-02")
        republish(setting=listed, by=None)
        contact = listed.safeguarding_contacts.get()
        save(client, url(listed, f"safeguarding/{contact.pk}/contact/"), phone="020 7946 0009")
        assert "B3" in published(listed)["statements"], "another phone is still the same person"
        save(client, url(listed, f"safeguarding/{contact.pk}/contact/"), name="Somebody Else")
        check.refresh_from_db()
        assert check.withdrawn_on == timezone.localdate()
        assert published(listed)["statements"] == {}

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
        colleagues.invite_by_officer(setting=known, email="runs@example.org", by=PersonFactory())
        owner = Client()
        owner.post(link_in_mail())
        known.refresh_from_db()
        assert known.state == "draft"
        assert known.memberships.get().role == "owner"
        assert owner.get(url(known)).status_code == 200

    def test_a_record_that_somebody_looks_after_is_not_handed_over(self, listed, owner):
        with pytest.raises(RegistryError):
            colleagues.invite_by_officer(setting=listed, email="runs@example.org", by=PersonFactory())
        owner.is_active = False
        owner.save()
        colleagues.invite_by_officer(setting=listed, email="runs@example.org", by=PersonFactory())
        Client().post(link_in_mail())
        listed.refresh_from_db()
        assert listed.state == "listed", "joining is no claim where the record is on the register"
        assert listed.memberships.filter(user__email="runs@example.org", role="owner").exists()

    @pytest.mark.parametrize("typed", ["", "nobody", "a@b@example.org"])
    def test_an_officer_who_mistypes_an_address_is_told(self, db, lists, typed):
        known = Setting.objects.create(name="Known Club", slug="known-club", state="known")
        with pytest.raises(RegistryError):
            colleagues.invite_by_officer(setting=known, email=typed, by=PersonFactory())
        assert not mails()

    def test_whoever_is_removed_does_not_come_back_by_an_invitation_of_their_own(self, client, listed, owner, sign_in):
        colleague = MembershipFactory(setting=listed, role="owner")
        sign_in(colleague.user).post(
            url(listed, "colleagues/invite/"), {"email": "second@example.org", "role": "owner"}
        )
        path = link_in_mail()
        client.post(url(listed, f"colleagues/{colleague.pk}/remove/"))
        assert Client().post(path).status_code == 410


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
