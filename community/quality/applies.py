"""Which items of the standard a setting is asked, derived from its record alone."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ..register.enums import LegalForm, Mode, Size, VenueKind
from ..register.models import Setting
from .models import ChecklistItem, StandardVersion

UNDER_EIGHT = 8


class AppliesTo(StrEnum):
    """Values of `ChecklistItem.applies_to`."""

    ALL = "all"
    TEAM = "team"
    EMPLOYER = "employer"
    LARGE = "large"
    UNDER_EIGHTS = "u8"
    ONLINE = "online"
    HIRE = "hire"
    HOME = "home"
    ONE_TO_ONE = "1to1"
    CHARITY = "charity"


APPLIES_TO_CHOICES = [
    (AppliesTo.ALL.value, _("Every setting")),
    (AppliesTo.TEAM.value, _("Two people or more work or help there")),
    (AppliesTo.LARGE.value, _("Five people or more work or help there")),
    (AppliesTo.EMPLOYER.value, _("It employs people")),
    (AppliesTo.UNDER_EIGHTS.value, _("Children under eight come")),
    (AppliesTo.ONLINE.value, _("Something happens online")),
    (AppliesTo.HIRE.value, _("It uses somebody else's building")),
    (AppliesTo.HOME.value, _("Something happens in somebody's home")),
    (AppliesTo.ONE_TO_ONE.value, _("One adult with one child")),
    (AppliesTo.CHARITY.value, _("It is a charity")),
]
REOPENED_BY_CHOICES = [
    ("venue", _("The place")),
    ("contact", _("The safeguarding contact")),
    ("owner", _("Who runs it")),
    ("u8", _("Children under eight begin to come")),
    ("1to1", _("One-to-one work begins")),
    ("online", _("Online work begins")),
    ("home", _("Work in a home begins")),
    ("overnight", _("Overnight stays begin (no record tells this: withdraw what was seen by hand)")),
]
_HIRED = {VenueKind.PUBLIC.value, VenueKind.SCHOOL.value, VenueKind.FAITH.value}


def kinds_of(setting: Setting) -> set[str]:
    """What the record says that a setting is; 2 queries. How many people there are counts as "a team" until it is told:
    a question too many does less harm than one too few.
    """
    venues = set(setting.venues.values_list("kind", flat=True))
    activities = list(setting.activities.values_list("age_min", "mode"))
    modes = {mode for _age, mode in activities}
    found = {
        AppliesTo.TEAM: setting.size != Size.LONE,
        AppliesTo.LARGE: setting.size == Size.LARGE,
        AppliesTo.EMPLOYER: bool(setting.staff_paid),
        AppliesTo.UNDER_EIGHTS: any(age < UNDER_EIGHT for age, _mode in activities),
        AppliesTo.ONLINE: Mode.ONLINE in modes or VenueKind.ONLINE in venues,
        AppliesTo.HIRE: bool(venues & _HIRED),
        AppliesTo.HOME: VenueKind.HOME in venues,
        AppliesTo.ONE_TO_ONE: Mode.ONE_TO_ONE in modes,
        AppliesTo.CHARITY: setting.legal_form == LegalForm.CHARITY or bool(setting.charity_number),
    }
    return {AppliesTo.ALL.value, *(kind.value for kind, is_so in found.items() if is_so)}


def items_for(setting: Setting, standard: StandardVersion) -> list[ChecklistItem]:
    """The items that this setting is asked, in the order of the standard."""
    kinds = kinds_of(setting)
    return [item for item in standard.items.all() if kinds & set(item.applies_to)]
