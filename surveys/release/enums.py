"""States of a release."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReleaseState(models.TextChoices):
    """Where a release stands; `states.py` holds the moves."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Being computed")
    REFUSED = "refused", _("Stopped by the gate: a child could be picked out")
    FAILED = "failed", _("Stopped by a fault: can be run again")
    READY = "ready", _("Passed the gate; seen by survey managers and Young Advisors")
    RELEASED = "released", _("Released")
    REPLACED = "replaced", _("Replaced by a correction")
