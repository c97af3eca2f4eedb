"""The state table, cell by cell: what is not in it cannot happen, whoever tries."""

import itertools

import pytest

from community.errors import OwnSubmission, ReasonMissing, SamePersonTwice, StepNotAllowed
from community.models import Setting, Snapshot, StateChange
from community.moderation.selectors.queue import waiting
from community.moderation.services.steps import propose_step, take_step
from community.moderation.states import STEPS, Act, Who
from community.register.enums import SettingState as S
from foundation.audit.models import Entry
from tests.factories.community import MembershipFactory, PersonFactory, SettingFactory

pytestmark = pytest.mark.django_db

# Written out by hand from the reference, not derived from the code under test: act -> (from, to, by whom, two people).
EXPECTED = {
    "claim": ({"known"}, "draft", {"owner"}, False),
    "submit": ({"draft", "changes_requested"}, "submitted", {"owner"}, False),
    "withdraw": ({"submitted", "changes_requested"}, "draft", {"owner"}, False),
    "take_up": ({"submitted"}, "in_review", {"officer", "lead"}, False),
    "ask": ({"in_review"}, "changes_requested", {"officer", "lead"}, False),
    "list": ({"in_review"}, "listed", {"officer", "lead"}, True),
    "decline": ({"in_review"}, "declined", {"officer", "lead"}, False),
    "say_out_of_scope": ({"known", "submitted", "in_review"}, "out_of_scope", {"officer", "lead"}, False),
    "look_again": ({"declined", "out_of_scope"}, "in_review", {"officer", "lead"}, False),
    "hide": ({"listed"}, "hidden", {"owner"}, False),
    "show": ({"hidden"}, "listed", {"owner"}, False),
    "lapse": ({"listed"}, "lapsed", {"clock"}, False),
    "confirm": ({"lapsed"}, "listed", {"owner"}, False),
    "suspend": ({"listed", "hidden", "lapsed"}, "suspended", {"officer", "lead"}, False),
    "lift": ({"suspended"}, "listed", {"officer", "lead"}, True),
    "remove": ({"listed", "hidden", "lapsed", "suspended"}, "removed", {"officer", "lead"}, False),
    "close": (
        {"known", "draft", "submitted", "changes_requested", "listed", "hidden", "lapsed"},
        "archived",
        {"owner", "officer", "lead"},
        False,
    ),
    "merge": (
        {
            "known",
            "draft",
            "submitted",
            "in_review",
            "changes_requested",
            "hidden",
            "lapsed",
            "declined",
            "out_of_scope",
        },
        "archived",
        {"officer", "lead"},
        False,
    ),
    "reopen": ({"archived"}, "draft", {"officer", "lead"}, False),
}


def a_setting_in(state: str) -> Setting:
    setting = SettingFactory()
    setting.published = Snapshot.objects.create(setting=setting, document={"name": setting.name})
    setting.state = state
    setting.save()
    return setting


def test_the_table_has_just_the_expected_acts():
    assert {act.value for act in STEPS} == set(EXPECTED)


FORBIDDEN = [
    (act, state)
    for act, state in itertools.product(Act, S)
    if set(Who) - {Who(who) for who in EXPECTED[act.value][2]} or state.value not in EXPECTED[act.value][0]
]
ALLOWED = [
    (Act(act), S(state), Who(who))
    for act, (states, _, people, _) in EXPECTED.items()
    for state, who in itertools.product(sorted(states), sorted(people))
]


@pytest.mark.parametrize(("act", "state"), FORBIDDEN)
def test_a_step_that_is_not_in_the_table_changes_nothing(act, state):
    sources, _, people, _ = EXPECTED[act.value]
    setting = a_setting_in(state.value)
    person = PersonFactory()
    for who in Who:
        if state.value in sources and who.value in people:
            continue
        with pytest.raises(StepNotAllowed):
            take_step(setting=setting, act=act, by=person, who=who, reason="Because.")
    setting.refresh_from_db()
    assert setting.state == state
    assert not StateChange.objects.exists()


@pytest.mark.parametrize(("act", "state", "who"), ALLOWED)
def test_a_step_of_the_table_leads_where_it_says_and_is_written_down(act, state, who):
    _, target, _, two_people = EXPECTED[act.value]
    setting = a_setting_in(state.value)
    person, colleague = PersonFactory(), PersonFactory()
    if act == Act.REOPEN:
        MembershipFactory(setting=setting)
    if two_people:
        propose_step(setting=setting, act=act, by=colleague, who=who, reason="Because.")
    take_step(setting=setting, act=act, by=person, who=who, reason="Because.")
    setting.refresh_from_db()
    assert setting.state == target
    change = StateChange.objects.get()
    assert (change.act, change.from_state, change.to_state) == (act.value, state.value, target)
    assert Entry.objects.filter(action=f"community.{act.value}").count() == 1


@pytest.mark.parametrize("act", [Act.LIST, Act.LIFT])
def test_one_persons_word_never_brings_a_setting_before_the_public(act):
    start = S.IN_REVIEW if act == Act.LIST else S.SUSPENDED
    setting = a_setting_in(start)
    person = PersonFactory()
    with pytest.raises(SamePersonTwice):
        take_step(setting=setting, act=act, by=person, who=Who.LEAD, reason="Fine now.")
    propose_step(setting=setting, act=act, by=person, who=Who.LEAD, reason="Fine now.")
    with pytest.raises(SamePersonTwice):
        take_step(setting=setting, act=act, by=person, who=Who.LEAD, reason="Fine now.")
    setting.refresh_from_db()
    assert setting.state == start


def test_a_proposal_does_not_outlive_the_state_it_was_made_for():
    setting = a_setting_in(S.SUSPENDED)
    first, second = PersonFactory(), PersonFactory()
    propose_step(setting=setting, act=Act.LIFT, by=first, who=Who.LEAD, reason="Checked.")
    take_step(setting=setting, act=Act.LIFT, by=second, who=Who.OFFICER, reason="Checked too.")
    take_step(setting=setting, act=Act.SUSPEND, by=first, who=Who.LEAD, reason="Again.")
    with pytest.raises(SamePersonTwice):
        take_step(setting=setting, act=Act.LIFT, by=second, who=Who.OFFICER, reason="And again.")


def test_what_the_owner_had_hidden_stays_hidden_after_a_suspension():
    setting = a_setting_in(S.HIDDEN)
    first, second = PersonFactory(), PersonFactory()
    take_step(setting=setting, act=Act.SUSPEND, by=first, who=Who.OFFICER, reason="To look into it.")
    propose_step(setting=setting, act=Act.LIFT, by=first, who=Who.OFFICER, reason="Looked into.")
    take_step(setting=setting, act=Act.LIFT, by=second, who=Who.OFFICER, reason="Agreed.")
    setting.refresh_from_db()
    assert setting.state == S.HIDDEN


@pytest.mark.parametrize("act", [act for act in Act if STEPS[act].not_own])
def test_nobody_decides_on_a_setting_that_they_look_after(act):
    setting = a_setting_in(sorted(STEPS[act].sources)[0])
    person = MembershipFactory(setting=setting).user
    with pytest.raises(OwnSubmission):
        take_step(setting=setting, act=act, by=person, who=Who.OFFICER, reason="Because.")


@pytest.mark.parametrize("act", [act for act in Act if STEPS[act].needs_reason])
def test_a_step_that_needs_a_reason_is_not_taken_without(act):
    step = STEPS[act]
    setting = a_setting_in(sorted(step.sources)[0])
    with pytest.raises(ReasonMissing):
        take_step(setting=setting, act=act, by=PersonFactory(), who=sorted(step.who)[0], reason="  ")


def test_whoever_declined_does_not_look_again():
    setting = a_setting_in(S.IN_REVIEW)
    first, second = PersonFactory(), PersonFactory()
    take_step(setting=setting, act=Act.DECLINE, by=first, who=Who.OFFICER, reason="Not for children.")
    with pytest.raises(SamePersonTwice):
        take_step(setting=setting, act=Act.LOOK_AGAIN, by=first, who=Who.OFFICER, reason="They asked.")
    take_step(setting=setting, act=Act.LOOK_AGAIN, by=second, who=Who.OFFICER, reason="They asked.")
    setting.refresh_from_db()
    assert setting.state == S.IN_REVIEW


def test_a_record_that_is_opened_again_begins_anew_and_keeps_its_past():
    setting = a_setting_in(S.ARCHIVED)
    MembershipFactory(setting=setting)
    take_step(setting=setting, act=Act.REOPEN, by=PersonFactory(), who=Who.OFFICER, reason="They are back.")
    setting.refresh_from_db()
    assert (setting.state, setting.published, setting.snapshots.count()) == (S.DRAFT, None, 1)


def test_one_that_nobody_looks_after_is_opened_to_be_claimed():
    setting = a_setting_in(S.ARCHIVED)
    take_step(setting=setting, act=Act.REOPEN, by=PersonFactory(), who=Who.OFFICER, reason="They are back.")
    setting.refresh_from_db()
    assert setting.state == S.KNOWN


def test_a_second_look_at_a_record_that_nobody_sent_leads_back_to_the_known_ones():
    setting = a_setting_in(S.KNOWN)
    take_step(setting=setting, act=Act.SAY_OUT_OF_SCOPE, by=PersonFactory(), who=Who.OFFICER, reason="A school.")
    take_step(setting=setting, act=Act.LOOK_AGAIN, by=PersonFactory(), who=Who.OFFICER, reason="No, it is not.")
    setting.refresh_from_db()
    assert setting.state == S.KNOWN


@pytest.mark.parametrize("act", [Act.CLOSE, Act.REMOVE])
def test_nothing_waits_of_a_record_that_the_partnership_ends(act):
    setting = a_setting_in(S.LISTED)
    request = setting.change_requests.create(kind="edit", document={})
    take_step(setting=setting, act=act, by=PersonFactory(), who=Who.OFFICER, reason="It has closed.")
    request.refresh_from_db()
    assert request.status == "withdrawn"


def test_a_declined_record_waits_for_nobody_and_can_be_looked_at_again():
    setting = a_setting_in(S.IN_REVIEW)
    setting.change_requests.create(kind="first", document={})
    officer = PersonFactory()
    assert [row.setting for row in waiting(user=officer)] == [setting]
    take_step(setting=setting, act=Act.DECLINE, by=officer, who=Who.OFFICER, reason="Not for children.")
    assert waiting(user=officer) == []
    take_step(setting=setting, act=Act.LOOK_AGAIN, by=PersonFactory(), who=Who.OFFICER, reason="They asked.")
    assert [row.setting for row in waiting(user=officer)] == [setting]


@pytest.mark.parametrize(
    ("act", "state", "words"),
    [
        (Act.REMOVE, S.LISTED, "off the register"), (Act.CLOSE, S.LISTED, "have closed the record"),
        (Act.REOPEN, S.ARCHIVED, "is open again"), (Act.LOOK_AGAIN, S.DECLINED, "looks at it again"),
    ],
)  # fmt: skip
def test_owners_hear_what_the_partnership_did_and_why(
    act, state, words, mailoutbox, django_capture_on_commit_callbacks
):
    setting = a_setting_in(state)
    MembershipFactory(setting=setting)
    with django_capture_on_commit_callbacks(execute=True):
        take_step(setting=setting, act=act, by=PersonFactory(), who=Who.OFFICER, reason="You told us so.")
    [message] = mailoutbox
    assert words in message.body
    assert "You told us so." in message.body


def test_whoever_closes_their_own_setting_gets_no_mail_about_it(mailoutbox, django_capture_on_commit_callbacks):
    setting = a_setting_in(S.LISTED)
    owner = MembershipFactory(setting=setting).user
    with django_capture_on_commit_callbacks(execute=True):
        take_step(setting=setting, act=Act.CLOSE, by=owner, who=Who.OWNER)
    assert mailoutbox == []
