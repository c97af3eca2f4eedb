"""At the door and afterwards: people mark themselves with the code of their booking, and say what they thought."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation.redirects import see_other

from .. import links
from ..errors import AlreadyDone, LinkDoesNotWork, ProgrammeError
from ..forms.public import CodeForm, EvaluationForm
from ..services.attendance import NotToday, is_door_open, mark_self
from ..services.evaluation import AllHaveAnswered, NotAskedNow, are_answers_left, is_asked, take_answers
from .frame import for_one_person, form_status, gone, show


@csrf_exempt  # a signed token stands in for the cookie that public pages do not set
@require_http_methods(["GET", "HEAD", "POST"])
@for_one_person
def here(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the QR code in the room: type the code, and you are on the list."""
    try:
        date = links.date_here(token)
    except LinkDoesNotWork as error:
        return gone(request, words=str(error))
    if not is_door_open(date):
        return gone(request, words=str(NotToday()), status=410)
    form = CodeForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid() and not form.is_spam:
        try:
            mark_self(date=date, code=form.cleaned_data["code"])
        except AlreadyDone:
            return see_other(f"{reverse('community:here_thanks')}?again=1")
        except ProgrammeError as error:
            form.add_error("code", str(error))
        else:
            return see_other(reverse("community:here_thanks"))
    context = {"form": form, "date": date, "course": date.course, "no_index": True}
    return show(request, "here.html", context, status=form_status(form))


@require_safe
@for_one_person
def here_thanks(request: HttpRequest) -> HttpResponse:
    """Welcome."""
    return show(request, "here_thanks.html", {"is_again": "again" in request.GET, "no_index": True})


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
@for_one_person
def evaluate(request: HttpRequest, token: str) -> HttpResponse:
    """What people thought. The address is the same for everybody who came, and nothing is kept but numbers and words."""
    try:
        course, stage = links.course_to_evaluate(token)
    except LinkDoesNotWork as error:
        return gone(request, words=str(error))
    if not is_asked(course, stage):
        return gone(request, words=str(NotAskedNow()), status=410)
    if request.method != "POST" and not are_answers_left(course, stage):
        return gone(request, words=str(AllHaveAnswered()), status=410)
    typed = request.POST if request.method == "POST" else None
    form = EvaluationForm(typed, course_id=course.pk, stage=stage, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            if not form.is_spam:
                take_answers(course=course, stage=stage, answers=form.answers(), remark=form.cleaned_data["remark"])
        except ProgrammeError as error:
            form.add_error(None, str(error))
        else:
            return see_other(reverse("community:evaluate_thanks"))
    context = {"form": form, "course": course, "stage": stage, "no_index": True}
    return show(request, "evaluate.html", context, status=form_status(form))


@require_safe
@for_one_person
def evaluate_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks."""
    return show(request, "evaluate_thanks.html", {"no_index": True})
