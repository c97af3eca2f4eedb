"""The state table of versions, cell by cell, and what a step leaves behind."""

import itertools

import pytest

from foundation.audit.models import Entry
from surveys.errors import WrongState
from surveys.models import Version
from surveys.questionnaire.document import compile_document
from surveys.questionnaire.enums import VersionState as S
from surveys.questionnaire.services.versions import copy_version, freeze_version, take_step
from surveys.questionnaire.states import EDITABLE, STEPS, TRANSLATABLE, Act, Who, can
from tests.factories.accounts import UserFactory
from tests.factories.questionnaire import VersionFactory, every_kind_of_question

MANAGER, ADVISOR, WAVE = Who.MANAGER, Who.YOUNG_ADVISOR, Who.WAVE
TABLE = {
    (Act.SEND, S.DRAFT, MANAGER): S.IN_REVIEW,
    (Act.TAKE_BACK, S.IN_REVIEW, MANAGER): S.DRAFT,
    (Act.REVIEW, S.IN_REVIEW, MANAGER): S.REVIEWED,
    (Act.REVIEW, S.IN_REVIEW, ADVISOR): S.REVIEWED,
    (Act.RETURN, S.IN_REVIEW, ADVISOR): S.DRAFT,
    (Act.SKIP, S.DRAFT, MANAGER): S.REVIEWED,
    (Act.SKIP, S.IN_REVIEW, MANAGER): S.REVIEWED,
    (Act.REOPEN, S.REVIEWED, MANAGER): S.DRAFT,
    (Act.FREEZE, S.REVIEWED, WAVE): S.FROZEN,
}


@pytest.mark.parametrize(("act", "state", "who"), list(itertools.product(Act, S, Who)))
@pytest.mark.django_db
def test_every_cell_of_the_table(act, state, who):
    version = VersionFactory(state=state)
    expected = TABLE.get((act, state, who))
    assert can(act, state=state, who=who) is (expected is not None)
    if expected is None:
        with pytest.raises(WrongState):
            take_step(version=version, act=act, who=who, words="Because.")
        assert Version.objects.get(pk=version.pk).state == state
    else:
        assert take_step(version=version, act=act, who=who, words="Because.").state == expected
        assert Version.objects.get(pk=version.pk).state == expected


def test_nothing_leads_out_of_frozen_and_only_drafts_are_edited():
    assert not [step for step in STEPS.values() if S.FROZEN in step.sources]
    assert set(EDITABLE) == {S.DRAFT}
    assert S.FROZEN not in TRANSLATABLE


@pytest.mark.django_db
@pytest.mark.parametrize("act", [act for act, step in STEPS.items() if step.needs_words])
def test_a_step_that_needs_words_is_refused_without_them(act):
    version = VersionFactory(state=S.IN_REVIEW)
    with pytest.raises(WrongState, match="at least a sentence"):
        take_step(version=version, act=act, who=next(iter(STEPS[act].who)), words="  ")


@pytest.mark.django_db
def test_what_was_said_is_kept_and_the_trail_knows_who():
    person = UserFactory()
    version = VersionFactory(state=S.IN_REVIEW)
    kept = take_step(version=version, act=Act.REVIEW, who=MANAGER, by=person, words="The words on sleep were too hard.")
    assert kept.young_advisors_said == "The words on sleep were too hard."
    assert kept.reviewed_on is not None
    entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.facts["state"]) == ("surveys.version_review", "reviewed")
    assert entry.note_hash


@pytest.mark.django_db
def test_freezing_keeps_what_was_asked_and_again_changes_nothing():
    version = every_kind_of_question()
    take_step(version=version, act=Act.SKIP, who=MANAGER, words="A test.")
    frozen = freeze_version(version=version)
    assert frozen.document == compile_document(version)
    entries = Entry.objects.count()
    assert freeze_version(version=frozen).document == frozen.document
    assert Entry.objects.count() == entries


@pytest.mark.django_db
def test_a_draft_cannot_be_frozen():
    with pytest.raises(WrongState):
        freeze_version(version=every_kind_of_question())


@pytest.mark.django_db
def test_a_correction_is_a_new_draft_that_asks_the_same():
    version = every_kind_of_question()
    take_step(version=version, act=Act.SKIP, who=MANAGER, words="A test.")
    frozen = freeze_version(version=version)
    copy = copy_version(version=frozen)
    assert (copy.state, copy.number) == (S.DRAFT, frozen.number + 1)
    assert compile_document(copy) | {"version": frozen.number} == frozen.document
    assert Version.objects.get(pk=frozen.pk).sections.count() == 2
