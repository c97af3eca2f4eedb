"""Districts as the map draws them, and when schools are open."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class District(models.Model):
    """The first half of a postcode, such as NW5: its middle, and its shape where it lies in the area.

    Worked out from the table of postcodes when that is imported, so that drawing the map reads a few dozen rows.
    """

    outward = models.CharField(primary_key=True, max_length=4)
    easting = models.PositiveIntegerField()
    northing = models.PositiveIntegerField()
    postcodes = models.PositiveIntegerField(default=0)
    in_area = models.PositiveIntegerField(default=0, help_text=_("How many of its postcodes are in the area."))
    outline = models.TextField(blank=True, help_text=_("SVG path, in units of ten metres, north at the top."))
    label_x = models.IntegerField(null=True)
    label_y = models.IntegerField(null=True)

    class Meta:
        ordering = ["outward"]

    def __str__(self) -> str:
        return self.outward


class SchoolTerm(models.Model):
    """Days between which schools are open without a break: half a term."""

    name = models.CharField(_("name"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        ordering = ["first_day"]
        verbose_name = _("school term")
        verbose_name_plural = _("school terms")
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="term_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.name
