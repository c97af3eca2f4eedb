"""What Young Advisors say about a draft, and how they decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rounds import Round

LONGEST_REMARK = 2_000
ABOUT_ONE_THING = Q(page__isnull=False, draft_key="") | (Q(page__isnull=True) & ~Q(draft_key=""))
"""A page of ours, or a draft of another room."""


class Remark(models.Model):
    """A comment on a place in a draft, or another wording for it. Belongs to the draft, never to a conversation."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Comment")
        WORDING = "wording", _("Other wording")

    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="young_advisor_remarks"
    )
    draft_key = models.CharField(max_length=60, blank=True, db_index=True)
    round = models.ForeignKey(Round, null=True, on_delete=models.SET_NULL, related_name="remarks")
    task_state = models.ForeignKey(
        "wagtailcore.TaskState", null=True, on_delete=models.SET_NULL, related_name="young_advisor_remarks"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="young_advisor_remarks"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COMMENT)
    place = models.CharField(max_length=80, help_text="“title”, “summary”, “page”, or the id of a block of the body.")
    place_label = models.CharField(
        max_length=120, help_text="How the place read when they wrote: the block may be gone later."
    )
    old_words = models.TextField(max_length=LONGEST_REMARK, blank=True)
    text = models.TextField(max_length=LONGEST_REMARK, help_text="The comment, or the new wording.")
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    was_taken_over = models.BooleanField(default=False)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = "remark of a Young Advisor"
        verbose_name_plural = "remarks of Young Advisors"
        constraints = [models.CheckConstraint(condition=ABOUT_ONE_THING, name="remark_about_one_thing")]

    def __str__(self) -> str:
        return f"{self.place_label}: {self.text[:40]}"

    @property
    def can_be_taken_back(self) -> bool:
        """Not once an editor has dealt with it, or answered it."""
        return self.resolved_at is None and not self.replies.all()

    @property
    def about(self) -> str:
        """The title of what it was said about."""
        return self.page.title if self.page else self.round.title if self.round else ""


class Reply(models.Model):
    """What staff say to a remark: what was done about it, or why not. Whoever reviews the draft reads it; it is no letter to
    its author alone."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=LONGEST_REMARK)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    told_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the weekly mail told whoever made the remark."
    )

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = "reply to a Young Advisor"
        verbose_name_plural = "replies to Young Advisors"

    def __str__(self) -> str:
        return self.text[:60]


class Review(models.Model):
    """One Young Advisor's checklist for one round of review, kept as they go, and their decision.

    `public_words` and `credited_as` are shown on the page only after an editor agreed (`is_credit_accepted`).
    """

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        UNSURE = "unsure", _("Not sure")
        NO = "no", _("No")

    class Decision(models.TextChoices):
        READY = "ready", _("It is ready for the next step")
        CHANGE = "change", _("Please change something first")

    shown_on_pages = True

    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="young_advisor_reviews"
    )
    draft_key = models.CharField(max_length=60, blank=True, db_index=True)
    round = models.ForeignKey(Round, null=True, on_delete=models.SET_NULL, related_name="reviews")
    task_state = models.ForeignKey(
        "wagtailcore.TaskState", null=True, on_delete=models.SET_NULL, related_name="young_advisor_reviews"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="young_advisor_reviews"
    )
    is_clear = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    is_for_me = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    is_missing = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    is_upsetting = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    note = models.TextField(max_length=LONGEST_REMARK, blank=True)
    public_words = models.CharField(max_length=300, blank=True)
    credited_as = models.CharField(max_length=40, blank=True)
    decision = models.CharField(max_length=6, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    unsent = models.JSONField(
        null=True, blank=True, help_text="A comment that is half written: its place, old_words and text."
    )
    is_credit_accepted = models.BooleanField(default=False)
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="When the page was first published after they said that it is ready."
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["task_state", "author"], name="review_once_a_round"),
            models.UniqueConstraint(fields=["round", "author"], name="review_once_a_draft_round"),
            models.CheckConstraint(condition=ABOUT_ONE_THING, name="review_about_one_thing"),
        ]
        verbose_name = "review by a Young Advisor"
        verbose_name_plural = "reviews by Young Advisors"

    def __str__(self) -> str:
        return f"{self.page_id or self.draft_key}: {self.decision or 'under way'}"
