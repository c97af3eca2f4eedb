"""The setting itself: an ordinary model with a state of its own, never a page."""

import uuid
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Ward

from ..enums import LegalForm, OfstedRegister, SettingState, SettingType, Size
from ..shut import is_shut


class SettingQuerySet(models.QuerySet):
    """Questions that many places ask."""

    def public(self) -> "SettingQuerySet":
        """What the public may see: listed, with a snapshot. Everything else does not exist for them."""
        return self.filter(state=SettingState.LISTED, published__isnull=False)

    def of_member(self, user: object) -> "SettingQuerySet":
        """The settings that this person looks after."""
        return self.filter(memberships__user=user)

    def held(self, key: uuid.UUID) -> "Setting":
        """The row as it stands now, locked until the transaction ends.

        Its page is read afterwards, by a query of its own: asked for together with the lock, PostgreSQL answers a row that
        changed while one waited for it with *no* page, for the join is of the moment before the wait.
        """
        return cast("Setting", self.select_for_update(of=("self",)).get(pk=key))


class Setting(models.Model):
    """An out-of-school setting: gives tuition, training or activities to children without their parents.

    The rows of a setting are its working copy, which its owners edit; the public sees `published` alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address on the site"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    types = models.JSONField(_("kinds"), default=list, blank=True, help_text=_("Values of SettingType."))
    summary = models.CharField(_("in one sentence"), max_length=250, blank=True)
    description = models.TextField(_("more about it"), max_length=4_000, blank=True)
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=12, choices=LegalForm.choices, blank=True)
    charity_number = models.CharField(_("charity number"), max_length=12, blank=True)
    company_number = models.CharField(_("company number"), max_length=12, blank=True)
    ofsted_register = models.CharField(_("Ofsted register"), max_length=14, choices=OfstedRegister.choices, blank=True)
    ofsted_urn = models.CharField(_("Ofsted number (URN)"), max_length=12, blank=True)
    established = models.PositiveSmallIntegerField(_("year it began"), null=True, blank=True)
    faith_tradition = models.CharField(
        _("faith tradition"), max_length=60, blank=True, help_text=_("Of the setting, and only if it wishes to say.")
    )
    staff_paid = models.PositiveSmallIntegerField(_("paid staff"), null=True, blank=True)
    staff_volunteers = models.PositiveSmallIntegerField(_("volunteers"), null=True, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    send_tags = models.JSONField(_("SEND support"), default=list, blank=True)
    send_text = models.TextField(_("how it includes children with SEND"), max_length=1_000, blank=True)
    public_email = models.EmailField(_("e-mail that parents see"), blank=True)
    public_phone = models.CharField(_("phone that parents see"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    notice = models.CharField(_("notice"), max_length=160, blank=True)
    temporarily_closed = models.BooleanField(_("shut for now"), default=False)
    reopens_on = models.DateField(_("opens again on"), null=True, blank=True)

    state = models.CharField(_("state"), max_length=18, choices=SettingState.choices, default=SettingState.DRAFT)
    state_since = models.DateTimeField(_("since"), auto_now_add=True)
    state_before_suspension = models.CharField(max_length=18, choices=SettingState.choices, blank=True)
    told_of_suspension_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When its owners were told of the suspension it is under: nobody can be made not to know again."""
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    confirm_due = models.DateField(_("confirm by"), null=True, blank=True)
    published = models.OneToOneField(
        "community.Snapshot", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    terms_version = models.CharField(max_length=20, blank=True)
    terms_accepted_at = models.DateTimeField(null=True, blank=True)
    terms_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ward = models.ForeignKey(Ward, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("main ward"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("looked after by"),
    )  # fmt: skip
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SettingQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("setting")
        verbose_name_plural = _("settings")
        indexes = [models.Index(fields=["state", "confirm_due"], name="setting_state_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SettingState.LISTED) | Q(published__isnull=False),
                name="listed_has_a_snapshot",
            ),
        ]
        permissions = [
            ("review_setting", "Can review and decide on settings"),
            ("suspend_setting", "Can take a setting down at once"),
            ("view_restricted", "Can see restricted parts of a setting"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> Size | None:
        """By the Department for Education's count of staff and volunteers; None where neither was told."""
        if self.staff_paid is None and self.staff_volunteers is None:
            return None
        people = (self.staff_paid or 0) + (self.staff_volunteers or 0)
        if people <= 1:
            return Size.LONE
        return Size.SMALL if people <= 4 else Size.LARGE

    @property
    def is_public(self) -> bool:
        return self.state == SettingState.LISTED and self.published_id is not None

    @property
    def is_shut_now(self) -> bool:
        """Whether it has said that it is shut for now, and has not opened again by itself."""
        today = timezone.localdate()
        return is_shut(temporarily_closed=self.temporarily_closed, reopens_on=self.reopens_on, day=today)

    @property
    def type_labels(self) -> list[str]:
        """The kinds in words; a kind that is no longer offered shows as it was stored."""
        known = dict(SettingType.choices)
        return [str(known.get(kind, kind)) for kind in self.types]
