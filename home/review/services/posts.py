"""Posts and themes: written by Young Advisors, put on the site by staff. Every act but a save stands in the trail."""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.cache.generation import bump_on_commit
from foundation.media.held import hold
from foundation.media.models import Captions, SiteImage, SiteMedia
from home.content.richtext import to_rich_text
from home.models import AudiencePage, ResourcePage

from ..errors import NotNow, SavedElsewhere
from ..models import Post, PostRemark
from ..setup import YOUNG_AUDIENCES

FIELDS = ("kind", "theme", "title", "summary", "text", "picture_alt", "film_words", "credited_as")
FILES = ("picture", "film", "captions")
CREDIT = "Written by a Young Advisor"


@transaction.atomic
def begin_post(*, by: User) -> Post:
    """An empty post, unless one that is still empty waits already."""
    empty = Post.objects.filter(author=by, state=Post.State.DRAFT, edition=0).first()
    return empty or Post.objects.create(author=by)


@transaction.atomic
def save_post(*, post: Post, by: User, seen: int, values: dict[str, Any], files: dict[str, Any]) -> Post:
    """Keep what was written. `files`: a new one by field, None to take it away; what is not named stays.

    Raises:
        NotNow: the editors have it.
        SavedElsewhere: it was saved from another place since `seen`.
    """
    held = _own(post, by)
    if not held.is_open:
        raise NotNow(_("The editors have it now, so it cannot be changed here."))
    if held.edition != seen:
        raise SavedElsewhere(
            _("You saved this somewhere else meanwhile. Both are shown here: copy what you want to keep.")
        )
    for name in FIELDS:
        if name in values:
            setattr(held, name, values[name])
    for name, file in files.items():
        getattr(held, name).delete(save=False)
        if file is not None:
            setattr(held, name, file)
    held.edition += 1
    held.changed_at = timezone.now()
    held.save()
    return held


@transaction.atomic
def send_post(*, post: Post, by: User) -> Post:
    """To the editors.

    Raises:
        NotNow: something is missing, or the editors have it.
    """
    held = _own(post, by)
    if not held.is_open:
        raise NotNow(_("The editors have it already."))
    missing = missing_in(held)
    if missing:
        raise NotNow(" ".join(missing))
    held.state, held.sent_at = Post.State.SENT, timezone.now()
    held.save()
    record(action="review.post_sent", actor=by, subject=held)
    return held


def missing_in(post: Post) -> list[str]:
    """What it needs before it can be sent, each in a sentence."""
    found = []
    if not post.title.strip():
        found.append(_("Give it a title."))
    if not post.text.strip():
        found.append(_("Write something in the big box."))
    if post.picture and not post.picture_alt.strip():
        found.append(_("Say what the picture shows, for people who cannot see it."))
    if post.film and not (post.captions and post.film_words.strip()):
        found.append(_("A film needs captions, and its words in the box, for people who cannot hear it."))
    return found


@transaction.atomic
def take_back_post(*, post: Post, by: User) -> Post:
    """To write on, while the editors have not made a page of it.

    Raises:
        NotNow: they have.
    """
    held = _own(post, by)
    if held.state not in (Post.State.SENT, Post.State.CLOSED):
        raise NotNow(_("It is not with the editors."))
    held.state = Post.State.DRAFT
    held.save()
    record(action="review.post_taken_back", actor=by, subject=held)
    return held


@transaction.atomic
def delete_post(*, post: Post, by: User) -> None:
    """For good, while nobody else has it.

    Raises:
        NotNow: the editors have it, or it is a page.
    """
    held = _own(post, by)
    if not (held.is_open or held.state == Post.State.CLOSED):
        raise NotNow(_("Take it back from the editors first."))
    record(action="review.post_deleted", actor=by, subject=held)
    delete_files(held)
    held.delete()


@transaction.atomic
def remark_on_post(*, post: Post, by: User, text: str, is_staff: bool) -> PostRemark:
    """Say something about a post that was sent; every Young Advisor and editor reads it."""
    remark = PostRemark.objects.create(post=post, author=by, text=text, is_staff=is_staff)
    record(action="review.post_remarked", actor=by, subject=post)
    return remark


def ask_for_change(*, post: Post, by: User, text: str) -> Post:
    """Staff say what should change; its author writes on.

    Raises:
        NotNow: it does not wait for staff, or nothing was said.
    """
    if not text.strip():
        raise NotNow("Write what should change.")
    return _give_back(post, by, text, out_of={Post.State.SENT}, state=Post.State.CHANGE, action="review.post_sent_back")


def close_post(*, post: Post, by: User, text: str) -> Post:
    """Staff do not put it on the site, and say why. Its author can still write on and send it again, or delete it; no other
    Young Advisor sees it any more.

    Raises:
        NotNow: it is not with staff or its author, or nothing was said.
    """
    if not text.strip():
        raise NotNow("Write why: its author reads it.")
    out_of = {Post.State.SENT, Post.State.CHANGE}
    return _give_back(post, by, text, out_of=out_of, state=Post.State.CLOSED, action="review.post_closed")


@transaction.atomic
def _give_back(post: Post, by: User, text: str, *, out_of: set[Post.State], state: Post.State, action: str) -> Post:
    held = Post.objects.select_for_update().get(pk=post.pk)
    if held.state not in out_of:
        raise NotNow("It does not wait for you any more.")
    remark_on_post(post=held, by=by, text=text, is_staff=True)
    held.state, held.answered_at = state, timezone.now()
    held.save()
    record(action=action, actor=by, subject=held)
    return held


@transaction.atomic
def drop_remark(*, remark: PostRemark, by: User) -> None:
    """One's own words about a post, taken back; or somebody's that hurt or name a person, taken away by staff. The trail keeps
    them, for whoever has to look into it."""
    record(action="review.post_remark_dropped", actor=by, subject=remark.post, note=remark.text)
    remark.delete()


@transaction.atomic
def make_page(*, post: Post, by: User, publish: bool, seen: str) -> Page:
    """A page of the young people's part, made of the post; before the public at once only if `publish`.

    The caller has asked whether this person may add (and publish) there.

    Raises:
        NotNow: it does not wait for staff, there is no such part, or its words are not those of the edition that was `seen`:
            the author may have taken it back, changed it and sent it again meanwhile.
    """
    held = Post.objects.select_for_update().get(pk=post.pk)
    if held.state != Post.State.SENT:
        raise NotNow("It does not wait for you any more.")
    if str(held.edition) != seen:
        raise NotNow("It was changed while you were reading. Read it again.")
    part = young_part()
    if part is None:
        raise NotNow("There is no page for young people to put it under. Make one first: an audience page.")
    page = ResourcePage(
        title=held.title,
        slug=_free_slug(part, held.title),
        summary=held.summary,
        young_advisors_credit=CREDIT,
        young_advisors_date=timezone.localdate(),
        owner=by,
        live=False,
    )
    page.body = ResourcePage._meta.get_field("body").to_python(_body(held, by))
    part.add_child(instance=page)
    if part.audience_id:
        page.audiences.set([part.audience_id])
        page.save()
    revision = page.save_revision(user=by, log_action=True)
    held.state, held.answered_at, held.page = Post.State.PAGE, timezone.now(), page.page_ptr
    held.save()
    record(action="review.post_made_page", actor=by, subject=held, facts={"page": page.pk})
    if publish:
        revision.publish(user=by)
    bump_on_commit()
    return page


def young_part() -> AudiencePage | None:
    """The young people's part of the site, in the site's own language."""
    parts = AudiencePage.objects.filter(audience__slug__in=YOUNG_AUDIENCES, locale__language_code="en")
    return parts.order_by("path").first()


def delete_files(post: Post) -> None:
    """What waits where no address leads."""
    for name in FILES:
        getattr(post, name).delete(save=False)


def _own(post: Post, by: User) -> Post:
    return Post.objects.select_for_update().get(pk=post.pk, author=by)


def _free_slug(part: Page, title: str) -> str:
    base = slugify(title)[:60].strip("-") or "post"
    taken = set(part.get_children().values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1_000))) if slug not in taken)


def _body(post: Post, by: User) -> list[dict[str, Any]]:
    """Markdown becomes rich text: what is not on the list of what editors may write is dropped, scripts included. Its files
    are opened to the public when the page is, not before (`foundation.media.held`)."""
    blocks: list[dict[str, Any]] = [{"type": "text", "value": to_rich_text(post.text, lambda path: None)}]
    if post.picture:
        picture = SiteImage(title=post.title, description=post.picture_alt[:255], uploaded_by_user=by)
        picture.file = _held(picture, post.picture, "original_images")
        picture.save()
        image = {"image": picture.pk, "alt_text": post.picture_alt, "decorative": False}
        blocks.append({"type": "image", "value": {"image": image, "caption": ""}})
    if post.film:
        film = SiteMedia(title=post.title, type="video", transcript=post.film_words, uploaded_by_user=by)
        film.file = _held(film, post.film, "media")
        film.save()
        if post.captions:
            line = Captions(media=film, language="en")
            line.file = _held(line, post.captions, "captions")
            line.save()
        blocks.append({"type": "video", "value": {"video": film.pk, "caption": ""}})
    return blocks


def _held(row: Any, file: Any, folder: str) -> str:
    with file.open("rb") as content:
        return hold(row.file.storage, f"{folder}/{PurePosixPath(file.name).name}", File(content))
