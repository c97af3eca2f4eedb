"""The tables that answers pass through. Their columns are an allow-list: a test fails when one is added.

They are unmanaged, because each database makes them its own way (`surveys/migrations/0002`): SQLite WITHOUT ROWID, so that no
hidden counter keeps the order; PostgreSQL UNLOGGED for what is held. Nothing here has a time, an address, a device or an
order, and no row points at a class session once it is sealed.
"""

import uuid

from django.db import models


class Held(models.Model):
    """One pupil's answers between "sent" and the flush. Deleted at the flush; in no backup."""

    pk = models.CompositePrimaryKey("session_id", "nonce_hash")
    session_id = models.UUIDField()
    nonce_hash = models.CharField(max_length=64)
    """SHA-256 over the session and the nonce that the page made: the same answers sent twice are one row."""
    answers = models.JSONField()
    """Small integers, at the places that the wave's codebook names."""

    class Meta:
        managed = False
        db_table = "surveys_held"

    def __str__(self) -> str:
        return "a held row"


class HeldText(models.Model):
    """A text of a consultation before the flush; not joined to the other answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session_id = models.UUIDField()
    question_code = models.CharField(max_length=20)
    text = models.TextField()
    """Encrypted."""

    class Meta:
        managed = False
        db_table = "surveys_held_text"

    def __str__(self) -> str:
        return "a held text"


class Pooled(models.Model):
    """A row from a session with fewer than ten answers, waiting for others of its school and year group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wave_id = models.BigIntegerField()
    school_id = models.BigIntegerField(null=True)
    year_group = models.SmallIntegerField()
    answers = models.JSONField()

    class Meta:
        managed = False
        db_table = "surveys_pooled"

    def __str__(self) -> str:
        return "a pooled row"


class Sealed(models.Model):
    """What is left of one pupil's answers: wave, school, year group and small integers. Read by the release job alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wave_id = models.BigIntegerField()
    school_id = models.BigIntegerField(null=True)
    """Empty where too few of the school's year group took part and the row was merged to its phase."""
    year_group = models.SmallIntegerField()
    answers = models.JSONField()

    class Meta:
        managed = False
        db_table = "surveys_sealed"

    def __str__(self) -> str:
        return "a sealed row"


class TextAnswer(models.Model):
    """A text of a consultation after the shuffle: no school, no year group, no link to other answers."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for two moderators"
        PUBLISHED = "published", "Published as written"
        EDITED = "edited", "Published after editing"
        PRIVATE = "private", "Passed to safeguarding"
        DELETED = "deleted", "Deleted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wave_id = models.BigIntegerField()
    phase = models.CharField(max_length=9)
    question_code = models.CharField(max_length=20)
    text = models.TextField()
    """Encrypted until the decision is checked, then deleted."""
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)

    class Meta:
        managed = False
        db_table = "surveys_text_answer"

    def __str__(self) -> str:
        return "a text answer"


class Begun(models.Model):
    """A session that has rows in the holding table. PostgreSQL empties the holding table when it crashes, and this one
    not: a session that begun and holds nothing was lost."""

    session_id = models.UUIDField(primary_key=True)

    class Meta:
        db_table = "surveys_begun"

    def __str__(self) -> str:
        return "a session that has begun"


class ToClean(models.Model):
    """A wave whose sealing is complete only when the files were wiped of what deleted rows left behind."""

    wave_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "surveys_to_clean"

    def __str__(self) -> str:
        return f"wave {self.wave_id}"
