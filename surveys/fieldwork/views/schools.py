"""The school leads' area: their waves, their classes, the teachers' links, the papers. Never another school's."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.models import User
from foundation.accounts.own_pages import View, lead_to, signed_in_or
from foundation.redirects import see_other

from ...errors import NotReady, SurveyError
from .. import services
from ..forms import DetailsForm, PrepareForm
from ..links import link_of
from ..models import ClassSession, WaveSchool
from ..papers import PAPERS, papers_for
from ..progress import progress_of, session_rows
from ..selectors import years_asked
from .drawing import qr_code
from .printing import print_paper


def _to_the_door(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else reverse("my_schools")
    return lead_to(reverse("account_login"), back=back)


def signed_in(view: View) -> View:
    """Only for somebody who has signed in; the page is kept nowhere."""
    return signed_in_or(_to_the_door)(view)


def own_school(view: View) -> View:
    """Only for a lead of the school. For everybody else there is no such page."""

    @signed_in
    @wraps(view)
    def inner(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        taking_part = _own(request).filter(pk=pk).first()
        if taking_part is None:
            raise Http404
        return view(request, taking_part, *args, **kwargs)

    return inner


@signed_in
@require_safe
def my_schools(request: HttpRequest) -> HttpResponse:
    """Every wave of every school that this person looks after; somebody with one is led straight to it."""
    found = list(_own(request).order_by("-wave__opens_on", "school__name"))
    rows = [{"taking_part": each, "progress": progress_of(each)} for each in found]
    return _show(request, "my_schools.html", rows=rows)


@own_school
@require_safe
def school_page(request: HttpRequest, taking_part: WaveSchool) -> HttpResponse:
    """Where the school stands and what to do next."""
    return _show(
        request,
        "school.html",
        taking_part,
        progress=progress_of(taking_part),
        sessions=session_rows(taking_part),
        papers=papers_for(taking_part.year_groups),
    )


@own_school
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, taking_part: WaveSchool) -> HttpResponse:
    """One class or fifty, a line for each."""
    years = years_asked(wave=taking_part.wave, school=taking_part.school)
    form = PrepareForm(request.POST if request.method == "POST" else None, years=years)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = services.prepare_sessions(
                wave=taking_part.wave, school=taking_part.school, wanted=form.wanted(), by=_lead(request)
            )
        except NotReady as refusal:
            problems = refusal.problems
        except SurveyError as refusal:
            problems = [str(refusal)]
        else:
            words = ngettext("One class was prepared.", "%(number)s classes were prepared.", len(made))
            messages.success(request, words % {"number": len(made)})
            return _to("school_links", taking_part)
    errors = [{"text": problem, "target": ""} for problem in problems]
    status = 422 if form.has_errors or errors else 200
    return _show(request, "prepare.html", taking_part, form=form, problems=errors, status=status)


@own_school
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, taking_part: WaveSchool) -> HttpResponse:
    """What the school's letters and cards say."""
    form = DetailsForm(request.POST if request.method == "POST" else None, instance=taking_part)
    if request.method == "POST" and form.is_valid():
        services.set_details(taking_part=taking_part, by=_lead(request), **form.cleaned_data)
        messages.success(request, _("Saved. Letters and cards carry these details now."))
        return _to("school", taking_part)
    return _show(request, "details.html", taking_part, form=form, status=422 if form.has_errors else 200)


@own_school
@require_safe
def links(request: HttpRequest, taking_part: WaveSchool) -> HttpResponse:
    """Every teacher's link, to copy, to mail, or to print and cut apart."""
    sessions = taking_part.wave.sessions.filter(school=taking_part.school, state__in=["prepared", "open"])
    rows = [_link_row(request, session) for session in sessions]
    return _show(request, "links.html", taking_part, rows=rows)


@own_school
@require_POST
def renew(request: HttpRequest, taking_part: WaveSchool, session_id: Any) -> HttpResponse:
    """A new link for a class whose old one was lost or shared too widely."""
    return _done(
        request,
        taking_part,
        lambda: services.renew_link(session=_session(taking_part, session_id), by=_lead(request)),
        _("There is a new link. The old one opens nothing any more."),
    )


@own_school
@require_POST
def remove(request: HttpRequest, taking_part: WaveSchool, session_id: Any) -> HttpResponse:
    """Takes a class off the list that was prepared by mistake."""
    return _done(
        request,
        taking_part,
        lambda: services.remove_session(session=_session(taking_part, session_id), by=_lead(request)),
        _("The class was removed."),
    )


@own_school
@require_safe
def paper(request: HttpRequest, taking_part: WaveSchool, key: str) -> HttpResponse:
    """One paper, filled in with the school's details."""
    if key not in PAPERS:
        raise Http404
    return print_paper(
        request,
        PAPERS[key],
        wave=taking_part.wave,
        school=taking_part.school,
        taking_part=taking_part,
        back=reverse("school", args=[taking_part.pk]),
    )


def _lead(request: HttpRequest) -> User:
    """Who is signed in: the gate before each page lets nobody else in."""
    return cast(User, request.user)


def _own(request: HttpRequest) -> Any:
    mine = WaveSchool.objects.filter(school__leads__user=_lead(request), school__is_active=True)
    return mine.select_related("wave__survey", "school").distinct()


def _session(taking_part: WaveSchool, session_id: Any) -> ClassSession:
    return get_object_or_404(ClassSession, pk=session_id, wave=taking_part.wave, school=taking_part.school)


def _link_row(request: HttpRequest, session: ClassSession) -> dict[str, Any]:
    secret = link_of(session)
    address = request.build_absolute_uri(reverse("teacher_session", args=[secret])) if secret else ""
    name = session.label or str(session.get_year_group_display())
    subject = _("Link for the survey with %(name)s") % {"name": name}
    body = _("This link opens the survey for %(name)s. It needs no account, so please keep it to yourself:") % {
        "name": name
    }
    return {
        "session": session,
        "address": address,
        "image": qr_code(address) if address else "",
        "mail": f"mailto:?subject={quote(subject)}&body={quote(body)}%0A%0A{quote(address)}",
    }


def _done(request: HttpRequest, taking_part: WaveSchool, act: Callable[[], Any], words: str) -> HttpResponse:
    try:
        act()
    except SurveyError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return _to("school", taking_part)


def _show(
    request: HttpRequest, template: str, taking_part: WaveSchool | None = None, *, status: int = 200, **context: Any
) -> HttpResponse:
    form = context.get("form")
    has_errors = bool(form is not None and form.has_errors) or bool(context.get("problems"))
    found = {"no_index": True, "taking_part": taking_part, "form_has_errors": has_errors, **context}
    return render(request, f"surveys/fieldwork/school/{template}", found, status=status)


def _to(name: str, taking_part: WaveSchool) -> HttpResponseRedirect:
    return see_other(reverse(name, args=[taking_part.pk]))
