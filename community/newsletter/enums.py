"""Closed lists that the public reads: what one may agree to, and who one is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What somebody may agree to. A service message is none of these: nobody agrees to it beforehand."""

    NEWSLETTER = "newsletter", _("The community newsletter, once a term")
    BULLETIN = "bulletin", _("Short bulletins, a few times a year, when something matters")
    TRAINING = "training", _("Forums, training and briefings to book")


class IssueKind(TextChoices):
    """What an issue is, which says whose agreement it needs."""

    NEWSLETTER = "newsletter", _("Newsletter")
    BULLETIN = "bulletin", _("Bulletin")
    TRAINING = "training", _("Forums and training")
    SERVICE = "service", _("Service message")


class ContactKind(TextChoices):
    SETTING = "setting", _("Runs a club, class or community group")
    PROFESSIONAL = "professional", _("Works with children and families")
    PARENT = "parent", _("Parent or carer")
    COMMUNITY = "community", _("Community organisation")
    OTHER = "other", _("Somebody else")


class Agency(TextChoices):
    COUNCIL = "council", _("Council")
    HEALTH = "health", _("Health")
    POLICE = "police", _("Police")
    SCHOOL = "school", _("School or college")
    EARLY_YEARS = "early-years", _("Early years")
    VOLUNTARY = "voluntary", _("Charity or voluntary organisation")
    FAITH = "faith", _("Faith organisation")
    OTHER = "other", _("Another agency")
