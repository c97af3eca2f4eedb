"""Forms that staff build without a developer, for ordinary questions. Survey answers never go through here:
these keep the row and its time."""

from datetime import timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractFormField, AbstractFormSubmission, FormMixin
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.fields import RichTextField

from .base import BasePage


class FormPageField(AbstractFormField):
    """A question of a form page."""

    page = ParentalKey("home.FormPage", on_delete=models.CASCADE, related_name="form_fields")


class FormPageAnswer(AbstractFormSubmission):
    """What somebody sent. It is deleted when the page's time of keeping is over."""

    class Meta:
        verbose_name = _("form answer")
        verbose_name_plural = _("form answers")
        indexes = [models.Index(fields=["page", "submit_time"], name="form_answer_age")]


class FormPage(FormMixin, BasePage):
    """An ordinary form: staff choose the questions, how long answers are kept, and who gets an e-mail about them."""

    why_we_ask = models.CharField(
        _("why we ask"), max_length=300, help_text=_("A sentence for the public: what you will do with the answers.")
    )
    notify_email = models.EmailField(
        _("who hears of a new answer"),
        blank=True,
        help_text=_("The e-mail says that there is one, never what it says."),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days that answers are kept"), default=90, validators=[MinValueValidator(1), MaxValueValidator(730)]
    )
    thanks_title = models.CharField(_("heading after sending"), max_length=120, blank=True)
    thanks_text = RichTextField(_("text after sending"), features=["bold", "ul", "link"], blank=True)

    template = "home/form_page.html"
    landing_page_template = "home/form_page_sent.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("why_we_ask"),
        InlinePanel("form_fields", label=_("question")),
        MultiFieldPanel(
            [
                FieldPanel("notify_email"),
                FieldPanel("keep_days"),
                FieldPanel("thanks_title"),
                FieldPanel("thanks_text"),
            ],
            heading=_("After sending"),
        ),
        FormSubmissionsPanel(),
    ]
    page_description = _("A form for ordinary questions. Never for worries about a child, never for surveys.")
    parent_page_types = ["home.HomePage", "home.AudiencePage", "home.InformationPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("form page")

    def get_submission_class(self) -> type[FormPageAnswer]:
        return FormPageAnswer

    def get_form_class(self) -> type[BaseForm]:
        """The staff's questions on our own form base: plain errors, a signed token, no cookie."""
        from home.contact.built_forms import build_form_class

        return build_form_class(super().get_form_class(), page=self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from home.contact.built_forms import serve_form

        return serve_form(request, page=self)

    def answers_past_keeping(self) -> models.QuerySet[FormPageAnswer]:
        """Answers older than the page promises to keep them."""
        return FormPageAnswer.objects.filter(page=self, submit_time__lt=timezone.now() - timedelta(days=self.keep_days))
