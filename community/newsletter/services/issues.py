"""Putting an issue together: its head, items in an order, and the decision on a service message."""

import secrets
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.audit import services as audit
from foundation.registries.newsletter import newsletter_pieces

from ..enums import IssueKind
from ..errors import NewsletterError, ReasonMissing, StepNotAllowed
from ..models import Article, Issue, IssueItem, ServiceDecision
from ..states import ArticleState, IssueState

MOST_ITEMS = 40


class ChangedMeanwhile(NewsletterError):
    """A colleague saved first."""

    def __init__(self) -> None:
        super().__init__(
            _("A colleague changed this issue meanwhile. What you typed is still here; look, then save again.")
        )


@transaction.atomic
def start_issue(*, kind: str, title: str, subject: str, by: Any, **others: Any) -> Issue:
    """A new draft."""
    issue = Issue.objects.create(
        kind=kind, title=title, subject=_one_line(subject), slug=_new_slug(title), created_by=by, **others
    )
    audit.record(action="newsletter.started", actor=by, subject=issue, facts={"kind": str(kind)})
    return issue


@transaction.atomic
def save_issue(*, issue: Issue, seen_version: int, values: dict[str, Any]) -> Issue:
    """Change the head of a draft.

    Raises:
        StepNotAllowed: it is no draft.
        ChangedMeanwhile: somebody saved since this person opened it.
    """
    locked = locked_draft(issue)
    if locked.version != seen_version:
        raise ChangedMeanwhile
    for name, value in values.items():
        setattr(locked, name, value)
    locked.subject = _one_line(locked.subject)
    locked.version += 1
    locked.save()
    return locked


@transaction.atomic
def add_piece(*, issue: Issue, key: str) -> IssueItem:
    """Put in what another room published, with its words as they are now.

    Raises:
        StepNotAllowed, NewsletterError: it is not public any more, or stands in the issue.
    """
    locked_draft(issue)
    piece = next((found for provider in newsletter_pieces if (found := provider.piece(key))), None)
    if piece is None:
        raise NewsletterError(_("This is not public any more. Choose something else."))
    return _add(
        issue, source=IssueItem.Source.PAGE, source_key=piece.key, kicker=piece.kind, title=piece.title[:160],
        text="\n\n".join(filter(None, (piece.when, piece.summary))), url=piece.path,
    )  # fmt: skip


@transaction.atomic
def add_article(*, issue: Issue, article: Article) -> IssueItem:
    """Put in an article of an organisation.

    Raises:
        StepNotAllowed: it was not accepted, or the issue is no draft.
    """
    locked_draft(issue)
    if article.state != ArticleState.ACCEPTED:
        raise StepNotAllowed(_("Only an article that was accepted can stand in an issue."))
    with translation.override(issue.language_code):
        kicker = _("From the community")
    return _add(
        issue, source=IssueItem.Source.ARTICLE, source_key=f"article:{article.pk}", kicker=kicker,
        title=article.title, text=article.text, url=article.link, article=article,
    )  # fmt: skip


@transaction.atomic
def add_own(*, issue: Issue, title: str, text: str, url: str = "") -> IssueItem:
    """Put in the officer's own text.

    Raises:
        StepNotAllowed.
    """
    locked_draft(issue)
    return _add(issue, source=IssueItem.Source.OWN, title=title, text=text, url=url)


@transaction.atomic
def change_item(*, item: IssueItem, values: dict[str, Any]) -> None:
    """
    Raises:
        StepNotAllowed.
    """
    locked_draft(item.issue)
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    _touched(item.issue)


@transaction.atomic
def remove_item(*, item: IssueItem) -> None:
    """
    Raises:
        StepNotAllowed.
    """
    locked_draft(item.issue)
    item.delete()
    _touched(item.issue)


@transaction.atomic
def move_item(*, item: IssueItem, up: bool) -> None:
    """Change places with the neighbour; at the end of the list nothing happens.

    Raises:
        StepNotAllowed.
    """
    locked_draft(item.issue)
    rows = list(item.issue.items.all())
    at = next(place for place, row in enumerate(rows) if row.pk == item.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            IssueItem.objects.filter(pk=row.pk).update(order=order)
    _touched(item.issue)


@transaction.atomic
def decide_on_service_message(*, issue: Issue, reason: str, by: Any) -> ServiceDecision:
    """Write down why this message may go to people who agreed to nothing.

    Raises:
        StepNotAllowed: it is no draft, or no service message.
        ReasonMissing: the reason says too little to be looked at later.
    """
    locked = locked_draft(issue)
    if locked.kind != IssueKind.SERVICE:
        raise StepNotAllowed(_("Only a service message needs this decision."))
    if len(reason.split()) < 8:
        raise ReasonMissing(
            _("Say in a sentence or two why they may expect this message, and why it cannot wait for their consent.")
        )
    decision, _made = ServiceDecision.objects.update_or_create(
        issue=locked, defaults={"reason": reason.strip(), "decided_by": by}
    )
    audit.record(action="newsletter.service_message_decided", actor=by, subject=locked, note=reason.strip())
    return decision


@transaction.atomic
def delete_draft(*, issue: Issue, by: Any) -> None:
    """
    Raises:
        StepNotAllowed: it is no draft, or there are versions of it in other languages.
    """
    locked = locked_draft(issue)
    if locked.versions.exists():
        raise StepNotAllowed(_("There are versions of this issue in other languages. Delete those first."))
    audit.record(action="newsletter.draft_deleted", actor=by, subject=locked)
    locked.delete()


def _add(issue: Issue, **values: Any) -> IssueItem:
    if issue.items.count() >= MOST_ITEMS:
        raise NewsletterError(_("An issue holds 40 items at most. Nobody reads more."))
    key = values.get("source_key", "")
    if key and issue.items.filter(source_key=key).exists():
        raise NewsletterError(_("This stands in the issue already."))
    last = issue.items.aggregate(last=Max("order"))["last"] or 0
    item = IssueItem.objects.create(issue=issue, order=last + 1, **values)
    _touched(issue)
    return item


def _touched(issue: Issue) -> None:
    Issue.objects.filter(pk=issue.pk).update(version=F("version") + 1)


def locked_issue(issue: Issue) -> Issue:
    """The issue with its row locked until the transaction ends."""
    return Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)


def locked_draft(issue: Issue) -> Issue:
    """
    Raises:
        StepNotAllowed: it is no draft.
    """
    locked = locked_issue(issue)
    if locked.state != IssueState.DRAFT:
        raise StepNotAllowed(_("This issue is no draft any more, so it cannot be changed."))
    return locked


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _new_slug(title: str) -> str:
    start = slugify(title)[:60] or "issue"
    taken = set(Issue.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    if start not in taken:
        return start
    return f"{start}-{secrets.token_hex(3)}"
