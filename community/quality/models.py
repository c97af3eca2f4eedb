"""The safeguarding standard as data, and what settings have shown against it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.media.private import private_storage


class StandardVersion(models.Model):
    """An edition of the safeguarding standard. The wording is the partnership's own."""

    code = models.CharField(_("edition"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=120)
    introduction = models.TextField(_("introduction"), blank=True)
    in_force_from = models.DateField(_("in force from"))
    is_current = models.BooleanField(_("current"), default=False)

    class Meta:
        ordering = ["-in_force_from"]
        verbose_name = _("safeguarding standard")
        verbose_name_plural = _("safeguarding standards")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_standard"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class ChecklistItem(models.Model):
    """One thing that the standard asks for, such as B2."""

    class Basis(models.TextChoices):
        LAW = "law", _("The law")
        GUIDANCE = "guidance", _("National guidance")
        GOOD = "good", _("Good practice")

    class Area(models.TextChoices):
        HEALTH = "A", _("Health and safety")
        CHILD_PROTECTION = "B", _("Safeguarding and child protection")
        PEOPLE = "C", _("Safe and suitable people")
        GOVERNANCE = "D", _("How it is run")

    standard = models.ForeignKey(StandardVersion, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(_("code"), max_length=4)
    area = models.CharField(_("area"), max_length=1, choices=Area.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    question = models.CharField(_("question"), max_length=250)
    what_good_looks_like = models.TextField(_("what good looks like"), blank=True)
    how_to_start = models.TextField(_("where to start if it is not there yet"), blank=True)
    help_page = models.CharField(
        _("our own page or template"), max_length=160, blank=True,
        help_text=_("The end of its address, such as clubs/model-policy. Shown while that page is live."),
    )  # fmt: skip
    help_name = models.CharField(
        _("name of a template or guide"), max_length=120, blank=True,
        help_text=_("What the link says, with who publishes it: Health and Safety Executive: write a policy."),
    )  # fmt: skip
    help_url = models.URLField(_("its address"), blank=True)
    basis = models.CharField(_("because of"), max_length=8, choices=Basis.choices)
    applies_to = models.JSONField(
        _("applies to"), default=list, help_text=_("all, team, employer, large, u8, online, hire, home, 1to1, charity")
    )
    public_statement = models.CharField(
        _("what the listing says"), max_length=160, blank=True, help_text=_("Empty: never public.")
    )
    parent_question = models.CharField(_("what a parent can ask"), max_length=250, blank=True)
    good_answer = models.TextField(_("what a good answer sounds like"), blank=True)
    red_flag = models.CharField(_("a warning sign"), max_length=250, blank=True)
    reopened_by = models.JSONField(
        _("checked again after a change of"), default=list, blank=True,
        help_text=_("venue, contact, owner, u8, 1to1, online, home, overnight"),
    )  # fmt: skip
    evidence_kind = models.CharField(_("evidence"), max_length=120, blank=True)
    expires_after_months = models.PositiveSmallIntegerField(_("evidence lasts, in months"), null=True, blank=True)
    schemes = models.JSONField(_("also counts towards"), default=dict, blank=True)

    class Meta:
        ordering = ["area", "order", "code"]
        verbose_name = _("item of the standard")
        verbose_name_plural = _("items of the standard")
        constraints = [models.UniqueConstraint(fields=["standard", "code"], name="item_code_once_an_edition")]

    def __str__(self) -> str:
        return f"{self.code} {self.question}"


class SelfAssessment(models.Model):
    """A setting's own answers to an edition of the standard."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="self_assessments")
    standard = models.ForeignKey(StandardVersion, on_delete=models.PROTECT)
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["setting"], condition=models.Q(submitted_at__isnull=True), name="one_open_self_assessment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.setting}: {self.standard.code}"


class Answer(models.Model):
    """The answer to one item. A target date goes with "partly", a reason with "does not apply"."""

    class Value(models.TextChoices):
        IN_PLACE = "in-place", _("In place")
        PARTLY = "partly", _("Partly")
        NOT_YET = "not-yet", _("Not yet")
        NOT_APPLICABLE = "n/a", _("Does not apply to us")

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT)
    value = models.CharField(_("answer"), max_length=8, choices=Value.choices)
    note = models.TextField(_("note"), max_length=1_000, blank=True)
    target_date = models.DateField(_("done by"), null=True, blank=True)
    needs_recheck = models.BooleanField(default=False)

    class Meta:
        ordering = ["item__area", "item__order"]
        constraints = [models.UniqueConstraint(fields=["assessment", "item"], name="one_answer_an_item")]

    def __str__(self) -> str:
        return f"{self.item.code}: {self.get_value_display()}"


class EvidenceCheck(models.Model):
    """How a statement is known, from when and until when."""

    class Level(models.TextChoices):
        TOLD = "told", _("They told us")
        SEEN = "seen", _("We have seen it")
        VISITED = "visited", _("We saw it on a visit")

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="evidence_checks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="checks")
    level = models.CharField(_("how it is known"), max_length=7, choices=Level.choices)
    checked_on = models.DateField(_("on"))
    expires_on = models.DateField(_("good until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(_("note for colleagues"), max_length=250, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        ordering = ["item__area", "item__order", "-checked_on"]
        verbose_name = _("evidence check")
        verbose_name_plural = _("evidence checks")
        indexes = [models.Index(fields=["setting", "item"], name="evidence_by_setting")]

    def __str__(self) -> str:
        return f"{self.item.code}: {self.get_level_display()}"


def _private_path(instance: "EvidenceFile", filename: str) -> str:
    return f"evidence/{instance.setting_id}/{uuid.uuid4().hex}"


class EvidenceFile(models.Model):
    """A file that a setting showed us. Private; gone by `purge_after`, while the fact stays in `EvidenceCheck`."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Not accepted")
        PURGED = "purged", _("File deleted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="evidence_files")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=_private_path, storage=private_storage, max_length=160, blank=True)
    original_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    purge_after = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["uploaded_at"]
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")

    def __str__(self) -> str:
        return f"{self.item.code}: {self.original_name}"

    @property
    def days(self) -> int:
        """For how many whole days it has been here."""
        return (timezone.now() - self.uploaded_at).days


class AwardScheme(models.Model):
    """An award that others give, with its levels and how long one lasts."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    issuer = models.CharField(_("issuer"), max_length=120)
    levels = models.JSONField(_("levels"), default=list, blank=True)
    lasts_months = models.PositiveSmallIntegerField(_("lasts, in months"), null=True, blank=True)
    url = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("award scheme")
        verbose_name_plural = _("award schemes")

    def __str__(self) -> str:
        return self.name


class Award(models.Model):
    """An award that a setting holds; public only once an officer has checked it, and while it runs."""

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="awards")
    scheme = models.ForeignKey(AwardScheme, on_delete=models.PROTECT)
    level = models.CharField(_("level"), max_length=40, blank=True)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    issued_on = models.DateField(_("given on"), null=True, blank=True)
    expires_on = models.DateField(_("runs out on"), null=True, blank=True)
    verified_on = models.DateField(_("checked by us on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    url = models.URLField(_("proof on the issuer's site"), blank=True)

    class Meta:
        ordering = ["scheme__name"]
        verbose_name = _("award")
        verbose_name_plural = _("awards")

    def __str__(self) -> str:
        return f"{self.scheme} {self.level}".strip()
