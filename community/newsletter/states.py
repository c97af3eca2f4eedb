"""Where a consent, an issue, a delivery and an article stand; only officers read these words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class How(TextChoices):
    """How somebody agreed, or took it back."""

    LINK = "link", _("By the link in our e-mail")
    PREFERENCES = "preferences", _("On their preferences page")
    PAPER = "paper", _("On paper")
    EVENT = "event", _("In writing at an event")
    EMAIL = "email", _("By an e-mail to us")
    IMPORT = "import", _("Written down in an imported list")
    ONE_CLICK = "one-click", _("By the unsubscribe button of their mail programme")
    STAFF = "staff", _("They asked us, and staff did it")


class IssueState(TextChoices):
    DRAFT = "draft", _("Being written")
    SCHEDULED = "scheduled", _("Goes out by itself")
    SENDING = "sending", _("Going out")
    PAUSED = "paused", _("Paused")
    SENT = "sent", _("Sent")


class DeliveryState(TextChoices):
    """One recipient of one issue. From `going` nothing is ever sent again by itself."""

    WAITING = "waiting", _("Waiting")
    GOING = "going", _("Being handed to the mail server")
    SENT = "sent", _("Taken by the mail server")
    REFUSED = "refused", _("Refused by the mail server")
    UNSURE = "unsure", _("Not known whether it was taken")
    LEFT_OUT = "left_out", _("Left out: agreed no longer")
    GIVEN_UP = "given_up", _("Given up after several tries")


class ArticleState(TextChoices):
    WAITING = "waiting", _("Waiting")
    ASKED = "asked", _("We asked something")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not taken")
