"""A teacher's pages, behind a secret link and without an account.

The secret in the address is the permission. A form carries a token bound to it instead of a cookie, so the pages set none:
whoever does not know the address cannot make the token either.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.forms.limits import Limit, is_within
from foundation.forms.tokens import TokenRules, TokenState, check_token, make_token
from foundation.redirects import see_other

from ...collection.services import count_held, flush_where_nobody_else_does
from ...errors import NotReady, SurveyError
from .. import services
from ..counting import in_fives
from ..enums import SessionState, WaveState
from ..forms import OpenForm, language_name
from ..models import ClassSession, WaveSchool
from ..papers import FOR_TEACHERS, PAPERS, papers_for
from ..selectors import closes_at, document_for, grace_ends_at, is_taking, session_by_secret, years_of
from ..states import TAKING
from .drawing import qr_code
from .printing import print_paper

View = Callable[..., HttpResponse]

WRONG_LINKS = Limit("teacher-link", times=30, seconds=600)
"""Only wrong links count: the teachers of a school share an address, and theirs are right."""
TOKEN = "token"  # noqa: S105
_RULES = TokenRules(earliest=0)


def unseen(view: View) -> View:
    """Kept nowhere, told to nobody, found by no search, and no cookie."""

    @csrf_exempt
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return inner


def with_link(view: View) -> View:
    """Only with a link that is good; every other gets one kind page."""

    @unseen
    @wraps(view)
    def inner(request: HttpRequest, secret: str, *args: Any, **kwargs: Any) -> HttpResponse:
        session = session_by_secret(secret)
        if session is None:
            return wrong_link(request)
        if session.state in TAKING and not is_taking(session, timezone.now()):
            flush_where_nobody_else_does()
            session.refresh_from_db()
        return view(request, session, secret, *args, **kwargs)

    return inner


def wrong_link(request: HttpRequest) -> HttpResponse:
    """A link that is mistyped, replaced or made up: the same page for all, slower for whoever tries many."""
    status = 404 if is_within(request, WRONG_LINKS) else 429
    return render(request, "surveys/fieldwork/teacher/wrong_link.html", {"no_index": True}, status=status)


@with_link
@require_http_methods(["GET", "HEAD", "POST"])
def session_page(request: HttpRequest, session: ClassSession, secret: str) -> HttpResponse:
    """Where the class stands, and the form that opens it."""
    if request.method == "POST":
        return _open(request, session, secret)
    return _show(request, session, secret)


@with_link
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, session: ClassSession, secret: str) -> HttpResponse:
    """Asks once more, then stops the class."""
    return _confirmed(request, session, secret, "close", services.close_session)


@with_link
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, session: ClassSession, secret: str) -> HttpResponse:
    """Asks once more, then throws everything away that the class has sent."""
    return _confirmed(request, session, secret, "discard", services.discard_session)


@with_link
@require_safe
def count(request: HttpRequest, session: ClassSession, secret: str) -> JsonResponse:
    """The sentence with the count in fives, for the page to put in place without a reload."""
    return JsonResponse({"state": _state_now(session), "words": _count_words(session)})


@with_link
@require_safe
def paper(request: HttpRequest, session: ClassSession, secret: str, key: str) -> HttpResponse:
    """A paper for the lesson, filled in with the school's details."""
    if key not in FOR_TEACHERS:
        return wrong_link(request)
    taking_part = WaveSchool.objects.filter(wave=session.wave, school=session.school).first()
    back = reverse("teacher_session", args=[secret])
    return print_paper(
        request, PAPERS[key], wave=session.wave, school=session.school, taking_part=taking_part, back=back
    )


@unseen
@require_POST
def board(request: HttpRequest) -> HttpResponse:
    """The page to project. Reached by a form, so that the teacher's secret is not in the address that the class sees."""
    secret = request.POST.get("link", "")[:64]
    session = session_by_secret(secret)
    if session is None:
        return wrong_link(request)
    if session.state != SessionState.OPEN or session.code is None or not is_taking(session, timezone.now()):
        return _to(secret)
    address = request.build_absolute_uri(reverse("survey_door"))
    *words, digits = session.code.split("-")
    context = {
        "words": words,
        "digits": digits,
        "address": address.partition("://")[2].rstrip("/"),
        # After the # a browser sends nothing: no log of a server can hold the code.
        "code_image": qr_code(f"{address}#{session.code}"),
        "no_index": True,
    }
    return render(request, "surveys/fieldwork/teacher/board.html", context)


def _open(request: HttpRequest, session: ClassSession, secret: str) -> HttpResponse:
    form = _form(session, request.POST)
    if not _is_ours(request, session):
        return _show(request, session, secret, form=form, problems=[_stale_words()], status=422)
    if not form.is_valid():
        return _show(request, session, secret, form=form, status=422)
    given = form.cleaned_data
    try:
        services.open_session(
            session=session,
            year_group=given["year_group"],
            present=given["present"],
            languages=given["languages"],
        )
    except NotReady as refusal:
        return _show(request, session, secret, form=form, problems=refusal.problems, status=422)
    except SurveyError as refusal:
        session.refresh_from_db()
        return _show(request, session, secret, form=form, problems=[str(refusal)], status=409)
    return _to(secret)


def _confirmed(
    request: HttpRequest, session: ClassSession, secret: str, act: str, service: Callable[..., ClassSession]
) -> HttpResponse:
    possible = (SessionState.OPEN,) if act == "close" else TAKING
    if session.state not in possible:
        return _to(secret)
    problems = []
    if request.method == "POST":
        if _is_ours(request, session):
            # Where somebody else was quicker, the page that follows says how it stands.
            with suppress(SurveyError):
                service(session=session)
            return _to(secret)
        problems = [_stale_words()]
    context = {**_frame(session, secret), "count_words": _count_words(session), "problems": _listed(problems)}
    template = f"surveys/fieldwork/teacher/{act}.html"
    return render(request, template, context, status=422 if problems else 200)


def _show(
    request: HttpRequest,
    session: ClassSession,
    secret: str,
    *,
    form: OpenForm | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    state = _state_now(session)
    context = {
        **_frame(session, secret),
        "state": state,
        "wave_is_open": session.wave.state == WaveState.OPEN,
        "wave_is_planned": session.wave.state == WaveState.PLANNED,
        "closes_at": closes_at(session),
        "grace_ends_at": grace_ends_at(session),
        "received_words": _in_words(session.received),
        "problems": _listed(problems or []),
    }
    if state == SessionState.PREPARED and context["wave_is_open"]:
        form = form or _form(session)
        context |= {"form": form, "form_has_errors": form.has_errors or bool(problems)}
    if state in TAKING:
        context |= {
            "count_words": _count_words(session),
            "code_words": (session.code or "").replace("-", " "),
            "language_names": [language_name(code) for code in session.languages],
        }
    return render(request, "surveys/fieldwork/teacher/session.html", context, status=status)


def _form(session: ClassSession, typed: Any = None) -> OpenForm:
    years = years_of(session)
    languages = document_for(session)["languages"] if session.wave.state == WaveState.OPEN else []
    initial = {
        "year_group": session.year_group,
        "present": session.present,
        "languages": session.languages or languages,
    }
    return OpenForm(typed, years=years, languages=languages, initial=initial)


def _frame(session: ClassSession, secret: str) -> dict[str, Any]:
    return {
        "session": session,
        "secret": secret,
        "token": make_token(_purpose(session)),
        "home_url": reverse("teacher_session", args=[secret]),
        "papers": [
            {"title": each.title, "url": reverse("teacher_paper", args=[secret, each.key])}
            for each in papers_for([session.year_group], FOR_TEACHERS)
        ],
        "no_index": True,
    }


def _state_now(session: ClassSession) -> str:
    """The state as a teacher sees it: after the two hours a session is closing, though nobody has closed it."""
    ends = closes_at(session)
    if session.state == SessionState.OPEN and ends is not None and timezone.now() >= ends:
        return SessionState.CLOSING
    return session.state


def _count_words(session: ClassSession) -> str:
    return _in_words(count_held(session))


def _in_words(count: int) -> str:
    """In fives after the lesson too: who knows that one of 28 did not send soon knows who."""
    lowest, highest = in_fives(count)
    if not highest:
        return _("No answers have come in yet.")
    return _("Between %(lowest)s and %(highest)s answers have come in.") % {"lowest": lowest, "highest": highest}


def _is_ours(request: HttpRequest, session: ClassSession) -> bool:
    return check_token(request.POST.get(TOKEN, ""), _purpose(session), _RULES) is TokenState.GOOD


def _purpose(session: ClassSession) -> str:
    return f"teacher:{session.link_hash}"


def _stale_words() -> str:
    return _("This page was open for a long time. Nothing is lost: please press the button again.")


def _listed(problems: list[str]) -> list[dict[str, str]]:
    return [{"text": problem, "target": ""} for problem in problems]


def _to(secret: str) -> HttpResponseRedirect:
    return see_other(reverse("teacher_session", args=[secret]))
