"""Words that professionals use, in plain English."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from .base import BasePage


class GlossaryTerm(TranslatableMixin, index.Indexed, models.Model):
    """A word and what it means."""

    term = models.CharField(_("word"), max_length=120)
    abbreviation = models.CharField(_("short form"), max_length=20, blank=True)
    meaning = models.TextField(_("what it means"))

    panels = [FieldRowPanel([FieldPanel("term"), FieldPanel("abbreviation")]), FieldPanel("meaning")]
    search_fields = [
        index.SearchField("term", boost=2),
        index.SearchField("abbreviation", boost=2),
        index.SearchField("meaning"),
        index.AutocompleteField("term"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["term"]
        verbose_name = _("glossary word")
        verbose_name_plural = _("glossary")
        constraints = [models.UniqueConstraint(fields=["term", "locale"], name="glossary_term_once_a_language")]

    def __str__(self) -> str:
        return self.term


class GlossaryPage(BasePage):
    """All words of the glossary."""

    page_description = _("All words of the glossary. The words are edited under Glossary.")
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`terms` of the page's language."""
        context = super().get_context(request, *args, **kwargs)
        context["terms"] = list(GlossaryTerm.objects.filter(locale_id=self.locale_id))
        return context

    class Meta:
        verbose_name = _("glossary page")
