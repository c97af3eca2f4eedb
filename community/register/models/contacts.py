"""People of a setting: who may edit it, and whom the partnership calls. None of this is ever public."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import ContactRole, MembershipRole


class Membership(models.Model):
    """A person looks after a setting."""

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="setting_memberships")
    role = models.CharField(_("role"), max_length=6, choices=MembershipRole.choices, default=MembershipRole.OWNER)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["joined_at"]
        constraints = [models.UniqueConstraint(fields=["setting", "user"], name="member_once_a_setting")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"


class Invitation(models.Model):
    """Somebody was asked to look after a setting: by a colleague, or by an officer for a known record.

    Only a keyed hash of the secret in the link is kept; it works once, and until `expires_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=6, choices=MembershipRole.choices, default=MembershipRole.EDITOR)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"


class SafeguardingContact(models.Model):
    """Whom the partnership calls about a child. Restricted; reading it is recorded."""

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="safeguarding_contacts")
    role = models.CharField(_("role"), max_length=11, choices=ContactRole.choices)
    name = models.CharField(_("name"), max_length=120)
    work_email = models.EmailField(_("work e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    mobile = models.CharField(_("mobile"), max_length=40, blank=True)
    trained_level = models.CharField(_("training"), max_length=80, blank=True)
    trained_on = models.DateField(_("trained on"), null=True, blank=True)
    expires_on = models.DateField(_("training runs out on"), null=True, blank=True)
    show_role_publicly = models.BooleanField(
        _("tell parents that there is somebody in this role"), default=False, help_text=_("Never the name.")
    )

    class Meta:
        ordering = ["role", "pk"]
        verbose_name = _("safeguarding contact")
        verbose_name_plural = _("safeguarding contacts")
        constraints = [models.UniqueConstraint(fields=["setting", "role"], name="one_contact_a_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"


class PeopleCheckSummary(models.Model):
    """How many people were checked, as counts alone: no names, no certificate numbers."""

    setting = models.OneToOneField("community.Setting", on_delete=models.CASCADE, related_name="people_checks")
    people = models.PositiveSmallIntegerField(_("people who work with children"))
    in_regulated_activity = models.PositiveSmallIntegerField(_("of them in regulated activity"))
    checked_at_right_level = models.PositiveSmallIntegerField(_("of them with the right DBS check"))
    oldest_check_on = models.DateField(_("oldest check"), null=True, blank=True)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("DBS checks")
        verbose_name_plural = _("DBS checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at_right_level__lte=F("people")) & Q(in_regulated_activity__lte=F("people")),
                name="no_more_checked_than_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.checked_at_right_level}/{self.people}"
