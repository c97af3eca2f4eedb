"""Policies, procedures, reports and other documents, each with its summary on a page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from foundation.partnership.selectors import chrome_for

from .base import BasePage, ClassifiedPage


class DocumentIndexPage(BasePage):
    """All documents, to be filtered and searched."""

    page_description = _("All documents of the partnership.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.DocumentPage"]
    max_count_per_parent = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The search kept to documents: `found`, `filter_lists`, `chips`, `page_obj`; see `home.search.library`."""
        from home.search.filters import Filters
        from home.search.library import documents

        context = super().get_context(request, *args, **kwargs)
        context.update(documents(Filters.read(request.GET)))
        return context

    class Meta:
        verbose_name = _("index of documents")


class DocumentPage(ClassifiedPage):
    """A document. Its body is a summary in plain words; the files follow."""

    class Kind(models.TextChoices):
        POLICY = "policy", _("Policy")
        PROCEDURE = "procedure", _("Procedure")
        REPORT = "report", _("Report")
        PLAN = "plan", _("Plan")
        MINUTES = "minutes", _("Minutes")
        FORM = "form", _("Form")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.POLICY)
    version = models.CharField(_("version"), max_length=40, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "home.DocumentPage",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="supersedes",
    )

    content_panels = [
        *ClassifiedPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("version")]),
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("superseded_by")]),
            ],
            heading=_("About the document"),
        ),
        InlinePanel("files", label=_("file"), heading=_("Files")),
    ]
    search_fields = [
        *ClassifiedPage.search_fields,
        index.FilterField("kind"),
        index.FilterField("published_on"),
        index.RelatedFields("files", [index.SearchField("title")]),
    ]
    served_with = ("superseded_by",)
    page_description = _("A policy, procedure, report or other document, with a summary on the page.")
    parent_page_types = ["home.DocumentIndexPage"]
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`files` to download; `newer` and `older`: the documents that replaced it, and that it replaced."""
        from home.selectors.files import shown_files
        from home.selectors.subjects import older_than

        newer = self.superseded_by
        chrome = chrome_for(request)
        return {
            **super().get_context(request, *args, **kwargs),
            "files": shown_files(self.files, request),
            "newer": newer if newer is not None and newer.live else None,
            "older": older_than(self, request),
            "contact_url": chrome.urls.get("contact", "") if chrome else "",
        }

    class Meta:
        verbose_name = _("document page")
        indexes = [models.Index(fields=["-published_on"], name="document_published")]


class DocumentFile(TranslatableMixin, Orderable):
    """A file of a document: usually one, more where there are annexes or other forms of it."""

    page = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "media.SiteDocument", verbose_name=_("file"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(_("title"), max_length=160, blank=True, help_text=_("Empty: the file's own title."))

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.title or self.document.title
