"""The officers' screens about dates: the list, one date and its people, editing, cancelling."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.audit import services as audit
from foundation.exports.csv import csv_response

from ...register.models import Setting
from ..enums import BookingState, DateState, Kind
from ..errors import ProgrammeError
from ..forms.officers import AddPersonForm, DateForm, FromSettingForm
from ..models import Booking, CourseDate
from ..permissions import PEOPLE
from ..services.attendance import is_door_open
from ..services.bookings import Person, add_person, cancel
from ..services.dates import cancel_date, open_date, save_date
from ..services.forgetting import forget_person
from ..services.people import AGAIN, correct_name, say_where_from, send_link_again
from .officers_base import OfficerView, OneDateView

A_PAGE = 50
WHICH = (("coming", gettext_lazy("To come")), ("past", gettext_lazy("Past")), ("all", gettext_lazy("All")))


class DatesView(OfficerView):
    """Every date, the next first; of past ones the latest first."""

    template_name = "community/programme/admin/dates.html"
    page_title = gettext_lazy("Dates")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Training and forums")}]

    def get(self, request: HttpRequest) -> HttpResponse:
        which, kind = request.GET.get("which", "coming"), request.GET.get("kind", "")
        rows = CourseDate.objects.with_counts().select_related("course")
        now = timezone.now()
        if which == "past":
            rows = rows.filter(ends_at__lt=now).order_by("-starts_at")
        elif which == "coming":
            rows = rows.filter(ends_at__gte=now)
        if kind in Kind.values:
            rows = rows.filter(course__kind=kind)
        if request.GET.get("export") == "csv":
            return self._export(rows)
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
        unfinished = CourseDate.objects.filter(state=DateState.OPEN, ends_at__lt=now).select_related("course")[:20]
        context = {"rows": page, "which": which, "whiches": WHICH, "kind": kind, "kinds": Kind.choices}
        return self.render_to_response(self.get_context_data(unfinished=unfinished, **context))

    def _export(self, rows: Any) -> HttpResponse:
        """Dates and numbers, nobody by name."""
        came = Q(bookings__state=BookingState.ATTENDED)
        rows = rows.select_related("course__level").annotate(
            came=Count("bookings", filter=came), places=Count("bookings__setting", filter=came, distinct=True)
        )
        audit.record(action="programme.export_dates", actor=self.user, facts={"rows": rows.count()})
        header = ["course", "kind", "level", "day", "state", "places", "taken", "waiting", "came", "settings"]
        table = (
            [
                row.course.title, row.course.get_kind_display(), row.course.level.name if row.course.level else "",
                row.day, row.get_state_display(), row.capacity, row.taken, row.waiting, row.came, row.places,
            ]
            for row in rows
        )  # fmt: skip
        return csv_response(name="training-and-forums", header=header, rows=table)


class EditDateView(OfficerView):
    """Adding a date, or changing one; whoever booked is told of another time or place."""

    template_name = "community/programme/admin/edit_date.html"

    def get_page_title(self) -> str:
        return _("Change the date") if self.date else _("Add a date")

    @property
    def date(self) -> CourseDate | None:
        key = self.kwargs.get("date_id")
        return get_object_or_404(CourseDate.objects.select_related("course"), pk=key) if key else None

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        first = {"course": request.GET.get("course")}
        return self._show(DateForm(instance=self.date, initial=first if not self.date else None))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        form = DateForm(request.POST, instance=self.date)
        if form.is_valid():
            try:
                told = save_date(date=form.instance, by=self.user)
            except ProgrammeError as error:
                form.add_error(None, str(error) or _("This date is over, so it stays as it is."))
            else:
                messages.success(request, _("Saved.") + (f" {_told(told)}" if told else ""))
                return redirect("programme_date", form.instance.pk)
        return self._show(form)

    def _show(self, form: DateForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, date=self.date))


class DateView(OneDateView):
    """One date: its people by state, and what can be done with it."""

    template_name = "community/programme/admin/date.html"

    def get_page_title(self) -> str:
        return str(self.date)

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get(self, request: HttpRequest, date_id: Any) -> HttpResponse:
        if request.GET.get("export") == "csv":
            return self._export()
        return self._show(AddPersonForm())

    def post(self, request: HttpRequest, date_id: Any) -> HttpResponse:
        wish = request.POST.get("do", "")
        if wish == "open":
            self.try_or_say(lambda: open_date(date=self.date, by=self.user), _("People can book now."))
        elif wish == "add":
            form = AddPersonForm(request.POST)
            if not form.is_valid() or not self._add(form):
                return self._show(form)
        elif wish == "cancel-booking":
            self._needs_people()
            booking = self.booking_named(request.POST.get("booking", ""))
            self.try_or_say(lambda: cancel(booking=booking, by=self.user), _("The booking is cancelled."))
        return redirect("programme_date", self.date.pk)

    def _add(self, form: AddPersonForm) -> bool:
        self._needs_people()
        given = form.cleaned_data
        setting: Setting | None = given["setting"]
        person = Person(given["name"], given["email"], given["organisation"], is_lead=given["is_lead"], setting=setting)
        return self.try_or_say(lambda: add_person(date=self.date, person=person, by=self.user), _("Added."))

    def _needs_people(self) -> None:
        if not self.user.has_perm("programme.change_booking"):
            raise PermissionDenied

    def _show(self, form: AddPersonForm) -> HttpResponse:
        may_see = self.user.has_perm(PEOPLE)
        people = (
            list(self.date.bookings.select_related("setting").order_by("state", "confirmed_at", "name"))
            if may_see
            else []
        )
        order = [
            BookingState.BOOKED,
            BookingState.ATTENDED,
            BookingState.ABSENT,
            BookingState.WAITING,
            BookingState.PENDING,
            BookingState.CANCELLED,
        ]
        groups = [(state.label, [each for each in people if each.state == state]) for state in order]
        context = {
            "date": self.date, "form": form, "groups": [pair for pair in groups if pair[1]],
            "is_door_open": is_door_open(self.date), "is_over": self.date.is_over,
        }  # fmt: skip
        return self.render_to_response(self.get_context_data(**context))

    def _export(self) -> HttpResponse:
        """Who comes, for a sign-in sheet. Needs are left out: they are for the screen, until the day is over."""
        if not self.user.has_perm(PEOPLE):
            raise PermissionDenied
        rows = self.date.bookings.exclude(state=BookingState.PENDING).select_related("setting").order_by("name")
        audit.record(action="programme.export_people", actor=self.user, subject=self.date, facts={"rows": rows.count()})
        header = ["name", "email", "organisation", "setting", "state"]
        table = (
            [row.name, row.email, row.organisation, row.setting.name if row.setting else "", row.get_state_display()]
            for row in rows
        )
        return csv_response(
            name=f"{self.date.course.slug}-{timezone.localdate(self.date.starts_at)}", header=header, rows=table
        )


class CancelDateView(OneDateView):
    """It does not take place: why, and who is told."""

    template_name = "community/programme/admin/cancel_date.html"
    page_title = gettext_lazy("Cancel this date")

    def get(self, request: HttpRequest, date_id: Any) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, date_id: Any) -> HttpResponse:
        reason = request.POST.get("reason", "")[:250]
        try:
            told = cancel_date(date=self.date, reason=reason, by=self.user)
        except ProgrammeError as error:
            messages.error(request, str(error))
            return self._show(reason)
        messages.success(request, _("Cancelled.") + f" {_told(told)}")
        return redirect(self.date_url())

    def _show(self, reason: str = "") -> HttpResponse:
        people = self.date.bookings.filter(state__in=[BookingState.BOOKED, BookingState.WAITING]).count()
        return self.render_to_response(self.get_context_data(date=self.date, reason=reason, people=people))


class PersonView(OneDateView):
    """Who somebody is, from which setting they come, so that it counts there; and their link once more."""

    permission = "programme.change_booking"
    template_name = "community/programme/admin/person.html"

    @property
    def booking(self) -> Booking:
        rows = Booking.objects.select_related("date__course", "setting")
        return get_object_or_404(rows, pk=self.kwargs["booking_id"], date=self.date)

    def get_page_title(self) -> str:
        return self.booking.shown_name

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        booking = self.booking
        first = {"name": booking.name, "setting": booking.setting_id, "is_lead": booking.is_lead}
        return self._show(booking, self._form(booking, initial=first))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        booking = self.booking
        form = self._form(booking, request.POST)
        if request.POST.get("do") == "again":
            words = _("The mail with their link is on its way again.")
            self.try_or_say(lambda: send_link_again(booking=booking, by=self.user), words)
            return redirect(self.date_url())
        if request.POST.get("do") == "forget":
            self.try_or_say(lambda: forget_person(booking=booking, by=self.user), _("Forgotten. The count stays."))
            return redirect(self.date_url())
        if form.is_valid():
            given = form.cleaned_data

            def put_right() -> None:
                say_where_from(booking=booking, setting=given["setting"], is_lead=given["is_lead"], by=self.user)
                correct_name(booking=booking, name=given.get("name", ""), by=self.user)

            if self.try_or_say(put_right, _("Saved.")):
                return redirect(self.date_url())
        return self._show(booking, form)

    def _form(self, booking: Booking, *typed: Any, **kwargs: Any) -> FromSettingForm:
        form = FromSettingForm(*typed, **kwargs)
        if booking.forgotten_at is not None:
            del form.fields["name"]
        return form

    def _show(self, booking: Booking, form: FromSettingForm) -> HttpResponse:
        may_send = bool(booking.email) and booking.state in AGAIN
        context = self.get_context_data(date=self.date, booking=booking, form=form, may_send=may_send)
        return self.render_to_response(context)


def _told(people: int) -> str:
    return ngettext("%(people)d person was told by email.", "%(people)d people were told by email.", people) % {
        "people": people
    }
