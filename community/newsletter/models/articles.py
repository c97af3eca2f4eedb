"""Articles that organisations send for the newsletter."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.media.private import private_storage

from ..states import ArticleState


def _picture_name(_picture: "ArticlePicture", name: str) -> str:
    """A drawn name: what the file was called may say who sent it."""
    return f"newsletter/{uuid.uuid4().hex}.{name.rsplit('.', 1)[-1].lower()}"


class Article(models.Model):
    """What an organisation would like to stand in the newsletter. Nothing of it is public before it was accepted."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=4_000)
    organisation = models.CharField(_("organisation"), max_length=160)
    link = models.URLField(_("web address"), max_length=300, blank=True)
    contact_name = models.CharField(_("who sent it"), max_length=120)
    contact_email = models.EmailField(_("their e-mail address"), max_length=254)
    language = models.CharField(max_length=8, blank=True, default="", db_default="", editable=False)
    """Of the form that was used: our answers are in it."""
    state = models.CharField(max_length=8, choices=ArticleState.choices, default=ArticleState.WAITING, editable=False)
    reason = models.TextField(_("what we wrote to them"), max_length=1_000, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent to us"), auto_now_add=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("community article")
        verbose_name_plural = _("community articles")

    def __str__(self) -> str:
        return self.title


class ArticlePicture(models.Model):
    """A picture of an article, drawn anew from its pixels. A view shows it once an issue with its article is public."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pictures")
    file = models.ImageField(
        upload_to=_picture_name, storage=private_storage, width_field="width", height_field="height"
    )
    description = models.CharField(_("what it shows"), max_length=200)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.description
