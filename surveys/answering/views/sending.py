"""The one POST that stores answers, from the page's script or from the last step page."""

import json
import re
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.http import require_POST

from ...collection.services import Receipt, receive
from ...errors import AnswersRefused
from ...fieldwork import codes
from ...fieldwork.selectors import session_to_send_to
from ..response import for_pupils
from ..slowing import slow_a_wrong_code
from .steps import note_page, slip_number_of, take_step

LARGEST_BODY = 64 * 1024
"""Bytes. Sixty questions with every option ticked are under 10 KB; three hours' field of the step pages under 20 KB."""
NONCE = re.compile(r"[0-9a-f]{32}")

ANSWERED = {
    Receipt.STORED: ("sent", 200),
    Receipt.ALREADY_STORED: ("already", 200),
    Receipt.CLOSED: ("closed", 410),
    Receipt.FULL: ("full", 409),
    Receipt.SLIP_SPENT: ("spent", 409),
}


@require_POST
@for_pupils
def send(request: HttpRequest) -> HttpResponse:
    """JSON from the page's script, or a form from a step page."""
    is_script = request.content_type == "application/json"
    if _is_too_big(request):
        return _said("refused", 413) if is_script else note_page(request, "en", "refused", status=413)
    return _from_script(request) if is_script else take_step(request)


def _from_script(request: HttpRequest) -> HttpResponse:
    """`{"code", "version", "nonce", "answers"}` -> `{"state"}`: sent, already, closed, full, spent or refused."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError, UnreadablePostError, RequestDataTooBig, BadRequest):
        return _said("refused", 400)
    if not _has_the_right_shape(sent):
        return _said("refused", 400)
    session = session_to_send_to(codes.normalise(sent["code"]))
    if session is None:
        # A lesson that was sealed meanwhile looks the same as a code that never was.
        return _said("closed", 410) if slow_a_wrong_code() else _said("busy", 503)
    slip = slip_number_of(session, sent.get("slip", ""))
    if session.uses_slips and slip is None:
        # A page that we sent carries a good slip: only a guess comes here, so it is slowed like a guess at a code.
        return _said("spent", 409) if slow_a_wrong_code() else _said("busy", 503)
    try:
        receipt = receive(
            session=session, nonce=sent["nonce"], answers=sent["answers"], version=sent["version"], slip=slip
        )
    except (AnswersRefused, UnicodeEncodeError):  # half a character, which JSON can spell and no database can keep
        return _said("refused", 400)
    return _said(*ANSWERED[receipt])


def _has_the_right_shape(sent: Any) -> bool:
    return (
        isinstance(sent, dict)
        and isinstance(sent.get("code"), str)
        and isinstance(sent.get("nonce"), str)
        and NONCE.fullmatch(sent["nonce"]) is not None
        and isinstance(sent.get("answers"), dict)
        and isinstance(sent.get("version"), int)
        and not isinstance(sent["version"], bool)
        and isinstance(sent.get("slip", ""), str)
    )


def _is_too_big(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > LARGEST_BODY


def _said(state: str, status: int) -> HttpResponse:
    return JsonResponse({"state": state}, status=status)
