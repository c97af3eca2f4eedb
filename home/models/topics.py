"""Topics, and what there is to read about each."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.selectors.listings import listed, open_to_all

from .base import BasePage, ClassifiedPage


class TopicIndexPage(BasePage):
    """All topics."""

    page_description = _("All topics, in their order.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.TopicPage"]
    max_count_per_parent = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        topics = open_to_all(TopicPage.objects.child_of(self)).order_by("path")
        return {**super().get_context(request, *args, **kwargs), "topics": listed(topics, request)}

    class Meta:
        verbose_name = _("index of topics")


class TopicPage(ClassifiedPage):
    """One topic: what it is, what to do, and what to read."""

    topic = models.ForeignKey(
        "home.Topic", verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    content_panels = [ClassifiedPage.content_panels[0], FieldPanel("topic"), *ClassifiedPage.content_panels[1:]]
    served_with = ("topic",)
    page_description = _("One topic. Resources, documents and news about it are listed by themselves.")
    parent_page_types = ["home.TopicIndexPage"]
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from foundation.partnership.selectors import chrome_for
        from home.selectors.subjects import about_topic, topics_beside

        chrome = chrome_for(request)
        about = about_topic(self.topic_id, request)
        search = chrome.urls.get("search", "") if chrome else ""
        topic = self.topic if about["has_more"] else None
        return {
            **super().get_context(request, *args, **kwargs),
            **about,
            "everything_url": f"{search}?topic={topic.slug}" if topic and search else "",
            "siblings": topics_beside(self, request),
        }

    class Meta:
        verbose_name = _("topic page")
