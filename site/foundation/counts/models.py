"""Numbers by day, and searches that found nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageCount(models.Model):
    """How often a page was read on a day."""

    # No constraint in the database: a page deleted between a visit and the write of its batch must not lose the batch.
    page = models.ForeignKey(Page, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("page count")
        verbose_name_plural = _("page counts")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_count_a_page_and_day")]
        indexes = [models.Index(fields=["day"], name="page_count_day")]

    def __str__(self) -> str:
        return f"page {self.page_id}, {self.day}: {self.views}"


class UsefulCount(models.Model):
    """How many readers said yes, and no, to "Was this page useful?" on a day."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    day = models.DateField()
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("useful or not")
        verbose_name_plural = _("useful or not")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_useful_count_a_page_and_day")]

    def __str__(self) -> str:
        return f"page {self.page_id}, {self.day}: {self.yes} yes, {self.no} no"


class PendingMiss(models.Model):
    """A search that found nothing, as a keyed hash: its words are not here. See `misses`."""

    digest = models.CharField(max_length=64)
    period = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField(default=1)
    last_day = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["digest", "period"], name="one_pending_miss_a_period")]
        indexes = [models.Index(fields=["last_day"], name="pending_miss_day")]

    def __str__(self) -> str:
        return f"a search on {self.days} days"


class SearchMiss(models.Model):
    """Words that were searched for on five separate days and found nothing."""

    term = models.CharField(_("searched for"), max_length=40)
    language = models.CharField(_("language"), max_length=12)
    days = models.PositiveIntegerField(_("on so many days"))
    last_day = models.DateField(_("last on"))

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["term", "language"], name="one_miss_a_term_and_language")]

    def __str__(self) -> str:
        return self.term


class BrokenLink(models.Model):
    """A link on a public page that leads nowhere, as the last look found it."""

    class Kind(models.TextChoices):
        GONE = "gone", _("The page or document is gone")
        HIDDEN = "hidden", _("The page is not published")
        NO_SUCH_ADDRESS = "address", _("No page has this address")
        MALFORMED = "malformed", _("The address is not written as one")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what is wrong"), max_length=12, choices=Kind.choices)
    target = models.CharField(_("leads to"), max_length=500)
    found_on = models.DateField(_("found on"))

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.target} on page {self.page_id}"
