"""Posts and themes of Young Advisors: written here as drafts, saved as they go, sent to the editors."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.redirects import see_other
from home.content.richtext import to_rich_text

from ..errors import NotNow, ReviewError, SavedElsewhere
from ..models import Post
from ..post_forms import PostForm, PostRemarkForm
from ..services.posts import (
    FILES,
    begin_post,
    delete_post,
    drop_remark,
    remark_on_post,
    save_post,
    send_post,
    take_back_post,
)
from .frame import above, show, user_of, young_advisors_only

KINDS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif", "avif": "image/avif",
         "mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt"}  # fmt: skip


@young_advisors_only
@require_POST
def new_post(request: HttpRequest) -> HttpResponse:
    """An empty post to write in."""
    return see_other(reverse("review_post", args=[begin_post(by=user_of(request)).pk]))


@young_advisors_only
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own post to write on, or what became of it; another's, once it was sent, to read and to say something."""
    found = _found(request, pk)
    if found.author_id != request.user.pk or not found.is_open:
        return _too_late(request, found) if request.method == "POST" else _read(request, found)
    if request.method != "POST":
        return _write(request, found, PostForm(post=found))
    form = PostForm(request.POST, request.FILES, post=found)
    is_good = form.is_valid()
    seen = request.POST.get("edition", "")
    try:
        saved = save_post(
            post=found,
            by=user_of(request),
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1,
            values=form.good_words(),
            files=form.new_files(),
        )
    except SavedElsewhere as clash:
        found.refresh_from_db()
        if _is_script(request):
            return JsonResponse({"said": str(clash)}, status=409)
        return _write(request, found, form, problem=str(clash), theirs=found, status=409)
    except NotNow:
        found.refresh_from_db()
        return _too_late(request, found)
    if _is_script(request):
        return JsonResponse({"edition": saved.edition, "errors": [line["text"] for line in form.error_summary]})
    if not is_good:
        return _write(request, saved, form, status=422)
    if request.POST.get("act") == "send":
        try:
            send_post(post=saved, by=user_of(request))
        except NotNow as missing:
            return _write(request, saved, PostForm(post=saved), problem=str(missing), status=422)
        messages.success(request, _("Sent. The editors read it, and the other Young Advisors can see it."))
        return see_other(reverse("review"))
    messages.success(request, _("Saved. Only you can see it."))
    return see_other(f"{reverse('review_post', args=[saved.pk])}#write")


@young_advisors_only
@require_POST
def post_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back, delete, or say something."""
    act = request.POST.get("act", "")
    try:
        found = _found(request, pk)
    except Http404:
        typed = request.POST.get("text", "").strip()
        if not typed:
            raise
        # Its author took it back while somebody else was writing about it.
        context = {"title": _("This post is not here any more"), "typed": [typed], "is_post": True}
        return show(request, "closed.html", context, trail=above(), status=409)
    if act == "say":
        return _say(request, found)
    if act == "unsay":
        return _unsay(request, found)
    if found.author_id != request.user.pk or act not in ("take-back", "delete"):
        raise Http404
    try:
        if act == "take-back":
            take_back_post(post=found, by=user_of(request))
            return see_other(reverse("review_post", args=[pk]))
        if "sure" not in request.POST and (found.is_open or found.state == Post.State.CLOSED):
            return show(request, "own/post_delete.html", {"post": found}, trail=_below(found))
        delete_post(post=found, by=user_of(request))
        messages.success(request, _("Deleted."))
    except ReviewError as error:
        messages.error(request, str(error))
    return see_other(reverse("review"))


@young_advisors_only
@require_safe
def post_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The picture, film or captions of a post that one may see."""
    return file_of(_found(request, pk), name)


def file_of(found: Post, name: str) -> HttpResponse:
    """A file that no address leads to, kept by nobody on the way."""
    if name not in FILES or not getattr(found, name):
        raise Http404
    file = getattr(found, name)
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = KINDS.get(file.name.rpartition(".")[2], "application/octet-stream")
    response = FileResponse(content, content_type=kind)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]


def _below(found: Post) -> list[tuple[str, str]]:
    return above((str(found), reverse("review_post", args=[found.pk])))


def _unsay(request: HttpRequest, found: Post) -> HttpResponse:
    """One's own words about a post, taken back."""
    key = request.POST.get("remark", "")
    own = found.remarks.filter(author=request.user.pk, is_staff=False)
    drop_remark(remark=get_object_or_404(own, pk=key if key.isascii() and key.isdigit() else 0), by=user_of(request))
    messages.success(request, _("Taken back."))
    return see_other(f"{reverse('review_post', args=[found.pk])}#said")


def _too_late(request: HttpRequest, found: Post) -> HttpResponse:
    """It is with the editors, perhaps since another page of the same person sent it: what was typed is shown."""
    if _is_script(request):
        said = _("The editors have your post now, so this was not saved. Copy it if you want to keep it.")
        return JsonResponse({"said": said}, status=409)
    typed = [request.POST.get(name, "") for name in ("title", "summary", "text", "film_words")]
    return _read(request, found, typed=typed, status=409)


def _found(request: HttpRequest, pk: int) -> Post:
    found = Post.objects.select_related("theme", "page", "author").filter(pk=pk).first()
    is_own = found is not None and found.author_id == request.user.pk
    if found is None or not (is_own or found.state in (Post.State.SENT, Post.State.PAGE)):
        raise Http404
    return found


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _write(
    request: HttpRequest, found: Post, form: PostForm, *, problem: str = "", theirs: Post | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    context = {
        "post": found,
        "form": form,
        "problems": [{"text": problem, "target": ""}] if problem else [],
        "theirs": theirs,
        "remarks": found.remarks.select_related("author"),
        "form_has_errors": bool(form.has_errors or problem),
    }
    return show(request, "own/post_form.html", context, trail=above(), status=status)


def _read(
    request: HttpRequest, found: Post, form: Any = None, *, typed: list[str] | None = None, status: int = 200
) -> HttpResponse:
    form = form or PostRemarkForm()
    context = {
        "post": found,
        "html": to_rich_text(found.text, lambda path: None),
        "is_own": found.author_id == request.user.pk,
        "remarks": found.remarks.select_related("author"),
        "form": form,
        "form_has_errors": form.has_errors,
        "typed": [text for text in typed or [] if text.strip()],
    }
    return show(request, "own/post.html", context, trail=above(), status=status)


def _say(request: HttpRequest, found: Post) -> HttpResponse:
    form = PostRemarkForm(request.POST)
    if not form.is_valid():
        return _read(request, found, form, status=422)
    remark_on_post(post=found, by=user_of(request), text=form.cleaned_data["text"], is_staff=False)
    return see_other(f"{reverse('review_post', args=[found.pk])}#said")
