"""What search keeps: one row for each thing to find, the words it knows for spelling, and words that mean the same."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .kinds import Kind


class Entry(models.Model):
    """One thing that anyone may find: a live public page, or a `document` that this page offers.

    The row repeats what a result shows, so that a search makes two queries whatever it finds. How its words are
    matched is the engine's business (`engines`). Long text comes last: SQLite reads a row only up to what is asked for.
    """

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page"))
    document = models.OneToOneField(
        "media.SiteDocument", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=10)
    translation_key = models.UUIDField(_("translation key"), null=True, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    shows_date = models.BooleanField(_("its date matters to the reader"), default=False)
    audiences = models.CharField(_("audiences"), max_length=400, blank=True)
    topics = models.CharField(_("topics"), max_length=1_000, blank=True)
    weight = models.FloatField(_("weight"), default=1.0)
    is_replaced = models.BooleanField(_("a newer one stands in its place"), default=False)
    title = models.CharField(_("title"), max_length=255)
    url = models.CharField(_("address"), max_length=500)
    file_type = models.CharField(_("file type"), max_length=8, blank=True)
    file_size = models.PositiveBigIntegerField(_("file size"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    headings = models.TextField(_("headings"), blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [
            models.Index(fields=["language", "kind"], name="entry_language_kind"),
            # For SQLite, which reads it as far as it shows; PostgreSQL puts what it found in order, languages first.
            models.Index(fields=["language", "-date", "-id"], name="entry_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(document__isnull=True), name="entry_once_a_page"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word of titles, headings, topics and the glossary: what a mistyped word may have meant."""

    word = models.CharField(_("word"), max_length=40, unique=True)
    uses = models.PositiveIntegerField(_("uses"), default=1)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")

    def __str__(self) -> str:
        return self.word


class Synonym(models.Model):
    """Words that an editor says mean the same, beside those of `synonyms.yaml` and of the glossary."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=400,
        help_text=_("Separated by commas, such as: MASH, front door, contact service"),
        validators=[RegexValidator(r",", _("Type at least two words or phrases with a comma between them."))],
    )

    panels = [FieldPanel("words")]

    class Meta:
        ordering = ["words"]
        verbose_name = _("search synonym")
        verbose_name_plural = _("search synonyms")

    def __str__(self) -> str:
        return self.words
