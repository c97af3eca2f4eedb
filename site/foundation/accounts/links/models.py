"""Links on their way to somebody's mailbox."""

from django.db import models
from django.utils import timezone


class SignInLink(models.Model):
    """Whoever opens the link within its time shows that the mailbox is theirs.

    Only a keyed hash of the secret in the link is kept, so that a copy of the table signs nobody in.
    """

    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    next_path = models.CharField(max_length=300, blank=True, help_text="Where the person was going, on this site.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "sign-in link"
        default_permissions = ()
        indexes = [models.Index(fields=["expires_at"], name="sign_in_link_expiry")]

    def __str__(self) -> str:
        return f"link {self.pk}"
