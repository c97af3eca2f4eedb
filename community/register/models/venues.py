"""Places where sessions happen, and the table of postcodes."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Ward

from ..enums import VenueKind


class Postcode(models.Model):
    """A live postcode with its centre on the national grid, in metres. Source: see places/data/NOTICE.md."""

    code = models.CharField(primary_key=True, max_length=8, help_text=_("With its space: NW1 1AA."))
    outward = models.CharField(max_length=4, db_index=True)
    easting = models.PositiveIntegerField()
    northing = models.PositiveIntegerField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    in_area = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")

    def __str__(self) -> str:
        return self.code


class Venue(models.Model):
    """A place. The address of a home never leaves this table: only its outward code does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="venues")
    kind = models.CharField(_("kind of place"), max_length=8, choices=VenueKind.choices)
    name = models.CharField(_("name of the place"), max_length=120, blank=True)
    address_lines = models.TextField(_("address"), max_length=300, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    ward = models.ForeignKey(Ward, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("ward"))
    access_tags = models.JSONField(_("access"), default=list, blank=True)
    access_text = models.CharField(_("more about access"), max_length=300, blank=True)
    directions = models.CharField(_("how to find it"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name", "pk"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")

    def __str__(self) -> str:
        return self.name or self.get_kind_display()

    @property
    def is_home(self) -> bool:
        return self.kind == VenueKind.HOME

    @property
    def outward(self) -> str:
        """The first half of the postcode, such as NW5; all that is public of a home."""
        return self.postcode.split(" ")[0] if self.postcode else ""
