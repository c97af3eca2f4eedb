"""The trail in the admin: to read, never to change."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from ..registries.trail import private_entries
from .models import Actor, Entry, Note


class EntryFilterSet(WagtailFilterSet):
    """By when and by what."""

    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    action = django_filters.CharFilter(label=_("What"), lookup_expr="startswith")

    class Meta:
        model = Entry
        fields = ["at", "action"]


class AuditReport(ReportView):
    """The trail, newest first, with the names that are still known."""

    model = Entry
    index_url_name = "audit_report"
    index_results_url_name = "audit_report_results"
    page_title = _("Audit trail")
    header_icon = "history"
    filterset_class = EntryFilterSet
    default_ordering = "-sequence"
    columns = [
        Column("sequence", label=_("Number")),
        DateColumn("at", label=_("When")),
        Column("action", label=_("What")),
        Column("actor_name", label=_("Who")),
        Column("subject_name", label=_("About")),
        Column("facts_in_words", label=_("Facts")),
        Column("note", label=_("Words")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("audit.view_entry"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Entry]:
        """All that this person may read. Numbers that are missing are no secret: the check of the chain reads every one."""
        entries = Entry.objects.order_by("-sequence")
        for kind in private_entries:
            if not self.request.user.has_perm(kind.permission):
                entries = entries.exclude(action__startswith=kind.actions)
        return entries

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        entries = list(object_list)
        people = {entry.actor for entry in entries} | {_person(entry.subject) for entry in entries}
        names = dict(Actor.objects.filter(pseudonym__in=people).values_list("pseudonym", "name"))
        notes = dict(Note.objects.filter(sequence__in=[e.sequence for e in entries]).values_list("sequence", "text"))
        for entry in entries:
            entry.actor_name = names.get(entry.actor, entry.actor[:8]) if entry.actor else ""
            whom = _person(entry.subject)
            entry.subject_name = names.get(whom, whom[:8]) if whom else entry.subject
            entry.facts_in_words = ", ".join(f"{key}: {value}" for key, value in entry.facts.items())
            entry.note = notes.get(entry.sequence, "")
        return entries


def _person(subject: str) -> str:
    return subject.removeprefix("person:") if subject.startswith("person:") else ""


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("audit.view_entry")


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return AuditMenuItem(_("Audit trail"), reverse("audit_report"), icon_name="history", order=900)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("reports/audit/", AuditReport.as_view(), name="audit_report"),
        path("reports/audit/results/", AuditReport.as_view(results_only=True), name="audit_report_results"),
    ]
