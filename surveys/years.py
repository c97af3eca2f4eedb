"""Year groups of English schools, and the phases that they belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """The part of school that a questionnaire is for."""

    PRIMARY = "primary", _("Primary")
    SECONDARY = "secondary", _("Secondary")


class YearGroup(models.IntegerChoices):
    """A school year. The last two stand in sealed rows whose class, year and school were merged away (too few)."""

    RECEPTION = 0, _("Reception")
    YEAR_1 = 1, _("Year 1")
    YEAR_2 = 2, _("Year 2")
    YEAR_3 = 3, _("Year 3")
    YEAR_4 = 4, _("Year 4")
    YEAR_5 = 5, _("Year 5")
    YEAR_6 = 6, _("Year 6")
    YEAR_7 = 7, _("Year 7")
    YEAR_8 = 8, _("Year 8")
    YEAR_9 = 9, _("Year 9")
    YEAR_10 = 10, _("Year 10")
    YEAR_11 = 11, _("Year 11")
    YEAR_12 = 12, _("Year 12")
    YEAR_13 = 13, _("Year 13")
    SOME_PRIMARY = 100, _("A primary year")
    SOME_SECONDARY = 101, _("A secondary year")


MERGED = {Phase.PRIMARY: YearGroup.SOME_PRIMARY, Phase.SECONDARY: YearGroup.SOME_SECONDARY}
TAUGHT = tuple(year for year in YearGroup if year < YearGroup.SOME_PRIMARY)
LAST_PRIMARY = YearGroup.YEAR_6


def phase_of(year_group: int) -> Phase:
    """The phase that a year group belongs to: Reception to Year 6 is primary."""
    is_primary = year_group <= LAST_PRIMARY or year_group == YearGroup.SOME_PRIMARY
    return Phase.PRIMARY if is_primary else Phase.SECONDARY
