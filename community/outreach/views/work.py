"""Everything that was written down about settings: visits, calls, mentoring talks, and the steps that are open."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Note
from ..permissions import WRITE
from .cockpit import A_PAGE, OutreachView

OPEN = "open"


class WorkView(OutreachView):
    """All notes, the newest first; of open steps the one that is due first. By kind, or open steps alone."""

    template_name = "community/outreach/admin/work.html"
    page_title = _("Visits and talks")

    def get(self, request: HttpRequest) -> HttpResponse:
        which = request.GET.get("which", "")
        rows = Note.objects.filter(setting__merged_into=None).select_related("setting", "by")
        if which == OPEN:
            rows = rows.filter(done_on=None, next_on__isnull=False).order_by("next_on", "pk")
        elif which in Note.Kind.values:
            rows = rows.filter(kind=which)
        else:
            which = ""
        context = {
            "rows": Paginator(rows, A_PAGE).get_page(request.GET.get("p")), "which": which,
            "whiches": [("", _("All")), *Note.Kind.choices, (OPEN, _("Open steps"))], "today": timezone.localdate(),
            "may_write": self.user.has_perm(WRITE),
        }  # fmt: skip
        return self.render_to_response(self.get_context_data(**context))
