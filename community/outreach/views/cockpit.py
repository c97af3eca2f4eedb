"""Whom we reach: the cockpit, the settings behind each number, and a message to them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from foundation.audit.services import record
from foundation.exports.csv import csv_response

from ...newsletter.permissions import SEND
from ...newsletter.services.segments import segment_of_settings
from ...officers import OfficerView
from ...register.models import Setting
from ..models import Note
from ..permissions import SEE, WRITE
from ..selectors.dimensions import DIMENSIONS, labels
from ..selectors.gaps import Gap, gap_of, gaps
from ..selectors.reach import IN_SHORT, MEASURES, Reach, by, reach
from ..services import finish_step

A_PAGE = 50
MOST_STEPS = 10


class OutreachView(OfficerView):
    """A screen about whom we reach."""

    permission = SEE
    room = ("outreach", _("Outreach"))
    header_icon = "group"

    @cached_property
    def reach(self) -> Reach:
        asked = self.request.GET.get("by", "")
        return reach(dimension=asked if asked in DIMENSIONS else "ward")

    @cached_property
    def gaps(self) -> list[Gap]:
        return gaps(self.reach)


class CockpitView(OutreachView):
    """All on one screen."""

    template_name = "community/outreach/admin/cockpit.html"
    page_title = _("Whom we reach")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Outreach")}]

    def get(self, request: HttpRequest) -> HttpResponse:
        found = self.reach
        steps = open_steps()
        context = {
            "total": found.total,
            "measures": [
                (key, words, found.count(key), round(100 * found.count(key) / (found.total or 1)))
                for key, words in MEASURES.items()
            ],
            "dimension": found.dimension,
            "dimensions": DIMENSIONS.items(),
            "rows": [(row, [(key, row.counts[key]) for key in MEASURES]) for row in by(found)],
            "in_short": IN_SHORT.values(),
            "gaps": [gap for gap in self.gaps if not gap.is_item],
            "items": [gap for gap in self.gaps if gap.is_item],
            "steps": steps[:MOST_STEPS],
            "has_more_steps": len(steps) > MOST_STEPS,
            "today": timezone.localdate(),
            "leads": found.leads,
            "may_send": request.user.has_perm(SEND),
            "may_write": request.user.has_perm(WRITE),
        }
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request: HttpRequest) -> HttpResponse:
        """A next step is done."""
        if not request.user.has_perm(WRITE):
            raise PermissionDenied
        note = Note.objects.filter(pk=number_in(request.POST.get("note"))).select_related("setting").first()
        if note is not None and finish_step(note=note, by=self.user):
            messages.success(request, _now("Done: %(step)s") % {"step": note.next_step})
        else:
            messages.info(request, _now("That step was done before."))
        return redirect("outreach")


class SettingsView(OutreachView):
    """The settings behind a number: a gap, those who have something, or one group."""

    template_name = "community/outreach/admin/settings.html"
    page_title = _("Settings")

    def get(self, request: HttpRequest) -> HttpResponse:
        chosen, words = self._chosen()
        rows = Setting.objects.filter(pk__in=chosen).select_related("ward").order_by("name")
        if request.GET.get("export") == "csv":
            record(action="outreach.settings_exported", actor=self.user, facts={"rows": len(chosen)})
            table = ([row.name, row.get_state_display(), row.ward.name if row.ward else ""] for row in rows)
            return csv_response(name="settings", header=["name", "state", "ward"], rows=table)
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
        asked = request.GET.copy()
        asked.pop("p", None)
        context = {
            "rows": page, "words": words, "query": asked.urlencode(), "may_send": request.user.has_perm(SEND),
            "count": len(chosen),
        }  # fmt: skip
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Write to them: the newsletter makes a list of them, and a draft for it."""
        if not request.user.has_perm(SEND):
            raise PermissionDenied
        chosen, words = self._chosen()
        if not chosen:
            messages.error(request, _now("Nobody is on this list."))
            return redirect(request.get_full_path())
        segment = segment_of_settings(name=words, setting_ids=[UUID(key) for key in sorted(chosen)])
        record(action="outreach.list_for_message", actor=self.user, facts={"settings": len(chosen)})
        return redirect(f"{reverse('newsletter_new')}?segment={segment.pk}")

    def _chosen(self) -> tuple[set[str], str]:
        """Whom the address asks for, and in words. An address that asks for nothing known is not found."""
        asked = self.request.GET
        chosen, words = set(self.reach.known), [_now("Settings that we know")]
        if "gap" in asked:
            gap = gap_of(asked["gap"], self.gaps)
            if gap is None:
                chosen, words = set(), [_now("Nobody: that gap is closed.")]
            else:
                chosen, words = set(gap.settings), [_now("Settings that %(words)s") % {"words": gap.words}]
        elif "has" in asked:
            if asked["has"] not in MEASURES:
                raise Http404
            chosen = set(self.reach.has[asked["has"]])
            words = [_now("Settings that %(words)s") % {"words": MEASURES[asked["has"]]}]
        if "by" in asked:
            if asked["by"] not in DIMENSIONS:
                raise Http404
            key = asked.get("group", "")
            if key not in self.reach.groups:
                raise Http404
            chosen &= self.reach.groups[key]
            words.append(labels(asked["by"], known=self.reach.called).get(key, key))
        return chosen, ", ".join(words)


def open_steps() -> list[Note]:
    """What is due next, the first screen's share and one more, which says whether there are others."""
    rows = Note.objects.filter(done_on=None, next_on__isnull=False, setting__merged_into=None)
    return list(rows.select_related("setting").order_by("next_on", "pk")[: MOST_STEPS + 1])


def number_in(value: str | None) -> int:
    """The key that a form sent; 0, which is nobody's, where it is none."""
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0
