"""Whom we may write to: contacts, what each agreed to and when, requests that wait for a click, and segments."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Ward

from ..enums import Agency, ContactKind, Purpose
from ..states import How


def new_key() -> str:
    """A number that stands for a contact in links; it says nothing about anybody."""
    return secrets.token_urlsafe(16)


class ContactQuerySet(models.QuerySet):
    """Questions that many places ask."""

    def reachable(self) -> "ContactQuerySet":
        """Those whose address works and who never said that we should not write."""
        return self.filter(suppressed_at__isnull=True)

    def agreed_to(self, purpose: str) -> "ContactQuerySet":
        """Those who agree to this now, and whose address works."""
        agreed = Consent.objects.filter(contact=OuterRef("pk"), purpose=purpose, withdrawn_at__isnull=True)
        return self.reachable().filter(Exists(agreed))


class Contact(models.Model):
    """Somebody whose address we hold. Being here gives no right to write to them: a `Consent` does."""

    class Suppressed(models.TextChoices):
        ASKED = "asked", _("Asked us never to write")
        BOUNCED = "bounced", _("Their address sends our mail back")

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    kind = models.CharField(_("who they are"), max_length=12, choices=ContactKind.choices, default=ContactKind.OTHER)
    agency = models.CharField(_("agency"), max_length=12, choices=Agency.choices, blank=True)
    ward = models.ForeignKey(Ward, verbose_name=_("ward"), null=True, blank=True, on_delete=models.SET_NULL)
    setting_types = models.JSONField(_("kinds of setting they run"), default=list, blank=True)
    setting = models.ForeignKey(
        "community.Setting", verbose_name=_("setting on the register"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="newsletter_contacts",
    )  # fmt: skip
    source = models.CharField(_("where we have them from"), max_length=160, blank=True)
    language = models.CharField(max_length=8, blank=True, default="", db_default="", editable=False)
    """Of the page on which they subscribed: their links lead there. Empty: the site's own."""
    hard_bounces = models.PositiveSmallIntegerField(_("sent back for good"), default=0, editable=False)
    suppressed_at = models.DateTimeField(_("not written to since"), null=True, blank=True, editable=False)
    suppressed_why = models.CharField(max_length=8, choices=Suppressed.choices, blank=True, editable=False)
    service_message_at = models.DateTimeField(_("got the one service message"), null=True, blank=True, editable=False)
    idle_since = models.DateTimeField(default=timezone.now, editable=False)
    """Since when they agree to nothing; moved on by each consent that is given or taken back."""
    created_at = models.DateTimeField(_("known since"), default=timezone.now, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["email"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        # The admin writes this into its history, which outlives the contact: it must name nobody.
        return f"contact {self.pk}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def agreed_now(self) -> str:
        """What they agree to at this moment, for a list."""
        given = [consent for consent in self.consents.all() if consent.withdrawn_at is None]
        words = {"newsletter": _("newsletter"), "bulletin": _("bulletins"), "training": _("forums and training")}
        return ", ".join(str(words[consent.purpose]) for consent in given) or str(_("nothing"))

    @property
    def standing(self) -> str:
        """Whether we may write, in a word or two."""
        if self.suppressed_at:
            return str(self.get_suppressed_why_display())
        return (
            str(_("May be written to")) if self.consents.filter(withdrawn_at=None).exists() else str(_("Listed only"))
        )


class Consent(models.Model):
    """One thing that somebody agreed to, from when to when, and how we know. Rows are ended, never changed back."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("to what"), max_length=12, choices=Purpose.choices)
    given_at = models.DateTimeField(_("given"))
    how = models.CharField(_("how"), max_length=12, choices=How.choices)
    words = models.CharField(_("what they read, or where it is written down"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_how = models.CharField(max_length=12, choices=How.choices, blank=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"], condition=Q(withdrawn_at__isnull=True), name="newsletter_one_consent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.given_at:%Y-%m-%d}"


class Request(models.Model):
    """Somebody typed an address into the form; nothing is sent to it until its mailbox has clicked."""

    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    purposes = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    words = models.CharField(max_length=300)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("request that waits for a click")
        indexes = [models.Index(fields=["expires_at"], name="newsletter_request_end")]

    def __str__(self) -> str:
        return f"request {self.pk}"


class Segment(models.Model):
    """A part of the contacts, by facts about them. Every filter that is set must fit; none set means everybody.

    Who agreed to what is never part of a segment: the issue asks for it each time.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    kinds = models.JSONField(_("who they are"), default=list, blank=True)
    agencies = models.JSONField(_("agencies"), default=list, blank=True)
    wards = models.ManyToManyField(Ward, verbose_name=_("wards"), blank=True)
    setting_types = models.JSONField(_("kinds of setting"), default=list, blank=True)
    stages = models.JSONField(
        _("where their setting stands"), default=list, blank=True, help_text=_("Steps of the register.")
    )
    looks_after_setting = models.BooleanField(_("only people who look after a setting on the register"), default=False)
    language = models.CharField(
        _("only people who read"), max_length=8, blank=True, default="", db_default="",
        help_text=_("The language of the page on which they subscribed. Empty: whatever it was."),
    )  # fmt: skip
    is_list = models.BooleanField(default=False, editable=False)
    """Whether `settings` counts: an empty list is then nobody, and never everybody."""
    settings = models.ManyToManyField(
        "community.Setting", verbose_name=_("only these settings"), blank=True, related_name="+",
        help_text=_("Chosen elsewhere, such as from a gap in the cockpit."),
    )  # fmt: skip

    class Meta:
        ordering = ["name"]
        verbose_name = _("segment")
        verbose_name_plural = _("segments")

    def __str__(self) -> str:
        return self.name
