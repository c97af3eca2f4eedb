"""Issues of the newsletter and bulletins, and what stands in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import IssueKind
from ..states import IssueState


class IssueQuerySet(models.QuerySet):
    """Questions that many places ask."""

    def in_archive(self) -> "IssueQuerySet":
        """What the public may read: sent, or going out, and meant for the archive. Never a service message."""
        begun = [IssueState.SENDING, IssueState.PAUSED, IssueState.SENT]
        return self.filter(state__in=begun, in_archive=True, published_at__isnull=False).exclude(kind=IssueKind.SERVICE)


class Issue(models.Model):
    """One newsletter, bulletin or service message, from draft to archive."""

    shown_on_pages = True

    kind = models.CharField(_("kind"), max_length=12, choices=IssueKind.choices, default=IssueKind.NEWSLETTER)
    title = models.CharField(_("title"), max_length=120, help_text=_("In the archive, and at the top of the mail."))
    subject = models.CharField(_("subject of the mail"), max_length=150)
    intro = models.TextField(_("first words"), max_length=2_000, blank=True)
    slug = models.SlugField(_("address in the archive"), max_length=80, unique=True, editable=False)
    segment = models.ForeignKey(
        "newsletter.Segment", verbose_name=_("for"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="issues", help_text=_("Empty: everybody who agreed."),
    )  # fmt: skip
    language = models.CharField(_("written in"), max_length=8, blank=True, default="", db_default="")
    """Its small words, direction and page in the archive follow. Empty: the site's own."""
    version_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="versions", editable=False
    )
    """The issue that this one says in another language: readers of that language get this one, and never both."""
    in_archive = models.BooleanField(_("shown in the archive"), default=True)
    state = models.CharField(max_length=10, choices=IssueState.choices, default=IssueState.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    send_at = models.DateTimeField(_("goes out at"), null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    prepared_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    counts_clicks = models.BooleanField(default=False, editable=False)
    """Fixed when sending begins, so that a later change of the setting changes nothing in mails that are out."""
    html = models.TextField(blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    next_try_at = models.DateTimeField(null=True, blank=True, editable=False)
    server_faults = models.PositiveSmallIntegerField(default=0, editable=False)
    """How often in a row the mail server was away."""
    last_fault = models.CharField(max_length=200, blank=True, editable=False)
    """The number or kind of the mail server's fault; of a draft, why it did not go out at its time."""
    totals = models.JSONField(default=dict, blank=True, editable=False)
    """Deliveries by state, written down when the sending ended: they outlive the rows."""
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        permissions = [("send_issue", "Can send issues")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=IssueState.SCHEDULED) | Q(send_at__isnull=False), name="newsletter_schedule_has_time"
            ),
            models.UniqueConstraint(
                fields=["version_of", "language"], condition=Q(version_of__isnull=False), name="newsletter_version_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def language_code(self) -> str:
        """The language that it is written in; the site's own, where none is told or ours no more."""
        return self.language if self.language in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)

    @property
    def is_editable(self) -> bool:
        return self.state == IssueState.DRAFT

    @property
    def is_service(self) -> bool:
        return self.kind == IssueKind.SERVICE


class IssueItem(models.Model):
    """One thing in an issue, copied when it was put in: what a page says later changes no mail that went out."""

    shown_on_pages = True

    class Source(models.TextChoices):
        OWN = "own", _("Own text")
        PAGE = "page", _("From the site")
        ARTICLE = "article", _("From the community")

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.OWN)
    source_key = models.CharField(max_length=60, blank=True, help_text="Such as news:12; no item stands in twice.")
    kicker = models.CharField(_("small line above"), max_length=60, blank=True)
    title = models.CharField(_("heading"), max_length=160)
    text = models.TextField(_("text"), max_length=6_000, blank=True)
    url = models.CharField(_("leads to"), max_length=500, blank=True)
    article = models.ForeignKey(
        "newsletter.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("item")
        verbose_name_plural = _("items")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "source_key"], condition=~Q(source_key=""), name="newsletter_item_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ServiceDecision(models.Model):
    """Why one message may go to people who agreed to nothing: written down by a person, for this issue alone."""

    issue = models.OneToOneField(Issue, on_delete=models.CASCADE, related_name="decision")
    reason = models.TextField(_("why they may expect this message, and why it cannot wait for their consent"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("decision on a service message")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.issue}, {self.decided_at:%Y-%m-%d}"
