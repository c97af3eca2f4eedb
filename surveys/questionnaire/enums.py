"""Kinds and states of questions and versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    CHOICE = "choice", _("Choose one")
    CHOOSE_ALL = "choose-all", _("Choose all that apply")
    GRID = "grid", _("Grid, asked one row at a time")
    NUMBER = "number", _("A whole number")
    TEXT = "text", _("Free text (small consultations only)")


class OptionKind(models.TextChoices):
    """What an option means to the figures, beside its words."""

    ORDINARY = "ordinary", _("An ordinary option")
    ANOTHER = "another", _("Another answer, not listed")
    NONE = "none", _("None of these (leaves out all others)")


class VersionState(models.TextChoices):
    """Where a version of a questionnaire stands; `states.py` holds the moves."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in-review", _("With the Young Advisors")
    REVIEWED = "reviewed", _("Reviewed")
    FROZEN = "frozen", _("In use, cannot change")


class Demographic(models.TextChoices):
    """The approved list of characteristics that may be asked; each is a question like any other."""

    SEX = "sex", _("Sex")
    GENDER = "gender", _("Gender identity")
    ETHNICITY = "ethnicity", _("Ethnic group")
    FSM = "fsm", _("Free school meals")
    SEND = "send", _("Special educational needs or disability")
    ORIENTATION = "orientation", _("Sexual orientation")
    RELIGION = "religion", _("Religion or belief")
    LANGUAGE = "language", _("Language at home")
    CARE = "care", _("Care experience")
    YOUNG_CARER = "young-carer", _("Caring for somebody at home")
