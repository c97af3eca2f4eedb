"""Sessions outside school in the admin: opened and closed here, with slips to print where people answer at home."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property

from ...collection.services import count_held
from ...errors import SurveyError
from .. import services
from ..counting import in_fives
from ..links import link_of
from ..models import ClassSession
from ..selectors import closes_at
from ..slips import slips_of
from ..states import TAKING
from .managers import WaveFrame


class SessionView(WaveFrame):
    """One session outside school."""

    template_name = "surveys/fieldwork/admin/session.html"

    @cached_property
    def session(self) -> ClassSession:
        rows = ClassSession.objects.select_related("wave__survey")
        return get_object_or_404(rows, pk=self.kwargs["session_id"], wave=self.wave, school=None)

    def get_page_title(self) -> str:
        return self.session.label or "Session outside school"

    def get(self, request: HttpRequest, wave_id: int, session_id: Any) -> HttpResponse:
        session = self.session
        secret = link_of(session)
        return self.show(
            session=session,
            is_taking=session.state in TAKING,
            fives=in_fives(count_held(session)) if session.state in TAKING else in_fives(session.received),
            closes_at=closes_at(session),
            link=request.build_absolute_uri(reverse("teacher_session", args=[secret])) if secret else "",
        )

    def post(self, request: HttpRequest, wave_id: int, session_id: Any) -> HttpResponse:
        session = self.session
        acts = {
            "open": lambda: services.open_session(
                session=session,
                year_group=session.year_group,
                present=session.present or 1,
                languages=["en", *self.wave.survey.languages],
            ),
            "close": lambda: services.close_session(session=session),
            "discard": lambda: services.discard_session(session=session, by=self.user),
            "remove": lambda: services.remove_session(session=session, by=self.user),
        }
        act = request.POST.get("act", "")
        if act not in acts:
            raise Http404
        try:
            acts[act]()
        except SurveyError as refusal:
            messages.error(request, str(refusal))
        if act == "remove":
            return self.back()
        return redirect("surveys_session", self.wave.pk, session.pk)


class SlipsView(SessionView):
    """The slips of a session, to print, cut and put on a pile. Only while it is open: then its key is gone."""

    def get(self, request: HttpRequest, wave_id: int, session_id: Any) -> HttpResponse:
        slips = slips_of(self.session)
        if not slips:
            raise Http404
        if not self.may_edit:
            raise Http404
        words = {"session": self.session, "wave": self.wave, "code": (self.session.code or "").replace("-", " ")}
        address = request.build_absolute_uri(reverse("survey_door")).partition("://")[2].rstrip("/")
        context = {**words, "slips": slips, "address": address}
        return render(request, "surveys/fieldwork/paper/slips.html", context)

    def post(self, request: HttpRequest, wave_id: int, session_id: Any) -> HttpResponse:
        raise Http404
