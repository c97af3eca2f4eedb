"""Closed lists of the programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a course is, for whoever comes."""

    FORUM = "forum", _("Forum")
    TRAINING = "training", _("Training")
    BRIEFING = "briefing", _("Briefing")
    CAMPAIGN = "campaign", _("Campaign event")


class Audience(models.TextChoices):
    """For whom it is."""

    SETTINGS = "settings", _("People who run clubs and classes")
    COMMUNITY = "community", _("Community and faith groups")
    PROFESSIONALS = "professionals", _("Professionals")
    PARENTS = "parents", _("Parents and carers")
    YOUNG = "young", _("Young people")


class Mode(models.TextChoices):
    """Where people meet."""

    PLACE = "place", _("At a place")
    ONLINE = "online", _("Online")
    BOTH = "both", _("At a place and online")


class DateState(models.TextChoices):
    """Where a date stands. Planned ones are shown without a way to book."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open for booking")
    CANCELLED = "cancelled", _("Cancelled")
    HELD = "held", _("Held")


class BookingState(models.TextChoices):
    """Where a booking stands."""

    PENDING = "pending", _("Not confirmed yet")
    BOOKED = "booked", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")
    ATTENDED = "attended", _("Came")
    ABSENT = "absent", _("Did not come")


class Via(models.TextChoices):
    """How a booking came about."""

    PUBLIC = "public", _("By e-mail link")
    OWNER = "owner", _("By an owner")
    OFFICER = "officer", _("By an officer")
    IMPORTED = "imported", _("Imported")


class Stage(models.TextChoices):
    """When an evaluation is asked."""

    NOW = "now", _("Straight afterwards")
    LATER = "later", _("After 6 to 8 weeks")
