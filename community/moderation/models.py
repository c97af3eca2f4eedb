"""What officers decide, and what they note on the way."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..register.enums import SettingState


class StateChange(models.Model):
    """One step of a setting from state to state: the history that its owners can read."""

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="state_changes")
    act = models.CharField(max_length=24)
    from_state = models.CharField(max_length=18, choices=SettingState.choices)
    to_state = models.CharField(max_length=18, choices=SettingState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)
    is_private = models.BooleanField(default=False, help_text=_("Not shown to the setting."))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class ChangeRequest(models.Model):
    """What an owner sent to be published: a first listing, or an edit of a listed setting.

    `document` is the public document as it was sent, so that reviewers decide on what they read even if the owner
    types on.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("First listing")
        EDIT = "edit", _("Edit")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ASKED = "asked", _("Sent back with questions")
        PROPOSED = "proposed", _("Waiting for a second person")
        DECIDED = "decided", _("Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="change_requests")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.WAITING)
    document = models.JSONField()
    base = models.ForeignKey("community.Snapshot", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    needs_recheck = models.BooleanField(_("touches something that safety depends on"), default=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["submitted_at"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(
                fields=["setting"],
                condition=Q(status__in=["waiting", "asked", "proposed"]),
                name="one_open_submission_a_setting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.setting}"

    @property
    def is_open(self) -> bool:
        return self.status in {self.Status.WAITING, self.Status.ASKED, self.Status.PROPOSED}


class Proposal(models.Model):
    """One person's word for a step that takes two. The second person must be someone else."""

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="proposals")
    act = models.CharField(max_length=24)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["setting", "act"], name="one_proposal_a_step")]

    def __str__(self) -> str:
        return f"{self.act}: {self.setting}"


class FieldDecision(models.Model):
    """What was decided about one changed field of a submission. The reason is what the setting reads."""

    class Verdict(models.TextChoices):
        ACCEPT = "accept", _("Accept")
        ASK = "ask", _("Ask")
        REFUSE = "refuse", _("Refuse")

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="decisions")
    path = models.CharField(max_length=200, help_text=_("As in register.document."))
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    reason = models.TextField(_("reason"), max_length=1_000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["request", "path"], name="one_decision_a_field"),
            models.CheckConstraint(
                condition=Q(verdict="accept") | ~Q(reason=""), name="no_ask_or_refusal_without_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.verdict}"


class Note(models.Model):
    """An officer's note on a setting, for colleagues. Not the place for a concern about a child."""

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"), max_length=4_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.text[:60]


class Watch(models.Model):
    """An officer wants a mail, once a day, on what happened to this setting. `told_until`: what came later is news."""

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="watches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    told_until = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["setting", "user"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.setting}"


class Matter(models.Model):
    """Something that changed at once on a record and that an officer should look at. Nothing waits for it.

    What needs a decision is a submission; this is for what may not wait for one (another safeguarding contact, other
    hours). Officers alone see it.
    """

    class About(models.TextChoices):
        CONTACT = "contact", _("Another safeguarding contact")
        OFSTED = "ofsted", _("Longer hours with children under 8")
        SCHOOL = "school", _("Longer hours in the daytime")

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="matters")
    about = models.CharField(max_length=8, choices=About.choices)
    since = models.DateTimeField(auto_now_add=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("matter to look at")
        verbose_name_plural = _("matters to look at")
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "about"], condition=Q(seen_at__isnull=True), name="one_open_matter_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.setting}"


class ConcernFlag(models.Model):
    """That a concern was referred, and what it means for the listing. Seen by the safeguarding lead alone.

    There is on purpose no field for a child, an alleged person or what is said to have happened: the case record
    lives in the systems of social care and of the designated officer.
    """

    class Source(models.TextChoices):
        PARENT = "parent", _("A parent or a member of the public")
        SETTING = "setting", _("The setting itself")
        PROFESSIONAL = "professional", _("A professional")
        VISIT = "visit", _("Seen on a visit")
        OTHER = "other", _("Another way")

    class Category(models.TextChoices):
        CHILD = "child", _("A child may be at risk")
        ADULT = "adult", _("An adult who works there")
        PREMISES = "premises", _("Premises")
        SCHOOL = "school", _("May be an unregistered school")
        PRACTICE = "practice", _("Poor practice")

    class ListingDecision(models.TextChoices):
        NONE = "none", _("Leave as it is")
        WATCH = "watch", _("Watch")
        SUSPEND = "suspend", _("Take down")

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="concern_flags")
    raised_on = models.DateField(_("came in on"))
    source = models.CharField(_("came from"), max_length=12, choices=Source.choices)
    category = models.CharField(_("about"), max_length=8, choices=Category.choices)
    referred_to = models.CharField(_("referred to"), max_length=120)
    reference = models.CharField(_("their reference"), max_length=60, blank=True)
    listing_decision = models.CharField(
        _("decision on the listing"), max_length=7, choices=ListingDecision.choices, default=ListingDecision.NONE
    )
    safe_to_tell = models.BooleanField(
        _("agreed that the setting may be told"),
        default=False,
        help_text=_("Tick only when the designated officer or the police have agreed."),
    )
    review_on = models.DateField(_("look again on"))
    reminded_for = models.DateField(
        null=True, blank=True, editable=False, help_text=_("The day of looking again that the leads were reminded of.")
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(_("outcome for the listing"), max_length=200, blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-raised_on", "-pk"]
        verbose_name = _("concern flag")
        verbose_name_plural = _("concern flags")

    def __str__(self) -> str:
        return f"{self.get_category_display()} ({self.raised_on:%d/%m/%Y})"
