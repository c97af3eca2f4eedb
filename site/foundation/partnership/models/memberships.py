"""Who acts for a school, and who sits on a subgroup: what such a person may see follows from these rows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .bodies import School, Subgroup


class SchoolLead(models.Model):
    """A person who looks after the survey in a school, and reads that school's own report."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="school_leads"
    )
    school = models.ForeignKey(School, verbose_name=_("school"), on_delete=models.CASCADE, related_name="leads")

    panels = [FieldPanel("user"), FieldPanel("school")]

    class Meta:
        ordering = ["school__name", "pk"]
        verbose_name = _("school lead")
        verbose_name_plural = _("school leads")
        constraints = [models.UniqueConstraint(fields=["user", "school"], name="school_lead_once_a_school")]

    def __str__(self) -> str:
        return f"{self.user}, {self.school}"


class SubgroupMember(models.Model):
    """A person who sits on a subgroup, and reads its figures."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="subgroup_members"
    )
    subgroup = models.ForeignKey(Subgroup, verbose_name=_("subgroup"), on_delete=models.CASCADE, related_name="sitting")

    panels = [FieldPanel("user"), FieldPanel("subgroup")]

    class Meta:
        ordering = ["subgroup__order", "pk"]
        verbose_name = _("subgroup member")
        verbose_name_plural = _("subgroup members")
        constraints = [models.UniqueConstraint(fields=["user", "subgroup"], name="subgroup_member_once_a_subgroup")]

    def __str__(self) -> str:
        return f"{self.user}, {self.subgroup}"
