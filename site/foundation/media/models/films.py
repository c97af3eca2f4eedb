"""Films with captions and a transcript."""

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtailmedia.models import AbstractMedia


class SiteMedia(ClusterableModel, AbstractMedia):
    """A film or a recording that we serve ourselves: no other host learns who watches."""

    transcript = models.TextField(_("transcript"), blank=True, help_text=_("All that is said and shown, in words."))

    admin_form_fields = (
        "title", "file", "collection", "duration", "width", "height", "thumbnail", "transcript", "tags",
    )  # fmt: skip


class Captions(models.Model):
    """The captions of a film in one language."""

    media = ParentalKey(SiteMedia, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    file = models.FileField(_("WebVTT file"), upload_to="captions", validators=[FileExtensionValidator(["vtt"])])

    class Meta:
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        constraints = [models.UniqueConstraint(fields=["media", "language"], name="captions_once_a_language")]

    def __str__(self) -> str:
        return f"{self.media}: {self.get_language_display()}"
