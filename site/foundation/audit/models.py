"""The trail: rows that are written once, each holding the hash of the one before.

A row names nobody. The actor is a random number; whom it stands for, and any words that were written, are kept
beside it in tables that can be erased without breaking the chain.
"""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

GENESIS = "0" * 64
"""What stands for the row before the first."""


class AppendOnly(TypeError):
    """Somebody tried to change or delete a row of the trail."""

    def __init__(self) -> None:
        super().__init__("The audit trail only grows: its rows are never changed or deleted.")


class AppendOnlyQuerySet(models.QuerySet):
    """Reads as any other; every way to change or delete is closed."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    update = delete = bulk_update = bulk_create = update_or_create = _refuse


class Actor(models.Model):
    """Whom a pseudonym stands for. Erasing the name or the whole row leaves the trail whole."""

    pseudonym = models.CharField(_("pseudonym"), max_length=32, primary_key=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=254, blank=True)

    class Meta:
        verbose_name = _("person in the audit trail")
        verbose_name_plural = _("people in the audit trail")

    def __str__(self) -> str:
        return self.name or self.pseudonym[:8]


class Entry(models.Model):
    """One thing that happened. `audit.services.record` writes it."""

    sequence = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"), db_index=True)
    action = models.CharField(_("what"), max_length=80, db_index=True)
    actor = models.CharField(_("who"), max_length=32, blank=True, db_index=True)
    subject = models.CharField(_("about"), max_length=120, blank=True, db_index=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    note_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        default_permissions = ["view"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class Note(models.Model):
    """Words that belong to an entry, such as a reason. The entry holds their salted hash; the words can be erased."""

    sequence = models.BigIntegerField(primary_key=True)
    text = models.TextField(_("words"))
    salt = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("note in the audit trail")
        verbose_name_plural = _("notes in the audit trail")

    def __str__(self) -> str:
        return self.text


class Head(models.Model):
    """Where the trail ends, signed: a trail with its last rows cut off does not match. One row, which writers lock."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)
    signature = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_has_one_head")]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"
