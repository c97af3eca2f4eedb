"""Notes, merging and concern flags."""

import pytest

from community.errors import OwnSubmission, RegistryError
from community.models import ConcernFlag, Setting, Snapshot
from community.moderation.duplicates import possible_duplicates
from community.moderation.services.concerns import (
    allow_telling,
    close_concern,
    owner_knows_of_suspension,
    raise_concern,
    tell_of_suspension,
)
from community.moderation.services.records import add_note, merge
from community.moderation.services.steps import propose_step, take_step
from community.moderation.states import Act, Who
from community.register.selectors.standing import standing_of
from foundation.audit.models import Entry
from foundation.mail.models import OutgoingMessage
from tests.factories.community import MembershipFactory, PersonFactory, SettingFactory, VenueFactory

pytestmark = pytest.mark.django_db
FLAG = {
    "raised_on": "2026-11-01", "source": "professional", "category": "adult", "referred_to": "Designated officer",
    "review_on": "2026-12-01",
}  # fmt: skip


def listed():
    setting = SettingFactory()
    setting.published = Snapshot.objects.create(setting=setting, document={"name": setting.name})
    setting.state = "listed"
    setting.save()
    return setting


def test_near_names_are_offered_for_comparison():
    known = SettingFactory(name="The Invented Bengali Saturday School", state="known")
    SettingFactory(name="Quite Another Place")
    new = SettingFactory(name="Invented Bengali Supplementary School")
    assert [each.setting for each in possible_duplicates(new)] == [known]


@pytest.mark.parametrize(("postcode", "is_offered"), [("NW5 1AA", True), ("NW1 8NH", False)])
def test_a_looser_likeness_counts_at_the_same_postcode(postcode, is_offered):
    VenueFactory(setting__name="Riverside Dance", setting__state="known", postcode=postcode)
    new = VenueFactory(setting__name="Riverside Dancing Kids", postcode="NW5 1AA").setting
    assert bool(possible_duplicates(new)) is is_offered


def test_merging_moves_people_and_closes_the_duplicate():
    into, duplicate = listed(), SettingFactory(state="draft")
    person = MembershipFactory(setting=duplicate).user
    before = into.published.sha256
    merge(duplicate=duplicate, into=into, by=PersonFactory(), reason="Registered twice.")
    duplicate.refresh_from_db()
    into.refresh_from_db()
    assert duplicate.state == "archived"
    assert duplicate.merged_into == into
    assert into.memberships.filter(user=person).exists()
    assert into.published.sha256 == before


def test_what_is_in_public_is_not_merged_away():
    with pytest.raises(RegistryError):
        merge(duplicate=listed(), into=SettingFactory(), by=PersonFactory(), reason="Twice.")


def test_an_empty_note_is_refused():
    with pytest.raises(RegistryError):
        add_note(setting=SettingFactory(), text="  ", by=PersonFactory())


def test_a_concern_can_take_the_listing_down_at_once_and_its_reason_says_nothing():
    setting = listed()
    raise_concern(setting=setting, by=PersonFactory(), listing_decision="suspend", **FLAG)
    setting.refresh_from_db()
    assert setting.state == "suspended"
    change = setting.state_changes.get()
    assert change.is_private
    assert "adult" not in change.reason.lower()


def test_the_owner_may_know_only_once_every_open_flag_says_so():
    setting = listed()
    lead = PersonFactory()
    first = raise_concern(setting=setting, by=lead, listing_decision="suspend", **FLAG)
    setting.refresh_from_db()
    second = raise_concern(setting=setting, by=lead, **FLAG)
    assert not owner_knows_of_suspension(setting)
    allow_telling(flag=first, by=lead)
    assert not owner_knows_of_suspension(setting)
    close_concern(flag=second, outcome="Nothing further.", by=lead)
    assert owner_knows_of_suspension(setting)


def test_nobody_is_told_of_a_suspension_that_has_no_flag():
    """The clocks ask this too: reminders that stop would tell as much as a mail."""
    setting = listed()
    setting.state, setting.state_before_suspension = "suspended", "listed"
    setting.save()
    assert not owner_knows_of_suspension(setting)


def test_the_owners_page_keeps_silent_as_long_as_one_open_flag_does():
    setting = listed()
    first = raise_concern(setting=setting, by=PersonFactory(), listing_decision="suspend", **FLAG)
    setting.refresh_from_db()
    second = raise_concern(setting=setting, by=PersonFactory(), **FLAG)
    allow_telling(flag=first, by=PersonFactory())
    assert not standing_of(setting).is_taken_down
    allow_telling(flag=second, by=PersonFactory())
    assert standing_of(setting).is_taken_down


def test_closing_the_flag_that_kept_silence_tells_the_setting(mailoutbox, django_capture_on_commit_callbacks):
    setting = listed()
    MembershipFactory(setting=setting)
    first = raise_concern(setting=setting, by=PersonFactory(), listing_decision="suspend", **FLAG)
    setting.refresh_from_db()
    second = raise_concern(setting=setting, by=PersonFactory(), **FLAG)
    allow_telling(flag=first, by=PersonFactory())
    with django_capture_on_commit_callbacks(execute=True):
        close_concern(flag=second, outcome="Nothing further.", by=PersonFactory())
    assert len(mailoutbox) == 1


def told_of_its_suspension():
    """A setting with somebody, suspended and told so, and the flag for which it was."""
    setting = listed()
    MembershipFactory(setting=setting)
    flag = raise_concern(setting=setting, by=PersonFactory(), listing_decision="suspend", **FLAG)
    allow_telling(flag=flag, by=PersonFactory())
    return Setting.objects.get(pk=setting.pk), flag


def test_who_was_told_of_a_suspension_knows_of_it_until_it_is_lifted(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        setting, first = told_of_its_suspension()
        second = raise_concern(setting=setting, by=PersonFactory(), **FLAG)
        assert standing_of(Setting.objects.get(pk=setting.pk)).is_taken_down, "a second concern opens"
        close_concern(flag=second, outcome="Nothing further.", by=PersonFactory())
        close_concern(flag=ConcernFlag.objects.get(pk=first.pk), outcome="Nothing further.", by=PersonFactory())
        assert standing_of(Setting.objects.get(pk=setting.pk)).is_taken_down, "none is open any more"
    assert ["not shown at the moment" in each.subject for each in mailoutbox] == [True], "told once"
    propose_step(setting=setting, act=Act.LIFT, by=PersonFactory(), who=Who.LEAD, reason="Done")
    take_step(setting=setting, act=Act.LIFT, by=PersonFactory(), who=Who.LEAD, reason="Done")
    again = take_step(setting=setting, act=Act.SUSPEND, by=PersonFactory(), who=Who.LEAD, reason="Another matter")
    assert standing_of(again).state == "listed", "of another suspension nobody knows yet"


@pytest.mark.parametrize("state", ["archived", "removed"])
def test_a_closed_record_takes_nobody_in(state):
    duplicate = SettingFactory(state="draft")
    person = MembershipFactory(setting=duplicate).user
    with pytest.raises(RegistryError):
        merge(duplicate=duplicate, into=SettingFactory(state=state), by=PersonFactory(), reason="Twice.")
    assert duplicate.memberships.filter(user=person).exists()


@pytest.mark.parametrize("own", ["duplicate", "into"])
def test_an_officer_does_not_become_an_owner_by_merging(own):
    records = {"duplicate": SettingFactory(state="draft"), "into": listed()}
    officer = MembershipFactory(setting=records[own]).user
    with pytest.raises(OwnSubmission):
        merge(**records, by=officer, reason="Twice.")
    records["duplicate"].refresh_from_db()
    assert records["duplicate"].state == "draft"


def test_the_setting_is_told_once_it_may_be_and_in_neutral_words(mailoutbox, django_capture_on_commit_callbacks):
    setting = listed()
    MembershipFactory(setting=setting)
    with django_capture_on_commit_callbacks(execute=True):
        flag = raise_concern(setting=setting, by=PersonFactory(), listing_decision="suspend", **FLAG)
    assert mailoutbox == []
    with django_capture_on_commit_callbacks(execute=True):
        setting.refresh_from_db()
        flag.setting = setting
        allow_telling(flag=flag, by=PersonFactory())
    assert len(mailoutbox) == 1
    assert "adult" not in mailoutbox[0].body.lower()
    assert "concern" not in mailoutbox[0].body.lower()


def test_the_trail_of_a_concern_holds_no_words_about_it():
    flag = raise_concern(setting=listed(), by=PersonFactory(), **{**FLAG, "referred_to": "Canary office"})
    entry = Entry.objects.get(action="community.concern_raised")
    assert entry.facts == {"flag": flag.pk, "category": "adult", "decision": "none"}


def test_a_flag_has_no_field_for_a_child_an_adult_or_a_story():
    assert {field.name for field in ConcernFlag._meta.get_fields()} == {
        "id", "setting", "raised_on", "source", "category", "referred_to", "reference", "listing_decision",
        "safe_to_tell", "review_on", "reminded_for", "closed_on", "outcome", "raised_by",
    }  # fmt: skip


def test_of_a_suspension_without_a_concern_the_lead_says_when_to_tell():
    setting = listed()
    MembershipFactory(setting=setting)
    setting = take_step(setting=setting, act=Act.SUSPEND, by=PersonFactory(), who=Who.OFFICER, reason="Hacked.")
    tell_of_suspension(setting=setting, by=PersonFactory())
    assert standing_of(Setting.objects.get(pk=setting.pk)).is_taken_down
    assert OutgoingMessage.objects.count() == 1
    with pytest.raises(RegistryError):
        tell_of_suspension(setting=Setting.objects.get(pk=setting.pk), by=PersonFactory())


def test_nobody_is_told_past_a_concern_that_is_not_agreed():
    setting = listed()
    flag = raise_concern(setting=setting, by=PersonFactory(), **FLAG)
    setting = take_step(setting=setting, act=Act.SUSPEND, by=PersonFactory(), who=Who.OFFICER, reason="Hacked.")
    with pytest.raises(RegistryError):
        tell_of_suspension(setting=setting, by=PersonFactory())
    close_concern(flag=flag, outcome="Nothing further.", by=PersonFactory())
    assert not owner_knows_of_suspension(Setting.objects.get(pk=setting.pk)), "closing is not agreeing"


def test_what_was_agreed_before_a_suspension_is_asked_for_again():
    setting = listed()
    MembershipFactory(setting=setting)
    flag = raise_concern(setting=setting, by=PersonFactory(), **FLAG)
    allow_telling(flag=flag, by=PersonFactory())
    take_step(setting=setting, act=Act.SUSPEND, by=PersonFactory(), who=Who.OFFICER, reason="Another matter.")
    assert not owner_knows_of_suspension(Setting.objects.get(pk=setting.pk))
    assert not OutgoingMessage.objects.exists()
    allow_telling(flag=ConcernFlag.objects.get(), by=PersonFactory())
    assert owner_knows_of_suspension(Setting.objects.get(pk=setting.pk))
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.parametrize("state", ["in_review", "declined", "submitted", "hidden"])
def test_a_duplicate_that_is_found_late_can_still_be_merged_and_its_people_are_told(state):
    into, duplicate = listed(), SettingFactory(state=state, name="Same Club, sent again")
    person = MembershipFactory(setting=duplicate).user
    request = duplicate.change_requests.create(kind="first", document={})
    merge(duplicate=duplicate, into=into, by=PersonFactory(), reason="The same.")
    duplicate.refresh_from_db()
    request.refresh_from_db()
    assert (duplicate.state, request.status) == ("archived", "withdrawn")
    mail = OutgoingMessage.objects.get()
    assert mail.to == person.email
    assert into.name in mail.text


def test_names_in_other_scripts_are_compared_and_not_all_alike():
    mine = SettingFactory(name="مدرسة النور")
    SettingFactory(name="বাংলা স্কুল", state="known")
    assert possible_duplicates(mine) == []
    same = SettingFactory(name="مدرسة النور ", state="known")
    assert [each.setting for each in possible_duplicates(mine)] == [same]


class TestBothSidesHearOfAMerging:
    def told(self):
        return {mail.to: mail for mail in OutgoingMessage.objects.all()}

    def test_who_was_there_hears_how_many_came_and_neither_reads_an_address(self):
        duplicate, into = SettingFactory(state="draft"), SettingFactory(name="Invented Chess Club", state="known")
        came = [MembershipFactory(setting=duplicate).user for _each in range(2)]
        there = [MembershipFactory(setting=into).user for _each in range(2)]
        merge(duplicate=duplicate, into=into, by=PersonFactory(), reason="The same.")
        told = self.told()
        assert set(told) == {person.email for person in [*came, *there]}
        for person in there:
            assert "2 people who looked after the other one look after yours with you now" in told[person.email].text
            assert f"/my-setting/{into.pk}/colleagues/" in told[person.email].text
        for person in came:
            assert "Others may look after it with you" in told[person.email].text
        for to, mail in told.items():
            assert not [each for each in told if each != to and each in mail.text + mail.html]

    def test_whoever_looked_after_both_gets_one_mail_and_is_nobody_new(self):
        duplicate, into = SettingFactory(state="draft"), SettingFactory(state="known")
        both = PersonFactory()
        MembershipFactory(setting=into)
        for setting in (duplicate, into):
            MembershipFactory(setting=setting, user=both)
        merge(duplicate=duplicate, into=into, by=PersonFactory(), reason="The same.")
        assert set(self.told()) == {both.email}

    def test_a_record_that_nobody_looked_after_brings_nobody(self):
        into = SettingFactory(state="known")
        MembershipFactory(setting=into)
        merge(duplicate=SettingFactory(state="known"), into=into, by=PersonFactory(), reason="The same.")
        assert self.told() == {}

    def test_whose_access_has_ended_is_neither_counted_nor_told(self):
        duplicate, into = SettingFactory(state="draft"), SettingFactory(state="known")
        MembershipFactory(setting=duplicate, user__is_active=False)
        MembershipFactory(setting=into)
        merge(duplicate=duplicate, into=into, by=PersonFactory(), reason="The same.")
        assert self.told() == {}
