"""What the directory searches, and what the public tells us about it."""

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ..register.enums import SettingState
from ..register.models import Setting
from ..register.shut import is_shut


class ListingQuerySet(models.QuerySet):
    """Questions that many pages ask."""

    def public(self) -> "ListingQuerySet":
        """Listings whose setting is on the register at this moment.

        The index is drawn again after each step, but a page asks the setting itself: nothing that was just taken down
        may be shown for as long as one signal takes, or because one failed.

        A subquery rather than a join: with a join SQLite may start from every listed setting to find fifteen rows.
        """
        listed = Setting.objects.filter(pk=models.OuterRef("pk"), state=SettingState.LISTED, published__isnull=False)
        return self.filter(models.Exists(listed))


class Listing(models.Model):
    """What the directory searches: drawn from the published snapshot alone, drawn again when that changes.

    It holds nothing that the snapshot's document does not hold, and it is deleted when the setting leaves the register.
    """

    setting = models.OneToOneField(
        "community.Setting", primary_key=True, on_delete=models.CASCADE, related_name="listing"
    )
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, db_index=True)
    words = models.TextField(help_text="Folded words of the document with those that mean the same, for searching.")
    document = models.JSONField()
    confirmed_on = models.DateField(null=True)
    temporarily_closed = models.BooleanField(default=False)
    changed_at = models.DateTimeField(db_index=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(Lower("name"), "setting", name="listing_by_name")]

    def __str__(self) -> str:
        return self.name

    def is_shut_on(self, day: date) -> bool:
        """Whether it has said that it is shut for now, and has not opened again by this day."""
        reopens_on = self.document.get("notice", {}).get("reopens_on")
        return is_shut(temporarily_closed=self.temporarily_closed, reopens_on=reopens_on, day=day)


class ListingFacet(models.Model):
    """A value that a listing can be filtered by, such as ("language", "bn")."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["facet", "value", "listing"], name="listing_by_facet")]
        constraints = [models.UniqueConstraint(fields=["listing", "facet", "value"], name="a_facet_value_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class ListingSlot(models.Model):
    """One session as the search sees it: who, when, where (of a home, the middle of its district) and for how much."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(null=True)
    starts = models.TimeField()
    ends = models.TimeField()
    season = models.CharField(max_length=8)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    age_min = models.PositiveSmallIntegerField()
    age_max = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=5)
    is_free = models.BooleanField(default=False)
    outward = models.CharField(max_length=4, blank=True)
    ward = models.CharField(max_length=80, blank=True)
    easting = models.PositiveIntegerField(null=True)
    northing = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["easting", "northing"], name="slot_by_place"),
            models.Index(fields=["outward"], name="slot_by_district"),
            # A search over many miles reads this index alone, listing by listing, and no row.
            models.Index(fields=["listing", "easting", "northing", "valid_to"], name="slot_by_listing"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}"


class ListingPlace(models.Model):
    """One place of a listing as the open data counts them; of a home, the middle of its district."""

    id = models.UUIDField(primary_key=True, help_text="Of the service at this location, in the open data.")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="places")
    venue = models.UUIDField()
    easting = models.PositiveIntegerField(null=True)
    northing = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["easting", "northing"], name="listing_place_on_grid")]

    def __str__(self) -> str:
        return str(self.venue)


class DirectoryWord(models.Model):
    """A word of the listings, or one that means the same as one of them. Search matches words, then listings."""

    word = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.word


class ListingWord(models.Model):
    """A listing has a word."""

    word = models.ForeignKey(DirectoryWord, on_delete=models.CASCADE, related_name="+")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "listing"], name="a_word_once_a_listing")]

    def __str__(self) -> str:
        return f"{self.word_id} {self.listing_id}"


class ListingReport(models.Model):
    """Something on a listing is wrong. Never about a child: those are sent to the numbers, and nothing is kept."""

    class Topic(models.TextChoices):
        OUT_OF_DATE = "out-of-date", _("Times, places or prices are out of date")
        CONTACT = "contact", _("The phone, e-mail or website does not work")
        CLOSED = "closed", _("It has closed")
        NOT_AS_DESCRIBED = "not-as-described", _("It is not as the page says")

    class Status(models.TextChoices):
        NEW = "new", _("New")
        IN_HAND = "in-hand", _("In hand")
        DONE = "done", _("Done")

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="reports")
    topic = models.CharField(_("what is wrong"), max_length=16, choices=Topic.choices)
    detail = models.CharField(_("what it should say"), max_length=500, blank=True)
    reply_to = models.EmailField(_("e-mail for an answer"), blank=True)
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.NEW)
    reply = models.TextField(_("our answer"), blank=True)
    received_on = models.DateField(auto_now_add=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["status", "-received_on"]
        verbose_name = _("report about a listing")
        verbose_name_plural = _("reports about listings")

    def __str__(self) -> str:
        return f"{self.setting}: {self.get_topic_display()}"


class Lead(models.Model):
    """A club that somebody looked for and did not find. Private; says nothing about the club."""

    class Status(models.TextChoices):
        NEW = "new", _("New")
        INVITED = "invited", _("Invited")
        KNOWN = "known", _("Already known")
        DISMISSED = "dismissed", _("No club of this kind")

    name = models.CharField(_("name of the club"), max_length=120)
    where = models.CharField(_("where it meets"), max_length=160, blank=True)
    web = models.CharField(_("website or phone, if you know it"), max_length=200, blank=True)
    asks = models.PositiveSmallIntegerField(_("times asked for"), default=1)
    first_asked_on = models.DateField(auto_now_add=True)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.NEW)
    name_key = models.CharField(max_length=120, editable=False, db_index=True, default="")
    setting = models.ForeignKey(
        "community.Setting", null=True, blank=True, on_delete=models.SET_NULL, related_name="leads"
    )

    class Meta:
        ordering = ["status", "-asks", "name"]
        verbose_name = _("club not on the register")
        verbose_name_plural = _("clubs not on the register")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = key_of_name(self.name)
        super().save(*args, **kwargs)


def key_of_name(name: str) -> str:
    """What two spellings of the same club's name share: letters and digits alone, in lower case."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()[:120]
