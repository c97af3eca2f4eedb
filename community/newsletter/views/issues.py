"""Officers write an issue: its head, its items, a look at it, and when it goes out."""

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from foundation.registries.newsletter import Piece, newsletter_pieces

from ..errors import NewsletterError
from ..models import Article, Issue, IssueItem
from ..permissions import SEND
from ..rendering import PREFERENCES, STOP, Letter, letter_of
from ..selectors.contacts import consent_counts, recipients_of
from ..selectors.issues import delivery_counts, versions_of
from ..services import dispatch, issues, versions
from ..services.sending import MOST_SERVER_FAULTS
from ..states import ArticleState, DeliveryState, IssueState
from .base import NewsletterView, OneIssueView
from .officer_forms import IssueForm, ItemForm, OwnTextForm, ScheduleForm

A_PAGE = 20
OF_EACH_KIND = 6


class IssuesView(NewsletterView):
    """All issues, drafts first by their date."""

    template_name = "community/newsletter/admin/issues.html"
    page_title = gettext_lazy("Newsletter")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Paginator(Issue.objects.defer("html", "text"), A_PAGE).get_page(request.GET.get("p"))
        waiting = Article.objects.filter(state=ArticleState.WAITING).count()
        return self.render_to_response(self.get_context_data(rows=rows, waiting=waiting, counts=consent_counts()))


class NewIssueView(NewsletterView):
    """A new draft."""

    template_name = "community/newsletter/admin/new.html"
    page_title = gettext_lazy("New issue")

    def get(self, request: HttpRequest) -> HttpResponse:
        # Another screen may have made the segment that this issue is for.
        initial = {"segment": number_of(request.GET.get("segment")) or None}
        return self.render_to_response(self.get_context_data(form=IssueForm(initial=initial)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = IssueForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        values = {name: form.cleaned_data[name] for name in IssueForm.Meta.fields}
        issue = issues.start_issue(by=self.user, **values)
        return redirect("newsletter_issue", issue.pk)


class IssueView(OneIssueView):
    """The workbench of a draft; of an issue that goes out, its progress."""

    page_title = gettext_lazy("Issue")

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get_page_title(self) -> str:
        return self.issue.title

    def get_template_names(self) -> list[str]:
        name = "workbench" if self.issue.is_editable else "progress"
        return [f"community/newsletter/admin/{name}.html"]

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        acts = {
            "head": self._save_head, "own": self._add_own, "schedule": self._schedule, "piece": self._add_piece,
            "article": self._add_article, "up": self._move, "down": self._move, "remove": self._remove,
            "version": self._start_version,
        }  # fmt: skip
        act = acts.get(request.POST.get("do", ""))
        return act() if act else self._plain_act(request.POST.get("do", ""))

    def _plain_act(self, do: str) -> HttpResponse:
        issue, by, post = self.issue, self.user, self.request.POST
        acts: dict[str, tuple[Any, str]] = {
            "send": (lambda: dispatch.start_sending(issue=issue, by=by), _("It goes out now.")),
            "test": (lambda: dispatch.send_test(issue=issue, by=by), _("A test is on its way to %(to)s.") % {"to": by.email}),
            "decide": (
                lambda: issues.decide_on_service_message(issue=issue, reason=post.get("reason", "")[:2_000], by=by),
                _("Written down."),
            ),
            "unschedule": (lambda: dispatch.back_to_draft(issue=issue, by=by), _("It is a draft again.")),
            "pause": (lambda: dispatch.pause(issue=issue, by=by), _("Paused. What is being handed over this moment still goes.")),
            "resume": (lambda: dispatch.resume(issue=issue, by=by), _("It goes on.")),
            "retry": (
                lambda: dispatch.retry(issue=issue, unsure_too="unsure" in post, by=by), _("They are tried again."),
            ),
            "archive": (
                lambda: dispatch.set_in_archive(issue=issue, is_in=post.get("in") == "1", by=by), _("Kept."),
            ),
        }  # fmt: skip
        if do == "delete":
            if self.try_or_say(lambda: issues.delete_draft(issue=issue, by=by), _("The draft is deleted.")):
                return redirect("newsletter_issues")
            return redirect(self.issue_url())
        if do not in acts:
            messages.error(self.request, _("We could not tell what you wanted to do. Please try again."))
            return redirect(self.issue_url())
        is_done = self.try_or_say(*acts[do])
        if not is_done and do == "decide":
            issue.refresh_from_db()
            return self._show(reason=post.get("reason", ""), status=422)
        return redirect(self.issue_url())

    def _save_head(self) -> HttpResponse:
        form = IssueForm(self.request.POST, instance=Issue.objects.get(pk=self.issue.pk))
        if not form.is_valid():
            return self._show(head=form, status=422)
        values = {name: form.cleaned_data[name] for name in IssueForm.Meta.fields}
        seen = form.cleaned_data["version"] or 0
        try:
            issues.save_issue(issue=self.issue, seen_version=seen, values=values)
        except NewsletterError as error:
            form.add_error(None, str(error))
            form.data = {**form.data.dict(), "version": str(self.issue.version)}  # type: ignore[attr-defined]
            return self._show(head=form, status=409)
        messages.success(self.request, _("Saved."))
        return redirect(self.issue_url())

    def _add_own(self) -> HttpResponse:
        form = OwnTextForm(self.request.POST)
        if not form.is_valid():
            return self._show(own=form, status=422)
        if not self.try_or_say(lambda: issues.add_own(issue=self.issue, **form.cleaned_data), _("Put in.")):
            return self._show(own=form, status=409)
        return redirect(f"{self.issue_url()}#items")

    def _schedule(self) -> HttpResponse:
        form = ScheduleForm(self.request.POST)
        if not form.is_valid():
            return self._show(schedule=form, status=422)
        at = form.cleaned_data["send_at"]
        if not self.try_or_say(
            lambda: dispatch.schedule(issue=self.issue, at=at, by=self.user), _("It goes out by itself.")
        ):
            return self._show(schedule=form, status=409)
        return redirect(self.issue_url())

    def _add_piece(self) -> HttpResponse:
        key = self.request.POST.get("key", "")[:60]
        self.try_or_say(lambda: issues.add_piece(issue=self.issue, key=key), _("Put in."))
        return redirect(f"{self.issue_url()}#items")

    def _add_article(self) -> HttpResponse:
        article = get_object_or_404(Article, pk=number_of(self.request.POST.get("article")))
        self.try_or_say(lambda: issues.add_article(issue=self.issue, article=article), _("Put in."))
        return redirect(f"{self.issue_url()}#items")

    def _start_version(self) -> HttpResponse:
        language = self.request.POST.get("language", "")
        try:
            version = versions.start_version(issue=self.issue, language=language, by=self.user)
        except NewsletterError as error:
            messages.error(self.request, str(error))
            return redirect(f"{self.issue_url()}#languages")
        messages.success(
            self.request, _("Here it is, with everything that stood in it. Translate it, then send it too.")
        )
        return redirect("newsletter_issue", version.pk)

    def _move(self) -> HttpResponse:
        item, up = self._item(), self.request.POST["do"] == "up"
        self.try_or_say(lambda: issues.move_item(item=item, up=up), _("Moved."))
        return redirect(f"{self.issue_url()}#item-{item.pk}")

    def _remove(self) -> HttpResponse:
        item = self._item()
        self.try_or_say(lambda: issues.remove_item(item=item), _("Taken out."))
        return redirect(f"{self.issue_url()}#items")

    def _item(self) -> IssueItem:
        return get_object_or_404(self.issue.items, pk=number_of(self.request.POST.get("item")))

    def _show(self, *, status: int = 200, **typed: Any) -> HttpResponse:
        issue = self.issue
        alike = list(versions_of(issue))
        typed |= {
            "versions": [(each, dict(settings.LANGUAGES)[each.language_code]) for each in alike] if alike[1:] else [],
            "languages_left": versions.languages_left(issue),
        }
        if not issue.is_editable:
            counts = delivery_counts(issue)
            number = sum(counts[state] for state in DeliveryState.values)
            is_waiting = issue.state == IssueState.SCHEDULED
            gone: dict[str, Any] = {
                "counts": counts,
                "all": number,
                "done": number - counts[DeliveryState.WAITING] - counts[DeliveryState.GOING],
                "people": recipients_of(issue).distinct().count() if is_waiting else 0,
                "is_worn_out": issue.server_faults >= MOST_SERVER_FAULTS,
                "links": issue.links.all() if issue.counts_clicks else [],
                **typed,
            }
            return self.render_to_response(self.get_context_data(issue=issue, **gone), status=status)
        words = self.request.GET.get("words", "").strip()[:80]
        used = set(issue.items.values_list("source_key", flat=True))
        context: dict[str, Any] = {
            "head": IssueForm(instance=issue, initial={"version": issue.version}),
            "own": OwnTextForm(),
            "schedule": ScheduleForm(),
            "items": list(issue.items.all()),
            "words": words,
            "pieces": [piece for piece in _pieces(words) if piece.key not in used],
            "articles": [
                article
                for article in Article.objects.filter(state=ArticleState.ACCEPTED)[:OF_EACH_KIND]
                if f"article:{article.pk}" not in used
            ],
            "people": recipients_of(issue).distinct().count(),
            "decision": getattr(issue, "decision", None),
            **typed,
        }
        return self.render_to_response(self.get_context_data(issue=issue, **context), status=status)


class ItemView(OneIssueView):
    """Change one item."""

    template_name = "community/newsletter/admin/item.html"
    page_title = gettext_lazy("Change an item")

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(issue=self.issue, form=ItemForm(instance=self._item())))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        item = self._item()
        form = ItemForm(request.POST, instance=item)
        if form.is_valid():
            values = {name: form.cleaned_data[name] for name in ItemForm.Meta.fields}
            if self.try_or_say(lambda: issues.change_item(item=item, values=values), _("Saved.")):
                return redirect(f"{self.issue_url()}#item-{item.pk}")
        return self.render_to_response(self.get_context_data(issue=self.issue, form=form), status=422)

    def _item(self) -> IssueItem:
        return get_object_or_404(self.issue.items, pk=self.kwargs["item_id"])


class PreviewView(OneIssueView):
    """The mail at the width of a phone and of a mail programme, and as plain text."""

    template_name = "community/newsletter/admin/preview.html"
    page_title = gettext_lazy("How the mail looks")

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        _html, text = _for_nobody(self.issue)
        mail = reverse("newsletter_preview_mail", args=[self.issue.pk])
        return self.render_to_response(self.get_context_data(issue=self.issue, text=text, mail=mail))


@require_safe
@csp_replace(  # type: ignore[arg-type]
    {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"], "sandbox": []}
)
def preview_mail(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The HTML of the mail by itself; it may use its own styles, and can do nothing."""
    if not request.user.has_perm(SEND):
        raise PermissionDenied
    html, _text = _for_nobody(get_object_or_404(Issue, pk=issue_id))
    return HttpResponse(mark_safe(html))  # noqa: S308 - escaped by its template


def number_of(text: str | None) -> int:
    """A row's number from a form; nought for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _for_nobody(issue: Issue) -> tuple[str, str]:
    """The mail as it went, or would go, with links to stop that lead nowhere."""
    gone = Letter(issue.subject, issue.html, issue.text, is_service=issue.is_service)
    letter = (gone if issue.html else letter_of(issue)).in_language()
    html, text = letter.html, letter.text
    for place in (STOP, PREFERENCES):
        html, text = html.replace(place, "#"), text.replace(place, _("(each reader's own link)"))
    return html, text


def _pieces(words: str) -> list[Piece]:
    return [piece for provider in newsletter_pieces for piece in provider.find(words, OF_EACH_KIND)]
