"""A setting's training record, and booking for its people."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.forms.limits import Limit, is_within
from foundation.forms.spam import LIMIT_WORDS

from ...register.models import Setting
from ...register.selectors.standing import standing_of
from ...register.views.area import go, is_owner, member, typed
from ..enums import BookingState
from ..errors import AlreadyDone, ProgrammeError
from ..forms.owners import ColleagueForm
from ..models import Booking, CourseDate
from ..selectors.training import going_from, record_of
from ..services.bookings import Person, book_for_setting, books_at_once, cancel

LIMIT = Limit("programme-owner", 20, 3_600)
"""Anybody can begin a draft and call themselves an owner: nobody books, mails and asks about addresses without end."""


def _show(request: HttpRequest, template: str, setting: Setting, *, status: int = 200, **context: Any) -> HttpResponse:
    form = context.get("form")
    found = {
        "no_index": True, "setting": setting, "standing": standing_of(setting), "is_owner": is_owner(request),
        "form_has_errors": bool(form is not None and form.has_errors), **context,
    }  # fmt: skip
    return render(request, f"community/programme/{template}", found, status=status)


@member
@require_safe
def training(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Who came to what, who is going, and what can be booked."""
    dates = CourseDate.objects.public().coming().with_counts().select_related("course__level")
    bookable = [date for date in dates if date.is_bookable]
    return _show(
        request, "training.html", setting, record=record_of(setting), going=going_from(setting), bookable=bookable
    )


@member
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, setting: Setting, date_id: Any) -> HttpResponse:
    """A place for somebody of the setting. It counts at once; the person gets a mail with a link to cancel."""
    date = CourseDate.objects.public().with_counts().select_related("course").filter(pk=date_id).first()
    if date is None:
        raise Http404
    person = request.user
    first = {"name": getattr(person, "display_name", "") or "", "email": getattr(person, "email", "")}
    # Who has only been asked counts for nothing here: it would tell whether their address was booked before.
    is_first = not date.bookings.filter(setting=setting).exclude(state=BookingState.PENDING).exists()
    form = ColleagueForm(typed(request), initial=first if is_first else None)
    if request.method == "POST" and form.is_valid() and not is_within(request, LIMIT):
        form.add_error(None, LIMIT_WORDS)
    elif request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        who = Person(
            given["name"], given["email"], setting.name, given["needs"], is_lead=given["is_lead"], setting=setting,
            language=get_language() or "",
        )  # fmt: skip
        try:
            booking = book_for_setting(date=date, person=who, by=request.user)
        except AlreadyDone:
            form.add_error("email", _("This address has a booking for the date already."))
        except ProgrammeError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _said(booking) % {"name": who.name})
            return go("training", setting.pk)
    return _show(
        request, "training_book.html", setting, status=422 if form.is_bound else 200, form=form, date=date,
        course=date.course, books_at_once=books_at_once(setting),
    )  # fmt: skip


def _said(booking: Booking | None) -> str:
    """What the owner reads. Of somebody who was sent a link it is the same whether they have a booking or not."""
    if booking is None:
        return _("We have sent %(name)s a link by email. The place is theirs once they have confirmed it.")
    if booking.state == BookingState.BOOKED:
        return _("%(name)s has a place.")
    return _("%(name)s is on the waiting list.")


@member
@require_POST
def cancel_one(request: HttpRequest, setting: Setting, booking_id: Any) -> HttpResponse:
    """Give back the place of somebody of the setting."""
    booking = get_object_or_404(Booking, pk=booking_id, setting=setting)
    try:
        cancel(booking=booking, by=request.user, for_setting=setting)
    except AlreadyDone:
        messages.success(request, _("That was done before. Nothing has changed."))
    except ProgrammeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The booking is cancelled."))
    return go("training", setting.pk)
