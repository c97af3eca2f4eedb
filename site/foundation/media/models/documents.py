"""Documents, with the text that search reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.search import index


class SiteDocument(AbstractDocument):
    """A PDF, DOCX or ODT file. `extracted_text` is read from the file when it is saved, never typed."""

    class Reading(models.TextChoices):
        WAITING = "waiting", _("Not read yet")
        DONE = "done", _("Read")
        EMPTY = "empty", _("No text in it")
        FAILED = "failed", _("Could not be read")

    summary = models.TextField(_("summary"), blank=True)
    extracted_text = models.TextField(_("text of the file"), blank=True, editable=False)
    reading = models.CharField(
        _("reading of its text"), max_length=8, choices=Reading.choices, default=Reading.WAITING, editable=False
    )
    read_from = models.CharField(_("file that the text was read from"), max_length=255, blank=True, editable=False)

    admin_form_fields = (*Document.admin_form_fields, "summary")

    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("extracted_text"),
    ]
