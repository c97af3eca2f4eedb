"""Who got which issue, and how often a link was followed (never by whom)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..states import DeliveryState


class Delivery(models.Model):
    """One issue on its way to one contact. The row is claimed before anything is sent."""

    issue = models.ForeignKey("newsletter.Issue", on_delete=models.CASCADE, related_name="deliveries")
    contact = models.ForeignKey("newsletter.Contact", on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    at = models.DateTimeField(null=True, blank=True)
    """When it came into this state."""
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=40, blank=True, help_text="Of the mail server, never its words.")
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["issue", "contact"], name="newsletter_once_a_contact")]
        indexes = [models.Index(fields=["issue", "state", "id"], name="newsletter_delivery_state")]

    def __str__(self) -> str:
        return f"{self.issue_id} to {self.contact_id}: {self.state}"


class LinkCount(models.Model):
    """A link of an issue and how often it was followed, by all readers together."""

    issue = models.ForeignKey("newsletter.Issue", on_delete=models.CASCADE, related_name="links")
    number = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=500)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        verbose_name = _("link")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["issue", "number"], name="newsletter_link_once")]

    def __str__(self) -> str:
        return f"{self.url}: {self.clicks}"
