"""The site of the lesson benchmark: the demonstration's questionnaire, one school, open classes and their pupils' answers."""

import datetime
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from foundation.partnership.models import School
from surveys.collection.encoding import grow
from surveys.collection.services import flush_session
from surveys.demo.questionnaire import load_demo_questionnaire
from surveys.fieldwork.enums import SessionState, WaveState
from surveys.fieldwork.models import ClassSession, Wave, WaveSchool, WaveVersion
from surveys.fieldwork.services import close_session
from surveys.questionnaire.models import Survey, Version
from surveys.questionnaire.services.versions import freeze_version
from surveys.simulate.posting import body_for
from surveys.simulate.pupils import Pupils

from .lesson_urls import QUESTIONS

YEAR = 8
LARGEST_CLASS = 400


@dataclass
class Class:
    """An open class session and what its pupils will send."""

    session: ClassSession
    bodies: list[dict[str, Any]]


def classes_with_answers(classes: int, pupils: int) -> list[Class]:
    """Open so many classes; all in one school and year group, which is the heaviest flush there can be."""
    wave, document = _wave()
    drawn = Pupils(document, year_group=YEAR, school="bench", seed=1)
    made = []
    for _number in range(classes):
        session = _open(wave, pupils)
        bodies = [
            body_for(code=str(session.code), version=document["version"], answers=answers)
            for answers in drawn.draw(pupils)
        ]
        made.append(Class(session, bodies))
    return made


def seal(session: ClassSession) -> None:
    """What the teacher and the chores do, without the five minutes between them."""
    try:
        flush_session(session=close_session(session=ClassSession.objects.get(pk=session.pk)))
    finally:
        connection.close()


def rows_kept() -> int:
    """Rows of all answers, sealed, pooled or held."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM surveys_sealed) + (SELECT count(*) FROM surveys_pooled)"
            " + (SELECT count(*) FROM surveys_held)"
        )
        return int(cursor.fetchone()[0])


def rate_requests(port: int, sessions: int = 20) -> list[bytes]:
    """POSTs of full classes, ready to send."""
    wave, document = _wave()
    answers = list(Pupils(document, year_group=YEAR, school="rate", seed=2).draw(LARGEST_CLASS))
    requests = []
    for _number in range(sessions):
        session = _open(wave, LARGEST_CLASS)
        for one in answers:
            body = json.dumps(body_for(code=str(session.code), version=document["version"], answers=one))
            requests.append(_request(port, "/s/send/", body, "application/json"))
    return requests


def wagtail_requests(port: int, number: int = 8_000) -> list[bytes]:
    """The same number of answers as a filled-in form of Wagtail's."""
    body = urlencode({f"q{question}": question % 4 + 1 for question in range(QUESTIONS)})
    return [_request(port, "/benchmark/wagtail-form/", body, "application/x-www-form-urlencoded")] * number


def _request(port: int, path: str, body: str, kind: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: benchmark bot\r\nConnection: keep-alive\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body.encode())}\r\n\r\n"
    )
    return head.encode() + body.encode()


def _wave() -> tuple[Wave, dict[str, Any]]:
    today = timezone.localdate()
    load_demo_questionnaire()
    survey = Survey.objects.get(key="hrbq")
    version = freeze_version(
        version=Version.objects.get(questionnaire__survey=survey, questionnaire__phase="secondary")
    )
    document: dict[str, Any] = version.document or {}
    wave, is_new = Wave.objects.get_or_create(
        survey=survey, slug="bench",
        defaults={"name": "Bench", "state": WaveState.OPEN, "is_demo": True, "opens_on": today,
                  "closes_on": today + datetime.timedelta(days=9)},
    )  # fmt: skip
    if is_new:
        wave.positions = grow([], document)
        wave.save()
        WaveVersion.objects.create(wave=wave, version=version)
        school, _is_new = School.objects.get_or_create(name="Bench School", defaults={"phase": "secondary"})
        WaveSchool.objects.create(wave=wave, school=school, year_groups=[YEAR])
    return wave, document


def _open(wave: Wave, present: int) -> ClassSession:
    return ClassSession.objects.create(
        wave=wave, school=School.objects.get(name="Bench School"), year_group=YEAR, present=present, languages=["en"],
        state=SessionState.OPEN, opened_at=timezone.now(), held_on=timezone.localdate(),
        code=f"badger-lemon-{secrets.token_hex(6).translate(str.maketrans('0123456789', 'ghijklmnop'))}-42",
        link_hash=secrets.token_hex(32),
    )  # fmt: skip


__all__ = ["Class", "classes_with_answers", "rate_requests", "rows_kept", "seal", "wagtail_requests"]
