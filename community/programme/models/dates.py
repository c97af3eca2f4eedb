"""One date of a course."""

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..enums import BookingState, DateState, Mode
from ..states import TAKES_A_PLACE


class DateQuerySet(models.QuerySet):
    """Questions that many places ask."""

    def public(self) -> "DateQuerySet":
        """What the public may see: planned, open and cancelled ones, of courses that are offered."""
        return self.filter(course__is_offered=True)

    def coming(self, now: datetime | None = None) -> "DateQuerySet":
        """Those that have not begun."""
        return self.filter(starts_at__gt=now or timezone.now()).exclude(state=DateState.HELD).order_by("starts_at")

    def with_counts(self) -> "DateQuerySet":
        """`taken`: places that people have; who has only asked for one has none. `waiting`: people on the list."""
        return self.annotate(
            taken=Count("bookings", filter=Q(bookings__state__in=TAKES_A_PLACE)),
            waiting=Count("bookings", filter=Q(bookings__state=BookingState.WAITING)),
        ).order_by("starts_at")  # a query that groups drops the order of the model


class CourseDate(models.Model):
    """When and where a course happens once. The link to join online is for people with a place alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(
        "programme.Course", verbose_name=_("course"), on_delete=models.PROTECT, related_name="dates"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    mode = models.CharField(_("where people meet"), max_length=6, choices=Mode.choices, default=Mode.PLACE)
    venue = models.CharField(_("place"), max_length=120, blank=True)
    address = models.TextField(_("its address"), max_length=300, blank=True)
    address_is_private = models.BooleanField(
        _("only people with a place read where it is"), default=False,
        help_text=_("The public then reads “near” and the words below."),
    )  # fmt: skip
    near = models.CharField(_("near"), max_length=80, blank=True)
    access = models.CharField(_("getting in"), max_length=200, blank=True, help_text=_("Steps, lift, toilet, parking."))
    online_link = models.URLField(_("link to join online"), max_length=500, blank=True, help_text=_("Never public."))
    capacity = models.PositiveSmallIntegerField(_("places"), default=20)
    has_waiting_list = models.BooleanField(_("with a waiting list"), default=True)
    closes_at = models.DateTimeField(_("booking closes"), null=True, blank=True, help_text=_("Empty: when it starts."))
    led_by = models.CharField(
        _("led by"), max_length=120, blank=True, help_text=_("A service or team, as the public reads it.")
    )
    note = models.CharField(_("to know beforehand"), max_length=250, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=DateState.choices, default=DateState.PLANNED)
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=250, blank=True)
    revision = models.PositiveSmallIntegerField(default=0, editable=False)
    """Grows with every move, so that calendars take the new time."""
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    shown_on_pages = True
    objects = DateQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        indexes = [models.Index(fields=["state", "starts_at"], name="programme_state_start")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_date_ends_after_its_start"),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {date_format(timezone.localtime(self.starts_at), 'j F Y')}"

    def clean(self) -> None:
        """What a date needs before it can be opened."""
        wrong: dict[str, object] = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            wrong["ends_at"] = _("The end must come after the start.")
        if self.starts_at and self.closes_at and self.closes_at > self.starts_at:
            wrong["closes_at"] = _("Booking must close before it starts.")
        if self.mode != Mode.ONLINE and not self.venue:
            wrong["venue"] = _("Say at which place people meet.")
        if self.address_is_private and not self.near:
            wrong["near"] = _("Say roughly where it is, such as a station.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def day(self) -> object:
        """Its day in London."""
        return timezone.localdate(self.starts_at)

    @property
    def last_moment(self) -> datetime:
        """Until when people can book."""
        return self.closes_at or self.starts_at

    @property
    def is_bookable(self) -> bool:
        """Whether it takes bookings at this moment, a waiting list included."""
        return self.state == DateState.OPEN and timezone.now() < self.last_moment

    @property
    def is_online(self) -> bool:
        return self.mode in {Mode.ONLINE, Mode.BOTH}

    @property
    def is_at_a_place(self) -> bool:
        return self.mode in {Mode.PLACE, Mode.BOTH}

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()
