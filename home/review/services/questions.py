"""Questions to the partnership: asked by Young Advisors, put to a subgroup by staff, answered by who sits on it.

Nothing is public before staff have read it. Every act stands in the trail.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.partnership.models import Subgroup

from ..errors import NotNow, SavedElsewhere
from ..models import PartnershipQuestion, TakeoverDay

State = PartnershipQuestion.State
USUAL_TIME = datetime.timedelta(days=28)


@transaction.atomic
def ask(
    *, subgroup: Subgroup, text: str, why: str, credited_as: str, by: User, day: TakeoverDay | None = None
) -> PartnershipQuestion:
    """Put a question to a subgroup, by oneself or as part of a takeover day; staff read it first.

    Raises:
        NotNow: the day was taken away meanwhile.
    """
    if day is not None and not TakeoverDay.objects.select_for_update().filter(pk=day.pk).exists():
        raise NotNow(_("That day is no longer there. Choose another, or ask by yourself."))
    question = PartnershipQuestion.objects.create(
        subgroup=subgroup, text=text, why=why, credited_as=credited_as, author=by, day=day
    )
    record(action="review.question_asked", actor=by, subject=question, facts={"subgroup": subgroup.key})
    return question


@transaction.atomic
def take_back_question(*, question: PartnershipQuestion, by: User) -> None:
    """Their own, while staff have not put it to the group.

    Raises:
        NotNow: they have.
    """
    held = _held(question)
    if held.state != State.SENT:
        raise NotNow(_("It is with the group already."))
    record(action="review.question_taken_back", actor=by, subject=held)
    held.delete()


@transaction.atomic
def put_to_group(*, question: PartnershipQuestion, due_on: datetime.date, by: User) -> PartnershipQuestion:
    """Staff have read it: it is public, with the day by which the group answers.

    Raises:
        NotNow: it does not wait, or the day has passed.
    """
    held = _held(question)
    if held.state != State.SENT:
        raise NotNow("It does not wait for you any more.")
    if due_on <= timezone.localdate():
        raise NotNow("Choose a day that is still to come.")
    held.state, held.due_on, held.published_at = State.PUBLIC, due_on, timezone.now()
    held.save()
    record(
        action="review.question_published", actor=by, subject=held, facts={"due": str(due_on), "subgroup": held.subgroup.key}
    )  # fmt: skip
    return held


@transaction.atomic
def decline(*, question: PartnershipQuestion, because: str, by: User) -> PartnershipQuestion:
    """Staff do not put it to the group; the Young Advisors read why.

    Raises:
        NotNow: it does not wait, or no reason was given.
    """
    held = _held(question)
    if held.state != State.SENT:
        raise NotNow("It does not wait for you any more.")
    if not because.strip():
        raise NotNow("Write why: the Young Advisors read it.")
    held.state, held.declined_because = State.DECLINED, because.strip()
    held.save()
    record(action="review.question_declined", actor=by, subject=held)
    return held


@transaction.atomic
def answer(
    *, question: PartnershipQuestion, text: str, seen: datetime.datetime | None, by: User
) -> PartnershipQuestion:
    """Somebody of the group answers; the public reads it once staff have. `seen`: when the answer was written that stood in
    the form, None where there was none.

    Raises:
        NotNow: it is not with the group, or its answer is public.
        SavedElsewhere: a colleague has answered meanwhile.
    """
    held = _held(question)
    if held.state != State.PUBLIC or held.is_answered:
        raise NotNow("This question does not wait for an answer.")
    if held.answered_at != seen:
        raise SavedElsewhere(
            _("A colleague has answered meanwhile. Both answers are shown here: make one of them, then keep it.")
        )
    held.answer, held.answered_by, held.answered_at = text.strip(), by, timezone.now()
    held.save()
    record(action="review.question_answered", actor=by, subject=held, facts={"subgroup": held.subgroup.key})
    return held


@transaction.atomic
def publish_answer(*, question: PartnershipQuestion, seen: datetime.datetime | None, by: User) -> PartnershipQuestion:
    """Staff have read the answer.

    Raises:
        NotNow: there is none, it was changed while they read, or they wrote it themselves.
    """
    held = _held(question)
    if not held.answer or held.is_answered:
        raise NotNow("There is no answer to publish.")
    if held.answered_at != seen:
        raise NotNow("The answer was changed while you were reading. Read it again.")
    if held.answered_by_id == by.pk:
        raise NotNow("You wrote this answer, so somebody else must publish it.")
    held.answer_published_at = timezone.now()
    held.save()
    record(action="review.answer_published", actor=by, subject=held, facts={"subgroup": held.subgroup.key})
    return held


@transaction.atomic
def take_off(*, question: PartnershipQuestion, because: str, by: User) -> PartnershipQuestion:
    """Staff take a public question, answer and all, off the site.

    Raises:
        NotNow: it is not public, or no reason was given.
    """
    held = _held(question)
    if held.state != State.PUBLIC:
        raise NotNow("It is not on the site.")
    if not because.strip():
        raise NotNow("Write why: the Young Advisors read it.")
    held.state, held.declined_because = State.DECLINED, because.strip()
    held.save()
    record(action="review.question_taken_off", actor=by, subject=held)
    return held


def _held(question: PartnershipQuestion) -> PartnershipQuestion:
    return PartnershipQuestion.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=question.pk)
