"""Two people at one record in the same moment, each in a connection of their own: nobody's work is lost.

One has written and not yet committed; the other begins, has to wait, and goes on from what the first one left.
"""

from datetime import date

import pytest
from django.db import connection

from community.errors import ChangedMeanwhile, RegistryError, StepNotAllowed
from community.models import ChangeRequest, ConcernFlag, Setting, StateChange
from community.moderation.services.concerns import allow_telling
from community.moderation.services.records import merge
from community.moderation.services.steps import propose_step, take_step
from community.moderation.services.submissions import (
    conclude,
    decide_fields,
    open_changes,
    publish_instant_changes,
    send_edits,
    submit_first,
)
from community.moderation.states import Act, Who
from community.register.merging import fingerprints
from community.register.models import Invitation, Membership
from community.register.services.colleagues import accept, invite
from community.register.services.records import save_fields
from community.register.services.standing import withdraw
from foundation.mail.models import OutgoingMessage
from tests.factories.accounts import give_authenticator, holder_of, sign_in
from tests.factories.community import MembershipFactory, PersonFactory, SettingFactory
from tests.factories.listings import setting_of
from tests.meanwhile import before_it_ends

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


@pytest.fixture
def owner():
    return PersonFactory()


@pytest.fixture
def officers():
    return PersonFactory(), PersonFactory(), PersonFactory()


@pytest.fixture
def draft(owner):
    return setting_of(owner)


def decide(request, by, verdict="accept", reason="", *, seen=None):
    verdicts = {change.path: (verdict, reason) for change in open_changes(request)}
    return decide_fields(request=request, verdicts=verdicts, by=by, seen_version=seen or request.version)


def finish(request, by):
    """The last word on a submission, as its screen showed it."""
    return conclude(request=request, by=by, who=Who.OFFICER, seen_version=request.version)


def sent(setting, owner, officer):
    """A first submission that an officer has taken up."""
    request = submit_first(setting=setting, by=owner)
    take_step(setting=setting, act=Act.TAKE_UP, by=officer, who=Who.OFFICER)
    request.refresh_from_db()
    return request


@pytest.fixture
def proposed(draft, owner, officers):
    """A first submission that waits for the second person."""
    request = sent(draft, owner, officers[0])
    request = finish(decide(request, officers[0]), officers[0])
    request.refresh_from_db()
    return request


@pytest.fixture
def listed(draft, proposed, officers):
    finish(proposed, officers[1])
    return Setting.objects.select_related("published").get(pk=draft.pk)


def write(setting, by, **values):
    """Save these fields as somebody who saw the record as it stands in `setting`."""
    seen = fingerprints(setting, values)
    return save_fields(setting=setting, page="words", values=values, seen=seen, by=by)


def edited(listed, owner, officer, **values):
    """An edit that waits, with every field accepted and nothing concluded."""
    write(listed, owner, **values)
    request = send_edits(setting=listed, by=owner)
    return decide(request, officer)


def page_of(setting):
    return Setting.objects.select_related("published").get(pk=setting.pk).published.document


class TestTwoOfficers:
    def test_the_second_to_decide_is_told_and_the_first_words_stand(self, draft, owner, officers):
        request = sent(draft, owner, officers[0])
        with before_it_ends(lambda: decide(request, officers[1], "refuse", "Another word.", seen=1)) as other:
            decide(request, officers[0], seen=1)
        assert other.waited
        assert isinstance(other.raised, ChangedMeanwhile)
        assert set(request.decisions.values_list("verdict", "by")) == {("accept", officers[0].pk)}
        request.refresh_from_db()
        assert request.version == 2

    def test_the_second_sees_it_on_the_screen_with_what_they_typed(self, draft, owner, officers, client):
        colleague = holder_of("Registry officer")
        give_authenticator(colleague)
        sign_in(client, colleague)
        request = sent(draft, owner, officers[0])
        path = f"/admin/registry/records/{draft.pk}/review/"
        typed = {"seen_version": "1", "verdict-summary": "refuse", "reason-summary": "Please say what children do."}
        with before_it_ends(lambda: client.post(path, typed)) as other:
            decide(request, officers[0], seen=1)
        assert other.raised is None
        html = other.result.content.decode()
        assert "Somebody changed this submission while you were reading" in html
        assert "Please say what children do." in html
        assert not request.decisions.filter(verdict="refuse").exists()

    def test_two_second_people_list_once(self, draft, proposed, officers):
        with before_it_ends(lambda: finish(proposed, officers[2])) as other:
            finish(proposed, officers[1])
        assert other.waited
        assert isinstance(other.raised, ChangedMeanwhile)
        draft.refresh_from_db()
        assert draft.state == "listed"
        assert StateChange.objects.filter(setting=draft, act="list").count() == 1
        assert draft.snapshots.count() == 1

    def test_two_first_words_for_lifting_are_one_proposal_and_the_second_is_told(self, listed, officers):
        lead = officers[0]
        take_step(setting=listed, act=Act.SUSPEND, by=lead, who=Who.LEAD, reason="Looked into.")
        lift = {"setting": listed, "act": Act.LIFT, "who": Who.LEAD, "reason": "All is well."}
        with before_it_ends(lambda: propose_step(by=officers[2], **lift)) as other:
            propose_step(by=officers[1], **lift)
        assert other.waited
        assert other.raised is None
        assert list(listed.proposals.values_list("by", flat=True)) == [officers[1].pk]
        listed.refresh_from_db()
        assert listed.state == "suspended"


class TestTwoOwners:
    def test_of_two_words_for_one_field_the_second_person_sees_the_first_ones(self, draft, owner):
        colleague = MembershipFactory(setting=draft).user
        with before_it_ends(lambda: write(draft, colleague, summary="My words.")) as other:
            write(Setting.objects.get(pk=draft.pk), owner, summary="Their words.")
        assert other.waited
        assert isinstance(other.raised, ChangedMeanwhile)
        assert other.raised.theirs == {"summary": "Their words."}
        draft.refresh_from_db()
        assert draft.summary == "Their words."

    def test_different_fields_are_both_kept_and_counted(self, draft, owner):
        colleague, before = MembershipFactory(setting=draft).user, draft.version
        with before_it_ends(lambda: write(draft, colleague, description="My words.")) as other:
            write(Setting.objects.get(pk=draft.pk), owner, summary="Their words.")
        assert other.waited
        assert other.raised is None
        draft.refresh_from_db()
        assert (draft.summary, draft.description, draft.version) == ("Their words.", "My words.", before + 2)

    def test_the_same_field_of_an_activity(self, draft, owner):
        activity, colleague = draft.activities.get(), MembershipFactory(setting=draft).user

        def rename(name, by):
            part = type(activity).objects.get(pk=activity.pk)
            seen = {"name": first}
            save_fields(setting=draft, page="what", values={"name": name}, seen=seen, by=by, part=part)

        first = fingerprints(activity, ["name"])["name"]
        with before_it_ends(lambda: rename("Chess", colleague)) as other:
            rename("Go", owner)
        assert isinstance(other.raised, ChangedMeanwhile)
        activity.refresh_from_db()
        assert activity.name == "Go"


class TestOwnerAndOfficer:
    def test_what_the_owner_takes_back_nobody_takes_up(self, draft, owner, officers):
        submit_first(setting=draft, by=owner)
        take_up = {"setting": draft, "act": Act.TAKE_UP, "by": officers[0], "who": Who.OFFICER}
        with before_it_ends(lambda: take_step(**take_up)) as other:
            withdraw(setting=draft, by=owner)
        assert other.waited
        assert isinstance(other.raised, StepNotAllowed)
        draft.refresh_from_db()
        assert draft.state == "draft"
        assert draft.change_requests.get().status == "withdrawn"

    def test_what_an_officer_took_up_the_owner_cannot_take_back(self, draft, owner, officers):
        request = submit_first(setting=draft, by=owner)
        with before_it_ends(lambda: withdraw(setting=draft, by=owner)) as other:
            take_step(setting=draft, act=Act.TAKE_UP, by=officers[0], who=Who.OFFICER)
        assert isinstance(other.raised, StepNotAllowed)
        draft.refresh_from_db()
        request.refresh_from_db()
        assert (draft.state, request.status) == ("in_review", "waiting")

    def test_an_edit_that_its_owner_sends_anew_is_not_published_as_it_was(self, listed, owner, officers):
        request = edited(listed, owner, officers[0], description="First words.")
        before = page_of(listed)
        with before_it_ends(lambda: finish(request, officers[0])) as other:
            write(Setting.objects.get(pk=listed.pk), owner, description="Second words.")
            send_edits(setting=listed, by=owner)
        assert other.waited
        assert isinstance(other.raised, ChangedMeanwhile)
        assert page_of(listed) == before
        request.refresh_from_db()
        assert (request.status, request.document["description"]) == ("waiting", "Second words.")

    def test_what_the_owner_sends_while_an_edit_is_published_waits_beside_it(self, listed, owner, officers):
        request = edited(listed, owner, officers[0], description="First words.")
        write(Setting.objects.get(pk=listed.pk), owner, public_phone="020 7946 0000")
        with before_it_ends(lambda: send_edits(setting=listed, by=owner)) as other:
            finish(request, officers[0])
        assert other.waited
        assert other.raised is None
        assert page_of(listed)["description"] == "First words."
        [change] = open_changes(ChangeRequest.objects.get(setting=listed, status="waiting"))
        assert (change.path, change.new) == ("contact.phone", "020 7946 0000")

    def test_a_price_of_this_moment_and_accepted_words_are_both_in_public(self, listed, owner, officers):
        request = edited(listed, owner, officers[0], description="Accepted words.")
        listed.activities.update(places="waiting")
        with before_it_ends(lambda: publish_instant_changes(setting=listed, by=owner)) as other:
            finish(request, officers[0])
        assert other.raised is None
        [activity] = page_of(listed)["activities"].values()
        assert (page_of(listed)["description"], activity["places"]) == ("Accepted words.", "waiting")


class TestSuspending:
    @pytest.fixture
    def suspend(self, listed, officers):
        lead = officers[2]
        act = {"setting": listed, "act": Act.SUSPEND, "by": lead, "who": Who.LEAD, "reason": "Looked into."}
        return lambda: take_step(**act)

    def test_a_decision_of_that_moment_does_not_bring_the_page_back(self, listed, owner, officers, suspend):
        request = edited(listed, owner, officers[0], description="Accepted words.")
        with before_it_ends(lambda: finish(request, officers[0])) as other:
            suspend()
        assert other.waited
        listed.refresh_from_db()
        assert (listed.state, listed.is_public) == ("suspended", False)

    def test_suspending_loses_nothing_of_a_decision_of_that_moment(self, listed, owner, officers, suspend):
        request = edited(listed, owner, officers[0], description="Accepted words.")
        with before_it_ends(suspend) as other:
            finish(request, officers[0])
        assert other.waited
        assert other.raised is None
        listed.refresh_from_db()
        assert listed.state == "suspended"
        assert page_of(listed)["description"] == "Accepted words."

    def test_a_price_of_that_moment_is_not_published(self, listed, owner, suspend):
        listed.activities.update(places="waiting")
        with before_it_ends(lambda: publish_instant_changes(setting=listed, by=owner)) as other:
            suspend()
        assert other.waited
        assert other.result is False
        assert listed.snapshots.count() == 1

    def test_two_leads_suspend_once(self, listed, suspend):
        with before_it_ends(suspend) as other:
            suspend()
        assert isinstance(other.raised, RegistryError)
        assert StateChange.objects.filter(setting=listed, act="suspend").count() == 1

    def test_of_two_agreements_at_once_the_later_one_tells(self, listed, officers, suspend):
        suspend()
        flags = [
            ConcernFlag.objects.create(
                setting=listed, raised_on=date(2026, 1, 5), source="visit", category="practice",
                referred_to="Officer", review_on=date(2026, 2, 5),
            )
            for _each in range(2)
        ]  # fmt: skip
        OutgoingMessage.objects.all().delete()
        with before_it_ends(lambda: allow_telling(flag=flags[1], by=officers[2])) as other:
            allow_telling(flag=flags[0], by=officers[2])
        assert other.raised is None
        listed.refresh_from_db()
        assert listed.told_of_suspension_at is not None


class TestMerging:
    def test_whoever_joins_at_that_moment_looks_after_the_other_record(self, officers, mailoutbox):
        """Or is told that the invitation does not work any more: nobody is left with a closed record."""
        duplicate, into = SettingFactory(state="known"), SettingFactory(state="known")
        newcomer = PersonFactory()
        invite(setting=duplicate, email=newcomer.email, role="owner", by=officers[0])
        token = mailoutbox[-1].body.split("/invitation/")[1].split()[0].strip("/")
        with before_it_ends(lambda: accept(token=token, by=newcomer)) as other:
            merge(duplicate=duplicate, into=into, by=officers[0], reason="The same club.")
        assert other.raised is not None
        assert not Membership.objects.filter(user=newcomer, setting=duplicate).exists()
        assert not Invitation.objects.filter(setting=duplicate, used_at__isnull=False).exists()

    def test_whoever_joined_just_before_moves_over(self, officers, mailoutbox):
        duplicate, into = SettingFactory(state="known"), SettingFactory(state="known")
        newcomer = PersonFactory()
        invite(setting=duplicate, email=newcomer.email, role="owner", by=officers[0])
        token = mailoutbox[-1].body.split("/invitation/")[1].split()[0].strip("/")
        act = {"duplicate": duplicate, "into": into, "by": officers[0], "reason": "The same club."}
        with before_it_ends(lambda: merge(**act)) as other:
            accept(token=token, by=newcomer)
        assert other.raised is None
        assert [each.setting for each in Membership.objects.filter(user=newcomer)] == [into]
