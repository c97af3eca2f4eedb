"""Officers read what organisations sent."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..markup import to_html
from ..models import Article, ArticlePicture
from ..permissions import SEND
from ..services import articles
from ..states import ArticleState
from .archive import picture_answer
from .base import NewsletterView
from .issues import number_of
from .officer_forms import ArticleWordsForm

A_PAGE = 20


class ArticlesView(NewsletterView):
    """All articles: what waits stands first."""

    template_name = "community/newsletter/admin/articles.html"
    page_title = gettext_lazy("Community articles")
    here = "articles"

    def get(self, request: HttpRequest) -> HttpResponse:
        first = Case(When(state=ArticleState.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())
        rows = Paginator(Article.objects.order_by(first, "-sent_at", "-pk"), A_PAGE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(rows=rows))


class ArticleView(NewsletterView):
    """One article: as it would stand, its words to mend, and the decision."""

    template_name = "community/newsletter/admin/article.html"
    here = "articles"

    @cached_property
    def article(self) -> Article:
        return get_object_or_404(Article, pk=self.kwargs["article_id"])

    def get_page_title(self) -> str:
        return self.article.title

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("newsletter_articles"), "label": _("Community articles")}]

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        do, words = request.POST.get("do"), request.POST.get("reason", "")[:1_000]
        article, by = self.article, self.user
        if do == "words":
            return self._save_words()
        if do == "picture":
            picture = get_object_or_404(article.pictures, pk=number_of(request.POST.get("picture")))
            self.try_or_say(lambda: articles.remove_picture(picture=picture, by=by), _("The picture is deleted."))
        acts = {
            "accept": (lambda: articles.accept(article=article, by=by), _("Accepted. It can go into an issue now.")),
            "ask": (lambda: articles.ask(article=article, question=words, by=by), _("Asked.")),
            "refuse": (lambda: articles.refuse(article=article, reason=words, by=by), _("They read why.")),
        }
        if do in acts and not self.try_or_say(*acts[do]):
            return self._show(reason=words, status=422)
        return redirect("newsletter_article", article.pk)

    def _save_words(self) -> HttpResponse:
        form = ArticleWordsForm(self.request.POST)
        if form.is_valid() and self.try_or_say(
            lambda: articles.save_words(article=self.article, by=self.user, **form.cleaned_data), _("Saved.")
        ):
            return redirect("newsletter_article", self.article.pk)
        return self._show(form=form, status=422)

    def _show(self, *, form: ArticleWordsForm | None = None, reason: str = "", status: int = 200) -> HttpResponse:
        article = self.article
        article.refresh_from_db()
        context = {
            "article": article, "html": to_html(article.text), "pictures": article.pictures.all(), "reason": reason,
            "form": form or ArticleWordsForm(initial={"title": article.title, "text": article.text}),
            "is_open": article.state in (ArticleState.WAITING, ArticleState.ASKED),
        }  # fmt: skip
        return self.render_to_response(self.get_context_data(**context), status=status)


@require_safe
def article_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture that is not public yet, for those who decide on it."""
    if not request.user.has_perm(SEND):
        raise PermissionDenied
    return picture_answer(get_object_or_404(ArticlePicture, pk=pk), "private, no-store")
