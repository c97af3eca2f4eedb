"""School terms, as the partnership keeps them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from .models import SchoolTerm

LONGEST_DAYS = 120
"""Half a term has some seven weeks; far more than that is a slip in the year."""


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class TermForm(WagtailAdminModelForm):
    """Half a term: from the first day of school to the last, without a break between."""

    class Meta:
        model = SchoolTerm
        fields = ["name", "first_day", "last_day"]
        widgets = {"first_day": _day(), "last_day": _day()}
        help_texts = {
            "name": _("Such as “Autumn 2027, first half”."),
            "last_day": _("The last day before a half-term or end-of-term holiday."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last:
            self._check(first, last)
        return cleaned

    def _check(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last_day", _("The last day is before the first day. Check both dates."))
            return
        if (last - first).days > LONGEST_DAYS:
            words = _("That is more than %(days)d days. Enter each half of a term by itself, and check the year.")
            self.add_error("last_day", words % {"days": LONGEST_DAYS})
        met = SchoolTerm.objects.exclude(pk=self.instance.pk).filter(first_day__lte=last, last_day__gte=first).first()
        if met is not None:
            overlap = _now("These days overlap with “%(name)s” (%(first)s to %(last)s). Change one of the two.")
            days = {"first": date_format(met.first_day, "j F Y"), "last": date_format(met.last_day, "j F Y")}
            self.add_error("first_day", overlap % {"name": met.name, **days})


class SchoolTermViewSet(ModelViewSet):
    model = SchoolTerm
    name = "community_terms"
    url_prefix = "registry/terms"
    icon = "date"
    menu_label = _("School terms")
    list_display = [
        "name",
        Column("first_day", label=_("First day"), accessor=lambda term: date_format(term.first_day, "j F Y")),
        Column("last_day", label=_("Last day"), accessor=lambda term: date_format(term.last_day, "j F Y")),
    ]
    search_fields = ["name"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return TermForm
