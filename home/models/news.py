"""News."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from home.selectors.listings import one_page, open_to_all

from .base import BasePage, ClassifiedPage


def today() -> object:
    """Today where the partnership is."""
    return timezone.localdate()


class NewsIndexPage(RoutablePageMixin, BasePage):
    """All news, newest first, and the feed of it."""

    page_description = _("All news, newest first.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    max_count_per_parent = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`page_obj` of news, the newest first, and the address of the feed."""
        news = open_to_all(NewsPage.objects.child_of(self)).order_by("-date", "-pk")
        return {
            **super().get_context(request, *args, **kwargs),
            "page_obj": one_page(news, request, size=12, date="date"),
            "feed_url": f"{self.get_url(request) or ''}feed/",
        }

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest twenty as RSS."""
        from home.feeds import news_feed

        return news_feed(self, request)

    class Meta:
        verbose_name = _("index of news")


class NewsPage(ClassifiedPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=today)

    content_panels = [ClassifiedPage.content_panels[0], FieldPanel("date"), *ClassifiedPage.content_panels[1:]]
    search_fields = [*ClassifiedPage.search_fields, index.FilterField("date")]
    page_description = _("One piece of news.")
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`others`: the newest news beside this one."""
        from home.selectors.subjects import latest_news

        return {**super().get_context(request, *args, **kwargs), "others": latest_news(request, limit=4, but=self.pk)}

    class Meta:
        verbose_name = _("news item")
        indexes = [models.Index(fields=["-date"], name="news_date")]
