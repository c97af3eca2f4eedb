"""Images. What a picture shows is said where it is used (`ImageBlock`), or by `description`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from ..held import HELD, is_held


class SiteImage(AbstractImage):
    """An image with its source, so that a picture's licence can be shown."""

    credit = models.CharField(_("credit"), max_length=160, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    @property
    def default_alt_text(self) -> str:
        """What the description says, and never the title: a file's name read aloud tells nobody what is seen."""
        return str(self.description)


class SiteRendition(AbstractRendition):
    """An image in one size and format."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_a_filter")
        ]

    def get_upload_to(self, filename: str) -> str:
        """A picture that is held back has its other sizes held back too."""
        place = str(super().get_upload_to(filename))
        return f"{HELD}{place}" if is_held(self.image.file.name) else place
