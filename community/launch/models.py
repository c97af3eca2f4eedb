"""A person's word that a fact is right, as it stood when they looked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Confirmation(models.Model):
    """Somebody looked at one thing. `fingerprint` is of what it said then: when that changes, the word holds no more."""

    key = models.CharField(_("what"), max_length=160, unique=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    confirmed_on = models.DateField(_("looked at on"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("looked at by"),
    )  # fmt: skip

    class Meta:
        ordering = ["key"]
        verbose_name = _("confirmation before launch")
        verbose_name_plural = _("confirmations before launch")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
