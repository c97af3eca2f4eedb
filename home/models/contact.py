"""The contact page: helplines first, then a form that is not for worries about a child."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from .base import BasePage

DEFAULT_SUBJECTS = """A question about the partnership
Training or events
A policy, a leaflet or a document
Something on this website is wrong or hard to use
Young Advisors
Something else"""


class ContactPage(RoutablePageMixin, BasePage):
    """Where the public writes to the partnership's office. Its wording is content; its rules are in `home.contact`."""

    subjects = models.TextField(
        _("what a message can be about"),
        default=DEFAULT_SUBJECTS,
        help_text=_(
            "One on each line. Never list worries about a child here: nobody watches this inbox day and night."
        ),
    )
    thanks_title = models.CharField(_("heading after sending"), max_length=120, blank=True)
    thanks_text = RichTextField(_("text after sending"), features=["bold", "ul", "link"], blank=True)

    template = "home/contact_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("subjects"), FieldPanel("thanks_title"), FieldPanel("thanks_text")], heading=_("Form")
        ),
    ]
    page_description = _("Helplines first, then a form for questions to the office.")
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("contact page")

    def subject_list(self) -> list[str]:
        """The subjects to choose from, in the editor's order."""
        return [line.strip() for line in self.subjects.splitlines() if line.strip()]

    @path("")
    def show_form(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The form, and what happens to it."""
        from home.contact.views import contact

        return contact(request, page=self)

    @path("sent/", name="sent")
    def show_thanks(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The page after sending."""
        from home.contact.views import sent

        return sent(request, page=self)
