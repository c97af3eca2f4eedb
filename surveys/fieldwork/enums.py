"""States of waves and class sessions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WaveState(models.TextChoices):
    """Where a wave stands."""

    PLANNED = "planned", _("Being prepared")
    OPEN = "open", _("Open for answers")
    CLOSED = "closed", _("Closed, not released")
    RELEASED = "released", _("Released")
    EMPTIED = "emptied", _("Sealed rows deleted, figures kept")


class SessionState(models.TextChoices):
    """Where a class session stands."""

    PREPARED = "prepared", _("Prepared")
    OPEN = "open", _("Open")
    CLOSING = "closing", _("Closing: answers on their way are still taken")
    SEALED = "sealed", _("Sealed")
    POOLED = "pooled", _("Too few; put with the school's others of that year")
    DISCARDED = "discarded", _("Thrown away by the teacher or the school")
    LOST = "lost", _("Lost with a crash of the database")
