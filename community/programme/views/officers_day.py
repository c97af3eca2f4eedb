"""The officers' screens on the day and after it: the list with large buttons, the QR code, the evaluation, past attendance."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.audit import services as audit

from ...bringing_in import BringInView
from ...errors import RegistryError
from ...tables import Rows
from .. import links
from ..enums import BookingState, DateState, Stage
from ..errors import ProgrammeError
from ..forms.officers import AddPersonForm
from ..importing import COLUMNS, ImportRun, check_rows, import_attendance, read_attendance
from ..models import Course, Remark
from ..permissions import PEOPLE, RESULTS
from ..services.attendance import add_who_came, finish, is_door_open, mark, may_mark
from ..services.bookings import Person
from ..services.evaluation import FIRST_SHOWN, results_of
from .officers_base import OfficerView, OneDateView

_LISTED = (BookingState.BOOKED, BookingState.WAITING, BookingState.ATTENDED, BookingState.ABSENT)


class DayView(OneDateView):
    """Who is there: one press a person, on a phone too. Works without JavaScript; each press is kept at once."""

    permission = "programme.change_booking"
    template_name = "community/programme/admin/day.html"
    page_title = gettext_lazy("Who is there")
    header_icon = "check"

    def get(self, request: HttpRequest, date_id: Any) -> HttpResponse:
        return self._show(AddPersonForm())

    def post(self, request: HttpRequest, date_id: Any) -> HttpResponse:
        wish = request.POST.get("do", "")
        here = reverse("programme_day", args=[self.date.pk])
        if wish == "came":
            form = AddPersonForm(request.POST)
            if not form.is_valid() or not self._add(form):
                return self._show(form)
        elif wish == "finish":
            return self._finish()
        elif wish:
            state, _colon, key = wish.partition(":")
            self._mark(state, key)
            return redirect(f"{here}#p-{key}")
        return redirect(here)

    def _mark(self, state: str, key: str) -> None:
        booking = self.booking_named(key)
        try:
            mark(booking=booking, state=state, by=self.user)
        except (ProgrammeError, RegistryError) as error:
            messages.error(self.request, str(error))

    def _add(self, form: AddPersonForm) -> bool:
        given = form.cleaned_data
        person = Person(
            given["name"], given["email"], given["organisation"], is_lead=given["is_lead"], setting=given["setting"]
        )
        return self.try_or_say(lambda: add_who_came(date=self.date, person=person, by=self.user), _("Added."))

    def _finish(self) -> HttpResponse:
        try:
            came = finish(date=self.date, by=self.user)
        except ProgrammeError as error:
            messages.error(self.request, str(error))
            return redirect("programme_day", self.date.pk)
        words = ngettext("Finished: %(came)d person came.", "Finished: %(came)d people came.", came) % {"came": came}
        messages.success(self.request, f"{words} {_('They get our thanks by email.')}")
        return redirect(self.date_url())

    def _show(self, form: AddPersonForm) -> HttpResponse:
        people = self.date.bookings.filter(state__in=_LISTED).select_related("setting").order_by("name")
        rows = list(people)
        came = sum(each.state == BookingState.ATTENDED for each in rows)
        context = {
            "date": self.date, "people": rows, "came": came, "form": form,
            "is_open": self.date.state == DateState.OPEN, "is_held": self.date.state == DateState.HELD,
            "may_mark": may_mark(self.date),
        }  # fmt: skip
        return self.render_to_response(self.get_context_data(**context))


class CodeView(OneDateView):
    """The QR code for the room: people scan it and type the code of their booking."""

    template_name = "community/programme/admin/code.html"
    page_title = gettext_lazy("The code for the room")
    header_icon = "mobile-alt"

    def get(self, request: HttpRequest, date_id: Any) -> HttpResponse:
        address = links.address("here", links.here_token(self.date))
        context = {"date": self.date, "address": address, "is_door_open": is_door_open(self.date)}
        return self.render_to_response(self.get_context_data(**context))


class ResultsView(OfficerView):
    """What people thought of a course; nothing under ten answers."""

    permission = RESULTS
    template_name = "community/programme/admin/results.html"
    header_icon = "form"

    @property
    def course(self) -> Course:
        return get_object_or_404(Course, pk=self.kwargs["course_id"])

    def get_page_title(self) -> str:
        return _("What people thought: %(title)s") % {"title": self.course.title}

    def get(self, request: HttpRequest, course_id: int) -> HttpResponse:
        course = self.course
        stages = [
            (stage.label, results_of(course, stage), links.address("evaluate", links.evaluation_token(course, stage)))
            for stage in Stage
        ]
        context = self.get_context_data(course=course, stages=stages, first_shown=FIRST_SHOWN)
        return self.render_to_response(context)

    def post(self, request: HttpRequest, course_id: int) -> HttpResponse:
        """Take out a remark that names somebody."""
        if not self.user.has_perm("programme.delete_remark"):
            raise PermissionDenied
        text = request.POST.get("remark", "")
        gone, _models = Remark.objects.filter(round__course=self.course, text=text, is_shown=True).delete()
        if gone:
            audit.record(action="programme.delete_remark", actor=self.user, subject=self.course)
            messages.success(request, _("The remark is deleted."))
        return redirect("programme_results", course_id)


class ImportView(BringInView, OfficerView):
    """Past attendance from a file."""

    permission = "programme.add_booking"
    template_name = "community/programme/admin/import.html"
    page_title = gettext_lazy("Bring in past attendance")
    kept_as = "programme-import"
    columns = COLUMNS

    def read(self, name: str, content: bytes) -> Rows:
        return read_attendance(name=name, content=content)

    def check(self, rows: Rows) -> ImportRun:
        # A dry run names people.
        if not self.user.has_perm(PEOPLE):
            raise PermissionDenied
        return check_rows(rows)

    def bring_in(self, rows: Rows) -> ImportRun:
        return import_attendance(rows=rows, by=self.user)

    def done(self, run: ImportRun) -> HttpResponse:
        words = ngettext("%(made)d attendance brought in.", "%(made)d attendances brought in.", run.made)
        messages.success(self.request, words % {"made": run.made})
        return redirect(f"{reverse('programme_dates')}?which=past")
