"""What everybody may read: the archive, one issue, the feed; the counting redirect; sending an article."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation.counts.readers import is_machine
from foundation.redirects import see_other

from ...register.services.mails import partnership_name
from ..errors import LinkDoesNotWork
from ..forms import ArticleForm
from ..links import base_address, link_of_go
from ..markup import to_html, to_text
from ..models import ArticlePicture, Issue, LinkCount
from ..rendering import shown_items
from ..selectors.issues import archive
from ..services.articles import take_in
from ..services.dispatch import counts_clicks_now
from .frame import about_one_person, show

FEED_LENGTH = 20
PAGE = 12


@require_safe
def archive_page(request: HttpRequest) -> HttpResponse:
    """All issues, the newest first, and the way to get the next one."""
    page_obj = Paginator(archive(), PAGE).get_page(request.GET.get("page"))
    return show(request, "archive.html", {"page_obj": page_obj}, is_root=True)


@require_safe
def issue_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue with its pictures."""
    issue = get_object_or_404(archive(), slug=slug)
    with translation.override(issue.language_code):  # an issue is written in one language, its small words too
        context = {"issue": issue, "intro": to_html(issue.intro), "items": shown_items(issue)}
    return show(request, "issue.html", context)


class _IssueFeed(Feed):
    """The newest issues."""

    feed_type = Rss201rev2Feed

    def title(self) -> str:
        return f"{_('Newsletter')} – {partnership_name()}"

    def description(self) -> str:
        return _("Issues of the newsletter, the newest first")

    def link(self) -> str:
        return base_address() + reverse("newsletter:archive")

    def feed_url(self) -> str:
        return base_address() + reverse("newsletter:feed")

    def items(self) -> list[Issue]:
        return list(archive()[:FEED_LENGTH])

    def item_title(self, item: Issue) -> str:
        return item.title

    def item_description(self, item: Issue) -> str:
        return to_text(item.intro)

    def item_link(self, item: Issue) -> str:
        return base_address() + reverse("newsletter:issue", args=[item.slug])

    def item_pubdate(self, item: Issue) -> datetime | None:
        return item.published_at


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """RSS 2.0; addresses are those of the site's record, whatever host was asked for."""
    response = _IssueFeed()(request)
    response["Content-Type"] = "application/rss+xml; charset=utf-8"
    return response


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture of an article, once an issue with the article is in the archive."""
    found = get_object_or_404(ArticlePicture.objects.select_related("article"), pk=pk)
    if not found.article.items.filter(issue__in=Issue.objects.in_archive()).exists():
        raise Http404
    return picture_answer(found, "public, max-age=3600")


def picture_answer(found: ArticlePicture, kept: str) -> HttpResponseBase:
    """The file, which can run nothing whatever it holds."""
    try:
        response = FileResponse(found.file.open("rb"))
    except OSError as error:
        raise Http404 from error
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = kept
    return response


@require_safe
@about_one_person
def go(request: HttpRequest, token: str) -> HttpResponse:
    """On to the page behind a link of an issue; counted for all readers together while the setting is on."""
    try:
        issue_id, number = link_of_go(token)
    except LinkDoesNotWork as error:
        raise Http404 from error
    link = get_object_or_404(LinkCount, issue_id=issue_id, number=number)
    is_person = request.method == "GET" and not is_machine(request.META.get("HTTP_USER_AGENT", ""))
    if is_person and counts_clicks_now():
        LinkCount.objects.filter(pk=link.pk).update(clicks=F("clicks") + 1)
    return HttpResponseRedirect(link.url)


@csrf_exempt  # a signed token stands in for the cookie that public pages do not set
@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def send_article(request: HttpRequest) -> HttpResponse:
    """An organisation sends an article."""
    is_post = request.method == "POST"
    form = ArticleForm(request.POST if is_post else None, request.FILES if is_post else None, request=request)
    if is_post and form.is_valid():
        if not form.is_spam:
            given = form.cleaned_data
            words = ("title", "text", "organisation", "link", "contact_name", "contact_email")
            take_in(**{name: given[name] for name in words}, pictures=form.pictures(), language=get_language() or "")
        return see_other(reverse("newsletter:article_thanks"))
    status = 200 if not form.is_bound else 429 if form.is_over_limit() else 422
    return show(request, "send_article.html", {"form": form, "form_has_errors": form.has_errors}, status=status)


@require_safe
def article_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens next."""
    return show(request, "article_thanks.html", {"no_index": True})
