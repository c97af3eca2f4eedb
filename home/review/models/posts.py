"""What Young Advisors write themselves: posts, and themes that posts belong to."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.media.private import private_storage

LONGEST_TEXT = 10_000


def _file_name(instance: Any, name: str) -> str:
    """Says nothing about anybody."""
    return f"posts/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()[:5]}"


class Post(models.Model):
    """A post or a theme. Its author's alone until it is sent; a page once staff have made one of it.

    Files wait where no address leads to them until the page is made.
    """

    class Kind(models.TextChoices):
        POST = "post", _("A post")
        THEME = "theme", _("A theme that several posts can belong to")

    class State(models.TextChoices):
        DRAFT = "draft", _("You are writing it")
        SENT = "sent", _("The editors are reading it")
        CHANGE = "change", _("The editors ask you to change something")
        CLOSED = "closed", _("The editors do not put it on the site")
        PAGE = "page", _("The editors have made a page of it")

    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.POST)
    theme = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")
    title = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    picture = models.FileField(upload_to=_file_name, storage=private_storage, max_length=160, blank=True)
    picture_alt = models.CharField(max_length=200, blank=True)
    film = models.FileField(upload_to=_file_name, storage=private_storage, max_length=160, blank=True)
    captions = models.FileField(upload_to=_file_name, storage=private_storage, max_length=160, blank=True)
    film_words = models.TextField(max_length=LONGEST_TEXT, blank=True)
    credited_as = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="young_advisor_posts"
    )
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=0, help_text="Counts what was saved, so that two open tabs are told.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text="When staff asked for changes or made the page."
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="young_advisor_posts"
    )

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = "post by a Young Advisor"
        verbose_name_plural = "posts by Young Advisors"

    def __str__(self) -> str:
        return self.title or "Untitled"

    @property
    def is_open(self) -> bool:
        """Whether its author can change it."""
        return self.state in (self.State.DRAFT, self.State.CHANGE)


class PostRemark(models.Model):
    """What somebody says about a post. Every Young Advisor and every editor reads it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_staff = models.BooleanField(default=False)
    text = models.TextField(max_length=2_000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = "remark on a post"
        verbose_name_plural = "remarks on posts"

    def __str__(self) -> str:
        return self.text[:60]
