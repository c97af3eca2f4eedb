"""Articles of organisations: taken in, asked about, accepted or refused, and forgotten in time."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from foundation.accounts.links.services import may_be_mailed
from foundation.audit import services as audit
from foundation.cache.generation import bump_on_commit
from foundation.mail.words import unlinked

from ...register.plain_text import plain
from ..errors import ReasonMissing, StepNotAllowed
from ..models import Article, ArticlePicture
from ..states import ArticleState, IssueState
from . import mails

REFUSED_KEPT = timedelta(days=90)
SENDER_KEPT = timedelta(days=365)
_OPEN = (ArticleState.WAITING, ArticleState.ASKED)


@transaction.atomic
def take_in(
    *, title: str, text: str, organisation: str, link: str, contact_name: str, contact_email: str,
    pictures: Sequence[tuple[UploadedFile, str]] = (), language: str = "",
) -> Article:  # fmt: skip
    """Keep what somebody sent: plain words without any markup of theirs, and pictures that were drawn anew already."""
    article = Article.objects.create(
        title=" ".join(plain(title).split())[:120], text=plain(text)[:4_000],
        organisation=" ".join(plain(organisation).split())[:160], link=link,
        contact_name=" ".join(plain(contact_name).split())[:120], contact_email=contact_email.strip().lower(), language=language[:8],
    )  # fmt: skip
    for file, description in pictures:
        ArticlePicture.objects.create(
            article=article, file=file, description=" ".join(plain(description).split())[:200]
        )
    audit.record(action="newsletter.article_sent", subject=article, facts={"pictures": len(pictures)})
    to = article.contact_email if may_be_mailed(article.contact_email, kind="article") else ""
    mails.send(
        to=to, subject=gettext_noop("We have your article"), template="article_taken_in", title=unlinked(article.title),
        language=language,
    )  # fmt: skip
    return article


@transaction.atomic
def save_words(*, article: Article, title: str, text: str, by: Any) -> None:
    """An officer mends the wording before it stands in an issue.

    Raises:
        StepNotAllowed: it stands in an issue that has gone out.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.items.exclude(issue__state=IssueState.DRAFT).exists():
        raise StepNotAllowed(_("This article has gone out in an issue, so its words stay."))
    locked.title, locked.text = " ".join(plain(title).split())[:120], plain(text)[:4_000]
    locked.save(update_fields=["title", "text"])
    audit.record(action="newsletter.article_edited", actor=by, subject=locked)


@transaction.atomic
def remove_picture(*, picture: ArticlePicture, by: Any) -> None:
    """Take one picture out for good, the file too: before the article is accepted, or afterwards, when somebody in it no
    longer agrees. The article stays."""
    audit.record(action="newsletter.article_picture_removed", actor=by, subject=picture.article)
    _delete_file(picture)
    picture.delete()
    bump_on_commit()  # the page of an issue may be kept with it


@transaction.atomic
def accept(*, article: Article, by: Any) -> None:
    """It may stand in an issue, and its sender hears so.

    Raises:
        StepNotAllowed: it was decided on already.
    """
    locked = _decide(article, ArticleState.ACCEPTED, by)
    mails.send(
        to=locked.contact_email,
        subject=gettext_noop("Your article is accepted"),
        template="article_accepted",
        title=unlinked(locked.title),
        language=locked.language,
    )


@transaction.atomic
def ask(*, article: Article, question: str, by: Any) -> None:
    """Ask the sender something; they answer by mail or send it again.

    Raises:
        StepNotAllowed, ReasonMissing.
    """
    if not question.strip():
        raise ReasonMissing(_("Write what you would like to know."))
    locked = _decide(article, ArticleState.ASKED, by, reason=question)
    mails.send(
        to=locked.contact_email, subject=gettext_noop("A question about your article"), template="article_asked",
        title=unlinked(locked.title), reason=question.strip(), reply_to=getattr(by, "email", ""), language=locked.language,
    )  # fmt: skip


@transaction.atomic
def refuse(*, article: Article, reason: str, by: Any) -> None:
    """Not for this newsletter, with a reason that its sender reads.

    Raises:
        StepNotAllowed, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why, in a sentence that the organisation can act on."))
    locked = _decide(article, ArticleState.REFUSED, by, reason=reason)
    mails.send(
        to=locked.contact_email, subject=gettext_noop("About your article"), template="article_refused",
        title=unlinked(locked.title), reason=reason.strip(), language=locked.language,
    )  # fmt: skip


def forget_old_articles() -> int:
    """Refused articles go after 90 days, pictures too; of the others, who sent them is forgotten after a year."""
    now = timezone.now()
    gone = 0
    for article in Article.objects.filter(state=ArticleState.REFUSED, decided_at__lt=now - REFUSED_KEPT):
        _delete(article)
        gone += 1
    for article in Article.objects.filter(state__in=_OPEN, sent_at__lt=now - SENDER_KEPT):
        _delete(article)
        gone += 1
    old = Article.objects.filter(state=ArticleState.ACCEPTED, decided_at__lt=now - SENDER_KEPT)
    return gone + old.exclude(contact_email="", contact_name="").update(contact_email="", contact_name="", reason="")


def forget_sender(*, article: Article) -> None:
    """Take out who sent it, and what was written to them; the article stays. One that nobody decided on goes."""
    if article.state in _OPEN or article.state == ArticleState.REFUSED:
        _delete(article)
    else:
        Article.objects.filter(pk=article.pk).update(contact_email="", contact_name="", reason="")


@transaction.atomic
def _delete(article: Article) -> None:
    for picture in article.pictures.all():
        _delete_file(picture)
    article.delete()


def _delete_file(picture: ArticlePicture) -> None:
    """Once the row is surely gone."""
    storage, name = picture.file.storage, str(picture.file.name)
    transaction.on_commit(lambda: storage.delete(name))


def _decide(article: Article, state: str, by: Any, *, reason: str = "") -> Article:
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.state not in _OPEN:
        raise StepNotAllowed(_("A colleague has decided on this article already."))
    locked.state, locked.reason = state, reason.strip()
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    # The words of a decision are about the organisation, so they go into the note, which can be erased.
    audit.record(action=f"newsletter.article_{state}", actor=by, subject=locked, note=reason.strip())
    return locked
