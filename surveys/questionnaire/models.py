"""A survey, its questionnaires, their versions, and what they ask."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Subgroup

from ..codes import MAX_NUMBER
from ..years import Phase
from .enums import Demographic, OptionKind, QuestionKind, VersionState
from .guards import GuardedQuerySet
from .named import Named

CODE = RegexValidator(r"^[A-Z][A-Z0-9_]{1,19}\Z", _("Use capital letters, digits and _, such as SLEEP_HOURS."))


class Topic(Named):
    """A topic of the survey, the same over the years, such as online safety."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("survey topic")
        verbose_name_plural = _("survey topics")

    def __str__(self) -> str:
        return self.name


class Survey(Named):
    """The questionnaire over the years: every wave of it can be compared with the others."""

    class Kind(models.TextChoices):
        SCHOOLS = "schools", _("In schools, class by class")
        CONSULTATION = "consultation", _("A small consultation")

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=160, help_text=_("As the public and pupils read it."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.SCHOOLS)
    purpose = models.TextField(_("what it is for"), blank=True, help_text=_("Two plain sentences for pupils."))
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("Language codes beside English, such as bn, so, ar.")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return self.name


class Questionnaire(models.Model):
    """What one phase is asked in a survey."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questionnaires")
    phase = models.CharField(_("phase"), max_length=9, choices=Phase.choices)
    year_groups = models.JSONField(_("year groups"), default=list, help_text=_("The school years that answer it."))

    class Meta:
        ordering = ["survey", "phase"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [models.UniqueConstraint(fields=["survey", "phase"], name="one_questionnaire_a_phase")]

    def __str__(self) -> str:
        return f"{self.survey}: {self.get_phase_display()}"


class Version(models.Model):
    """One version of a questionnaire. Once a wave opened with it, it never changes: `document` is what was asked."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=9, choices=VersionState.choices, default=VersionState.DRAFT)
    intro = models.TextField(_("first page"), blank=True, help_text=_("What pupils read before they begin."))
    document = models.JSONField(_("as it was asked"), null=True, blank=True, editable=False)
    review_skipped_because = models.TextField(
        _("why Young Advisors did not review it"), blank=True, help_text=_("Left empty where they did.")
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    young_advisors_said = models.TextField(_("what the Young Advisors said, in their words"), blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    """Counts every edit, so that two people who edit at once are told."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["questionnaire", "-number"]
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.questionnaire}, version {self.number}"


class Section(models.Model):
    """Questions that stand together; it may open with a skip button and close with the help card."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(_("key"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("words before it"), blank=True)
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="+")
    year_groups = models.JSONField(_("year groups"), default=list, blank=True, help_text=_("Empty: all of them."))
    is_sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Pupils can skip it whole; the help card stands at its end.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["version", "order", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="one_section_a_key")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question. Its code stays the same over versions, phases and waves, and names it in every figure."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(_("code"), max_length=20, validators=[CODE])
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.CHOICE)
    text = models.CharField(_("question"), max_length=300)
    help_text = models.CharField(_("help"), max_length=400, blank=True)
    short_label = models.CharField(_("short label for tables"), max_length=120, blank=True)
    year_groups = models.JSONField(_("year groups"), default=list, blank=True, help_text=_("Empty: as its section."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    allows_prefer_not = models.BooleanField(_("can be answered “prefer not to say”"), default=True)
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    minimum_year = models.PositiveSmallIntegerField(_("youngest year group"), default=0)
    demographic = models.CharField(_("characteristic"), max_length=12, choices=Demographic.choices, blank=True)
    subgroups = models.ManyToManyField(Subgroup, verbose_name=_("subgroups it serves"), blank=True, related_name="+")
    may_act_note = models.TextField(
        _("we may act on this"), blank=True, help_text=_("What the partnership could do with the figure.")
    )
    shown_if_code = models.CharField(
        _("asked only after question"), max_length=20, blank=True, help_text=_("The code of an earlier question.")
    )
    shown_if_values = models.JSONField(_("and one of these answers"), default=list, blank=True)
    number_min = models.PositiveSmallIntegerField(
        _("smallest number"), default=0, validators=[MaxValueValidator(MAX_NUMBER)]
    )
    number_max = models.PositiveSmallIntegerField(
        _("largest number"), default=24, validators=[MaxValueValidator(MAX_NUMBER)]
    )
    number_bands = models.JSONField(
        _("bands in the figures"),
        default=list,
        blank=True,
        help_text=_("The first number of each band, such as 0, 1, 5."),
    )
    number_unit = models.CharField(_("unit"), max_length=40, blank=True, help_text=_("For example: hours."))

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["section", "order", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(number_max__gte=models.F("number_min")), name="question_numbers_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class Option(models.Model):
    """One answer that can be chosen. `value` is what stands in the array and never changes its meaning."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    value = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(99)])
    text = models.CharField(_("words"), max_length=120)
    symbol = models.CharField(_("picture"), max_length=40, blank=True, help_text=_("The name of a symbol of ours."))
    kind = models.CharField(_("kind"), max_length=8, choices=OptionKind.choices, default=OptionKind.ORDINARY)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["question", "order", "value"]
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [models.UniqueConstraint(fields=["question", "value"], name="one_option_a_value")]

    def __str__(self) -> str:
        return self.text


class GridRow(models.Model):
    """One row of a grid; asked as a question of its own with the grid's options."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="rows")
    key = models.SlugField(_("key"), max_length=20)
    text = models.CharField(_("words"), max_length=160)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["question", "order", "pk"]
        verbose_name = _("row of a grid")
        verbose_name_plural = _("rows of a grid")
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="one_grid_row_a_key")]

    def __str__(self) -> str:
        return self.text


class Wording(models.Model):
    """One text of a version in another language, with the English it was made from.

    `key` names the text: "intro", "section.KEY.title", "section.KEY.intro", "question.CODE.text", "question.CODE.help",
    "question.CODE.unit", "question.CODE.option.VALUE", "question.CODE.row.KEY".
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=12)
    key = models.CharField(_("which text"), max_length=80)
    text = models.TextField(_("words"))
    english = models.TextField(_("the English that it translates"))
    """Differs from the English of today: the translation is stale."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["version", "language", "key"]
        constraints = [models.UniqueConstraint(fields=["version", "language", "key"], name="one_wording_a_language")]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class VersionComment(models.Model):
    """What a Young Advisor or a colleague says about a version, or one question of it."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="comments")
    question_code = models.CharField(max_length=20, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    is_resolved = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return self.text[:60]
