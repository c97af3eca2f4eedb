"""What children do, and when."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import CostType, CostUnit, Mode, Places, Season, Weekday, Who


class Activity(models.Model):
    """One thing on offer, with its ages, cost and terms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="activities")
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what children do"), max_length=2_000, blank=True)
    categories = models.JSONField(_("kinds of activity"), default=list, blank=True)
    age_min = models.PositiveSmallIntegerField(_("youngest age"), validators=[MaxValueValidator(25)])
    age_max = models.PositiveSmallIntegerField(_("oldest age"), validators=[MaxValueValidator(25)])
    who = models.CharField(_("for"), max_length=5, choices=Who.choices, default=Who.ALL)
    season = models.CharField(_("when in the year"), max_length=8, choices=Season.choices, default=Season.TERM)
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, default=Mode.GROUP)
    parents_can_stay = models.BooleanField(_("parents can stay"), null=True, blank=True)
    ratio_adults = models.PositiveSmallIntegerField(_("adults"), null=True, blank=True)
    ratio_children = models.PositiveSmallIntegerField(_("for how many children"), null=True, blank=True)
    cost_type = models.CharField(_("cost"), max_length=8, choices=CostType.choices, blank=True)
    cost_amount = models.DecimalField(_("pounds"), max_digits=7, decimal_places=2, null=True, blank=True)
    cost_unit = models.CharField(_("for"), max_length=8, choices=CostUnit.choices, blank=True)
    cost_note = models.CharField(_("more about cost"), max_length=160, blank=True)
    concessions = models.CharField(_("reductions"), max_length=160, blank=True)
    tax_free_childcare = models.BooleanField(_("takes Tax-Free Childcare"), default=False)
    holiday_food_programme = models.BooleanField(_("part of the holiday activities and food programme"), default=False)
    booking_how = models.CharField(_("how to book"), max_length=200, blank=True)
    booking_url = models.URLField(_("where to book"), blank=True)
    referral_needed = models.BooleanField(_("needs a referral"), default=False)
    places = models.CharField(_("places"), max_length=7, choices=Places.choices, default=Places.ASK)
    food = models.CharField(_("food"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name", "pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(condition=Q(age_max__gte=F("age_min")), name="oldest_age_not_below_youngest"),
        ]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """When an activity happens: every week between two days, or on single dates."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    venue = models.ForeignKey("community.Venue", on_delete=models.PROTECT, related_name="sessions")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices, null=True, blank=True)
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    season = models.CharField(_("when in the year"), max_length=8, choices=Season.choices, default=Season.TERM)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    dates = models.JSONField(_("single dates"), default=list, blank=True, help_text=_("ISO dates."))

    class Meta:
        ordering = ["weekday", "starts", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="session_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="session_last_day_not_before_first",
            ),
        ]

    def __str__(self) -> str:
        day = self.get_weekday_display() if self.weekday is not None else ", ".join(self.dates)
        return f"{day} {self.starts:%H:%M}–{self.ends:%H:%M}"
