"""Reading texts and deciding about them. Nothing here puts a text, or a part of one, into a log, a message or the trail."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.cache.generation import bump_on_commit

from ..collection.models import TextAnswer
from ..collection.texts import locked, opened
from ..errors import SurveyError, WrongState
from ..fieldwork.models import Wave
from .models import TextDecision, Theme

LONGEST = 600
OUTCOMES = (TextAnswer.State.PUBLISHED, TextAnswer.State.EDITED, TextAnswer.State.PRIVATE, TextAnswer.State.DELETED)
MODERATORS = 2


class SameModerator(SurveyError):
    """Somebody decides again before the second moderator did, or as a third."""


def look_at(*, text_id: uuid.UUID, by: User) -> str:
    """The text, for a moderator. That it was looked at stays in the trail; the text does not.

    Raises:
        WrongState: two moderators have agreed about it.
        SameModerator: two others are reading it.
    """
    with transaction.atomic():
        answer = TextAnswer.objects.get(pk=text_id)
        if answer.state != TextAnswer.State.WAITING:
            raise WrongState("Two moderators have already agreed about this text.")
        _refuse_a_third(_decisions(text_id), by)
        record(action="surveys.text_looked_at", actor=by, subject=_name(text_id))
    return opened(answer.text)


def decide(*, text_id: uuid.UUID, by: User, outcome: str, edited_text: str = "", themes: Sequence[Theme] = ()) -> bool:
    """Note one moderator's view; whether the text is settled now. Two different moderators must hold the same view, and where
    they do not, both look again, each seeing what the other said.

    Raises:
        WrongState: the text is settled.
        SameModerator: `by` has decided and the other has not, or two others have.
        SurveyError: an outcome or an edited text that cannot be.
    """
    with transaction.atomic():
        answer = TextAnswer.objects.select_for_update().get(pk=text_id)
        if answer.state != TextAnswer.State.WAITING:
            raise WrongState("Two moderators have already agreed about this text.")
        decisions = _decisions(text_id)
        _refuse_a_third(decisions, by)
        look = look_of(decisions)
        mine = next((one for one in decisions if one.moderator_id == by.pk), None)
        if mine and mine.look == look:
            raise SameModerator("You have decided. Now somebody else must read this text.")
        edited_text = _checked(outcome, edited_text, opened(answer.text))
        mine = mine or TextDecision(text_id=text_id, moderator=by)
        mine.outcome, mine.look = outcome, look
        mine.edited_text = locked(edited_text) if edited_text else ""
        mine.save()
        mine.themes.set([one for one in themes if _fits(one, answer)])
        other = next((one for one in decisions if one.moderator_id != by.pk and one.look == look), None)
        record(
            action="surveys.text_decided", actor=by, subject=_name(text_id), facts={"outcome": outcome, "look": look}
        )
        if other is None:
            return False
        if not _same(mine, other):
            record(action="surveys.text_not_agreed", actor=by, subject=_name(text_id), facts={"look": look})
            return False
        _settle(answer, mine, other, by)
    return True


def look_of(decisions: Sequence[TextDecision]) -> int:
    """Which look is being taken: the next one once two were taken and did not agree."""
    if not decisions:
        return 1
    last = max(one.look for one in decisions)
    return last + 1 if sum(one.look == last for one in decisions) >= MODERATORS else last


def read_private(*, text_id: uuid.UUID, by: User) -> str:
    """A text that was passed to safeguarding, for a safeguarding lead.

    Raises:
        WrongState: it was not passed on, or is gone already.
    """
    with transaction.atomic():
        answer = TextAnswer.objects.get(pk=text_id)
        if answer.state != TextAnswer.State.PRIVATE or not answer.text:
            raise WrongState("There is no such text for safeguarding.")
        record(action="surveys.text_read_by_safeguarding", actor=by, subject=_name(text_id))
    return opened(answer.text)


def finish_private(*, text_id: uuid.UUID, by: User, was_referred: bool) -> None:
    """Safeguarding has done what it could; the text is deleted.

    Raises:
        WrongState: it was not passed on, or is gone already.
    """
    with transaction.atomic():
        answer = TextAnswer.objects.select_for_update().get(pk=text_id)
        if answer.state != TextAnswer.State.PRIVATE or not answer.text:
            raise WrongState("There is no such text for safeguarding.")
        answer.text = ""
        answer.save(update_fields=["text"])
        facts = {"was_referred": was_referred}
        record(action="surveys.text_safeguarding_done", actor=by, subject=_name(text_id), facts=facts)


def add_theme(*, wave: Wave, question_code: str, name: str, by: User) -> Theme:
    """A new theme of a question.

    Raises:
        SurveyError: there is one of this name.
    """
    with transaction.atomic():
        name = _free_name(name, wave, question_code)
        order = Theme.objects.filter(wave=wave, question_code=question_code).count()
        theme = Theme.objects.create(wave=wave, question_code=question_code, name=name, order=order)
        record(action="surveys.theme_added", actor=by, subject=theme)
        bump_on_commit()
    return theme


def rename_theme(*, theme: Theme, name: str, by: User) -> None:
    """Another name for a theme; what was counted under it stays.

    Raises:
        SurveyError: no name, or another theme has it.
    """
    with transaction.atomic():
        held = Theme.objects.select_for_update().get(pk=theme.pk)
        held.name = _free_name(name, held.wave, held.question_code, but=held)
        held.save(update_fields=["name"])
        record(action="surveys.theme_renamed", actor=by, subject=held)
        bump_on_commit()
    theme.refresh_from_db()


def _free_name(name: str, wave: Wave, question_code: str, *, but: Theme | None = None) -> str:
    """The name without needless spaces."""
    name = " ".join(name.split())[:120]
    if not name:
        raise SurveyError("Give the theme a name.")
    same = Theme.objects.filter(wave=wave, question_code=question_code, name__iexact=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise SurveyError("There is a theme of this name.")
    return name


def _settle(answer: TextAnswer, mine: TextDecision, other: TextDecision, by: User) -> None:
    """What both want is done: no original stays beside an edited text, and nothing of a deleted one."""
    answer.state = mine.outcome
    if mine.outcome == TextAnswer.State.EDITED:
        answer.text = mine.edited_text
    elif mine.outcome == TextAnswer.State.DELETED:
        answer.text = ""
    answer.save(update_fields=["state", "text"])
    TextDecision.objects.filter(pk__in=[mine.pk, other.pk]).update(edited_text="")
    record(action="surveys.text_settled", actor=by, subject=_name(answer.pk), facts={"outcome": str(mine.outcome)})
    bump_on_commit()


def _checked(outcome: str, edited_text: str, original: str) -> str:
    if outcome not in OUTCOMES:
        raise SurveyError("Choose what happens to the text.")
    if outcome != TextAnswer.State.EDITED:
        return ""
    edited_text = edited_text.replace("\r\n", "\n").strip()
    if not edited_text:
        raise SurveyError("Write the text as it should be published, or choose another outcome.")
    if len(edited_text) > LONGEST:
        raise SurveyError(f"The edited text is too long: {LONGEST} characters at most.")
    if edited_text == original.strip():
        raise SurveyError("Nothing was changed. Choose “publish as written”, or change the text.")
    return edited_text


def _refuse_a_third(decisions: Sequence[TextDecision], by: User) -> None:
    others = {one.moderator_id for one in decisions} - {by.pk}
    if len(others) >= MODERATORS:
        raise SameModerator("Two other moderators are looking at this text.")


def _same(one: TextDecision, other: TextDecision) -> bool:
    if one.outcome != other.outcome:
        return False
    return one.outcome != TextAnswer.State.EDITED or opened(one.edited_text) == opened(other.edited_text)


def _fits(theme: Theme, answer: TextAnswer) -> bool:
    return theme.wave_id == answer.wave_id and theme.question_code == answer.question_code


def _decisions(text_id: uuid.UUID) -> list[TextDecision]:
    return list(TextDecision.objects.filter(text_id=text_id).select_related("moderator").order_by("pk"))


def _name(text_id: uuid.UUID) -> str:
    return f"surveys.textanswer:{text_id}"
