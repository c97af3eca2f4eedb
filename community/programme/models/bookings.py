"""Who comes."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from ..enums import BookingState, Via
from ..states import LIVE

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that look like another one."""


def new_code() -> str:
    """Six letters that somebody can type on a phone."""
    return get_random_string(6, CODE_LETTERS)


def new_certificate_code() -> str:
    """Ten letters and digits: enough that nobody finds one by trying."""
    return get_random_string(10, CODE_LETTERS + "23456789")


def key_of_email(email: str) -> str:
    """What is compared: blanks and capitals do not make another person."""
    return email.strip().casefold()


class Booking(models.Model):
    """One person for one date. What names the person goes after its time (`services.forgetting`); the count stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    date = models.ForeignKey("programme.CourseDate", on_delete=models.PROTECT, related_name="bookings")
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("email"), max_length=254, blank=True)
    email_key = models.CharField(max_length=254, blank=True, editable=False)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    setting = models.ForeignKey(
        "community.Setting", verbose_name=_("setting"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="bookings",
    )  # fmt: skip
    is_lead = models.BooleanField(_("safeguarding lead or deputy of the setting"), default=False)
    needs = models.CharField(_("what they need to take part"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=BookingState.choices, default=BookingState.PENDING)
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.PUBLIC)
    code = models.CharField(max_length=6, default=new_code, editable=False)
    language = models.CharField(max_length=8, blank=True, default="", db_default="", editable=False)
    """Of the page that the person used, for mails; empty: the site's own."""
    holds_until = models.DateTimeField(null=True, blank=True, editable=False)
    """Nothing reads it any more: no place is kept for whoever only asked. It goes with the release after this one."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reminded_week = models.DateTimeField(null=True, blank=True)
    reminded_day = models.DateTimeField(null=True, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    asked_later_at = models.DateTimeField(null=True, blank=True)
    certificate_code = models.CharField(max_length=10, null=True, blank=True, unique=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "created_at"]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        indexes = [
            models.Index(fields=["setting", "state"], name="programme_by_setting"),
            models.Index(fields=["email_key"], name="programme_by_email"),
            # Answers "which settings came to these dates" without reading a booking.
            models.Index(fields=["state", "date", "setting"], name="programme_who_came"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["date", "code"], name="one_code_a_date"),
            models.UniqueConstraint(
                fields=["date", "email_key"], condition=Q(state__in=LIVE) & ~Q(email_key=""), name="one_place_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email_key = key_of_email(self.email)
        fields = kwargs.get("update_fields")
        if fields is not None and "email" in fields:
            kwargs["update_fields"] = {*fields, "email_key"}
        super().save(*args, **kwargs)

    @property
    def shown_name(self) -> str:
        """The name, or what stands in its place once it was forgotten."""
        return self.name or str(_("(name deleted)"))


class Credit(models.Model):
    """What an attended date counts towards, once for each item of the standard."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="credits")
    item_code = models.CharField(max_length=4)
    check_made = models.ForeignKey(
        "community.EvidenceCheck", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["booking", "item_code"], name="counted_once")]

    def __str__(self) -> str:
        return self.item_code
