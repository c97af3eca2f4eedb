"""Booking without an account: the form, the link in the mail, and looking after one's own booking."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation.redirects import see_other
from foundation.templatetags.foundation_tags import in_its_language

from .. import links
from ..calendar import calendar_of_booking
from ..certificates import CannotDraw, can_draw, certificate_of, draw_pdf
from ..enums import BookingState, Stage
from ..errors import AlreadyDone, NoPlaceLeft, NotOpen, ProgrammeError
from ..forms.public import BookingForm, CertificateForm
from ..models import Booking, CourseDate
from ..selectors.public import date_or_none
from ..services.bookings import Person, ask_for_place, cancel, confirm
from ..services.evaluation import is_asked
from .frame import always_asked, for_a_booking, for_one_person, form_status, gone, partnership_name, show


@csrf_exempt  # a signed token stands in for the cookie that public pages do not set
@require_http_methods(["GET", "HEAD", "POST"])
@always_asked
def book(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Who comes. What follows is the same whether the address is known here or not."""
    date = date_or_none(slug, pk)
    if date is None:
        return gone(request, words=_("There is no such date any more."))
    if not date.is_bookable:
        return _not_now(request, date)
    form = BookingForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        sent = reverse("community:book_sent", args=[slug, pk])
        if form.is_spam:
            return see_other(sent)
        given = form.cleaned_data
        person = Person(
            given["name"], given["email"], given["organisation"], given["needs"], language=get_language() or ""
        )
        try:
            has_place = ask_for_place(date=date, person=person)
        except (NotOpen, NoPlaceLeft) as error:
            form.add_error(None, str(error))
        else:
            return see_other(sent if has_place else f"{sent}?waiting=1")
    context = {"form": form, "date": date, "course": date.course, "left": _left(date), "no_index": True}
    return show(request, "book.html", context, status=form_status(form), trail=_trail(date))


@require_safe
@always_asked
def book_sent(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Look into your mail."""
    date = date_or_none(slug, pk)
    if date is None:
        return gone(request, words=_("There is no such date any more."))
    context = {"date": date, "course": date.course, "is_waiting": "waiting" in request.GET, "no_index": True}
    return show(request, "book_sent.html", context, trail=_trail(date))


@csrf_exempt  # the address itself is the secret: no other site can know it
@require_http_methods(["GET", "HEAD", "POST"])
@for_a_booking
def booking_page(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """One booking: confirm it, look at it, give it back. Opening the page changes nothing, for mail programmes open links."""
    if request.method == "POST":
        said = _act(booking, request.POST.get("do", ""))
        return see_other(f"{reverse('community:booking', args=[token])}?said={said}")
    return _show_booking(request, booking, token)


def _act(booking: Booking, wish: str) -> str:
    """Do what was asked; a word for the page that follows."""
    try:
        if wish == "confirm":
            return "booked" if confirm(booking=booking).state == BookingState.BOOKED else "waiting"
        if wish == "cancel":
            cancel(booking=booking)
            return "cancelled"
    except AlreadyDone:
        return "again"
    except NoPlaceLeft:
        return "full"
    except NotOpen:
        return "closed"
    except ProgrammeError:
        return "changed"
    return "nothing"


def _show_booking(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    said = {
        "booked": _("Your place is booked. We have sent you an email with everything you need."),
        "waiting": _(
            "All places have gone, so you are on the waiting list. If a place becomes free it is yours, and we write to you."
        ),
        "cancelled": _("Your booking is cancelled. Thank you for letting us know: somebody else can come now."),
        "again": _("That was done before. Nothing has changed."),
        "full": str(NoPlaceLeft()),
        "closed": str(NotOpen()),
        "changed": _("That cannot be done any more. This is how things stand:"),
    }
    date, state = booking.date, booking.state
    is_to_come = not date.is_over
    evaluation = ""
    if state == BookingState.ATTENDED and is_asked(date.course, Stage.NOW):
        evaluation = reverse("community:evaluate", args=[links.evaluation_token(date.course, Stage.NOW)])
    context = {
        "booking": booking,
        "date": date,
        "course": date.course,
        "token": token,
        "said": said.get(request.GET.get("said", ""), ""),
        "is_to_come": is_to_come,
        "may_cancel": is_to_come and state in {BookingState.BOOKED, BookingState.WAITING, BookingState.PENDING},
        "evaluation_url": evaluation,
        "no_index": True,
    }
    return show(request, "booking.html", context, trail=_trail(date))


@require_safe
@for_a_booking
def booking_calendar(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """For one's own calendar, with the link to join."""
    if booking.state not in {BookingState.BOOKED, BookingState.ATTENDED}:
        return gone(request, words=_("There is no place to put into your calendar."))
    response = HttpResponse(calendar_of_booking(booking), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{booking.date.course.slug}.ics"'
    return response


@require_safe
@for_a_booking
def certificate(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """The certificate as a page to print."""
    if not booking.certificate_code:
        return gone(request, words=_("There is no certificate for this booking."))
    words = certificate_of(booking, issuer=partnership_name(request))
    context = {"words": words, "token": token, "no_index": True, "has_pdf": can_draw(words)}
    trail = (*_trail(booking.date), _("Your booking"), reverse("community:booking", args=[token]))
    return show(request, "certificate.html", context, trail=trail)


@require_safe
@for_a_booking
def certificate_pdf(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """The certificate as a file."""
    if not booking.certificate_code:
        return gone(request, words=_("There is no certificate for this booking."))
    try:
        content = draw_pdf(certificate_of(booking, issuer=partnership_name(request)))
    except CannotDraw:
        return gone(request, words=_("We cannot make a file with this name. Print the certificate’s page instead."))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{booking.date.course.slug}.pdf"'
    return response


@require_safe
@for_one_person
def check_certificate(request: HttpRequest) -> HttpResponse:
    """Whether a number is that of a certificate. It says what was attended, when, and the first letters of the name."""
    form = CertificateForm(request.GET if "number" in request.GET else None)
    found = None
    if form.is_bound and form.is_valid():
        typed = "".join(form.cleaned_data["number"].upper().split()).replace("-", "")
        row = Booking.objects.select_related("date__course").filter(certificate_code=typed).first() if typed else None
        found = certificate_of(row, issuer=partnership_name(request)) if row else None
    context = {"form": form, "found": found, "is_answered": form.is_bound and form.is_valid(), "no_index": True}
    return show(request, "check_certificate.html", context)


def _left(date: CourseDate) -> int:
    return max(date.capacity - getattr(date, "taken", 0), 0)


def _trail(date: CourseDate) -> tuple[str, ...]:
    return (in_its_language(date.course.title), reverse("community:course", args=[date.course.slug]))


def _not_now(request: HttpRequest, date: CourseDate) -> HttpResponse:
    context = {"date": date, "course": date.course, "no_index": True}
    return show(request, "not_bookable.html", context, status=410, trail=_trail(date))
