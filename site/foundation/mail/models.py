"""Messages on their way out."""

from django.db import models
from django.utils import timezone


class OutgoingMessage(models.Model):
    """A message that has not been sent yet. A sent one is deleted."""

    to = models.EmailField(max_length=320)
    reply_to = models.EmailField(max_length=320, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True, help_text="The same words as HTML; empty: plain text alone.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=80, blank=True, help_text="The kind of the error, never its words.")

    class Meta:
        verbose_name = "outgoing message"
        default_permissions = ()
        indexes = [models.Index(fields=["next_try_at"], name="mail_next_try")]

    def __str__(self) -> str:
        return f"message {self.pk}"
