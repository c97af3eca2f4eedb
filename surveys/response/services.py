"""Writing findings and what is done about them; letting others see them takes a second person."""

import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.cache.generation import bump_on_commit
from foundation.partnership.models import Subgroup

from ..errors import SurveyError, WrongState
from ..release.enums import ReleaseState
from ..release.models import Release
from .models import Finding, Response


class SamePerson(SurveyError):
    """Somebody wants to let the public see their own words."""


def add_finding(
    *,
    subgroup: Subgroup,
    release: Release,
    question_code: str,
    you_said: str,
    why_it_matters: str = "",
    by: User | None,
) -> Finding:
    """Write down what a subgroup draws from a question; nobody else sees it yet.

    Raises:
        WrongState: the figures are not released, or have no such question.
    """
    if release.state != ReleaseState.RELEASED:
        raise WrongState(_("These figures are not out yet."))
    if not any(item["code"] == question_code for item in release.structure["items"]):
        raise WrongState(_("These figures have no such question."))
    with transaction.atomic():
        finding = Finding.objects.create(
            subgroup=subgroup,
            release=release,
            question_code=question_code,
            slug=_free_slug(you_said),
            you_said=you_said,
            why_it_matters=why_it_matters,
            created_by=by,
            changed_by=by,
        )
        record(action="surveys.finding_added", actor=by, subject=finding, facts={"question": question_code})
    return finding


def change_finding(*, finding: Finding, you_said: str, why_it_matters: str, by: User | None) -> None:
    """Put a draft, or a withdrawn finding, into other words.

    Raises:
        WrongState: it is public.
    """
    with transaction.atomic():
        held = _held(finding)
        if held.state == Finding.State.PUBLISHED:
            raise WrongState(_("This finding is public. A survey manager can withdraw it, then it can be changed."))
        held.you_said, held.why_it_matters, held.changed_by = you_said, why_it_matters, by
        held.save(update_fields=["you_said", "why_it_matters", "changed_by"])
        record(action="surveys.finding_changed", actor=by, subject=held)
    finding.refresh_from_db()


def publish_finding(*, finding: Finding, by: User) -> None:
    """Let everybody see a finding, and with it the responses that somebody else wrote.

    Raises:
        SamePerson: `by` wrote it.
        WrongState: it is public already, or its figures are not.
    """
    with transaction.atomic():
        held = _held(finding)
        if held.state == Finding.State.PUBLISHED:
            raise WrongState("It is public already.")
        if held.release.state not in {ReleaseState.RELEASED, ReleaseState.REPLACED}:
            raise WrongState("Its figures are not released yet.")
        if by.pk in {held.created_by_id, held.changed_by_id}:
            raise SamePerson("You wrote this. Somebody else must publish it.")
        held.state = Finding.State.PUBLISHED
        held.published_on = timezone.localdate()
        held.save(update_fields=["state", "published_on"])
        others = held.responses.exclude(changed_by=by) | held.responses.filter(changed_by=None)
        others.update(is_checked=True)
        record(action="surveys.finding_published", actor=by, subject=held)
        bump_on_commit()
    finding.refresh_from_db()


def withdraw_finding(*, finding: Finding, by: User, reason: str) -> None:
    """Take a finding from the public pages. The reason stays in the trail.

    Raises:
        WrongState: it is not public.
    """
    with transaction.atomic():
        held = _held(finding)
        if held.state != Finding.State.PUBLISHED:
            raise WrongState("It is not public.")
        held.state = Finding.State.WITHDRAWN
        held.save(update_fields=["state"])
        record(action="surveys.finding_withdrawn", actor=by, subject=held, note=reason)
        bump_on_commit()
    finding.refresh_from_db()


def save_response(
    *,
    finding: Finding,
    response: Response | None = None,
    will_do: str,
    who: str,
    due_on: datetime.date,
    we_did: str = "",
    done_on: datetime.date | None = None,
    page: Page | None = None,
    link: str = "",
    by: User | None,
) -> Response:
    """Write or change who does what by when, and what was done. The public sees it once somebody else has read it."""
    with transaction.atomic():
        held = _held(finding)
        is_new = response is None
        saved = response or Response(finding=held, order=_last_order(held) + 1)
        saved.will_do, saved.who, saved.due_on, saved.we_did, saved.done_on = will_do, who, due_on, we_did, done_on
        saved.page, saved.link, saved.changed_by, saved.is_checked = page, link, by, False
        saved.save()
        action = "surveys.response_added" if is_new else "surveys.response_changed"
        record(action=action, actor=by, subject=saved, facts={"finding": held.pk, "is_done": done_on is not None})
        bump_on_commit()
    return saved


def check_response(*, response: Response, by: User) -> None:
    """Let the public see a response of a public finding.

    Raises:
        SamePerson: `by` wrote it.
    """
    with transaction.atomic():
        held = Response.objects.select_for_update().get(pk=response.pk)
        if held.changed_by_id == by.pk:
            raise SamePerson("You wrote this. Somebody else must check it.")
        held.is_checked = True
        held.save(update_fields=["is_checked"])
        record(action="surveys.response_checked", actor=by, subject=held)
        bump_on_commit()
    response.refresh_from_db()


def _held(finding: Finding) -> Finding:
    return Finding.objects.select_for_update(of=("self",)).select_related("release").get(pk=finding.pk)


def _last_order(finding: Finding) -> int:
    return finding.responses.aggregate(last=models.Max("order"))["last"] or 0


def _free_slug(words: str) -> str:
    """An address nobody has yet. Words without a Latin letter make a plain number."""
    base = slugify(words)[:60].rstrip("-") or "finding"
    taken = set(Finding.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
