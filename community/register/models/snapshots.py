"""What the public saw, and from when to when: immutable."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SnapshotIsImmutable(TypeError):
    """Somebody tried to change or delete a published snapshot."""


class Snapshot(models.Model):
    """A setting's public document as it was published once. Corrections make a new one."""

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="snapshots")
    document = models.JSONField(_("public document"))
    sha256 = models.CharField(max_length=64, editable=False)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("published snapshot")
        verbose_name_plural = _("published snapshots")

    def __str__(self) -> str:
        return f"{self.document.get('name', '')} {self.published_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise SnapshotIsImmutable("A published snapshot never changes; publish a new one.")
        self.sha256 = document_hash(self.document)
        super().save(*args, **kwargs)


def document_hash(document: dict[str, Any]) -> str:
    """SHA-256, in hex, of the document's canonical JSON."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
