"""An open lesson with a small questionnaire of every kind of question, in English and Arabic."""

import json
from typing import Any

import pytest

from surveys.answering import slowing
from surveys.fieldwork import selectors
from tests.surveys.collection.conftest import (
    add_version,
    document,
    make_lesson,  # noqa: F401
    make_school,  # noqa: F401
    make_wave,  # noqa: F401
    on_file,  # noqa: F401
    question,
)

CODE = "bamboo-lemon-river-42"
NONCE = "0123456789abcdef" * 2
TEXT_STAFF_ONLY = "only-for-tables"


def small(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Three parts: sleep (with a route), a hard part that can be left out, and the rest."""
    paper = document(number=number)
    kind = {"value": 3, "text": {"en": "None of these"}, "symbol": "", "kind": "none"}
    choose = question("CLUBS", "choose-all")
    choose["options"] = [*choose["options"][:2], kind]
    parts = {
        "sleep": [
            question("SLEEP", short=TEXT_STAFF_ONLY, text={"en": "Did you sleep well?", "ar": "هل نمت جيدا؟"}),
            question("WHY", shown_if={"code": "SLEEP", "values": [2]}),
            question("YEAR10", years=[10]),
        ],
        "hard": [question("HARD", sensitive=True)],
        "rest": [choose, question("DRINKS", "grid"), question("HOURS", "number")],
    }
    paper["languages"] = ["en", "ar"]
    paper["intro"] = {"en": "Please think for yourself.", "ar": "فكر بنفسك."}
    paper["sections"] = [
        {
            "key": key, "title": {"en": key.title(), "ar": key.title()}, "intro": {}, "years": [], "sensitive": key == "hard",
            "topic": "all", "questions": questions,
        }
        for key, questions in parts.items()
    ]  # fmt: skip
    return {**paper, **changes}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slowing, "WAIT_SECONDS", 0)
    selectors._documents.forget()


@pytest.fixture
def open_lesson(db, make_wave, make_lesson):  # noqa: F811 - fixtures of the collection's tests
    """`open_lesson(document=…, present=…)`: a lesson that CODE opens."""

    def make(*, paper: dict[str, Any] | None = None, **more: Any) -> Any:
        lesson = make_lesson(make_wave(paper or small()), **{"languages": ["en", "ar"], **more})
        lesson.code = CODE
        lesson.save()
        return lesson

    return make


@pytest.fixture
def lesson(open_lesson):
    return open_lesson()


@pytest.fixture
def post(client):
    """`post(answers, …)`: what the page's script sends; gives `(status, state)`."""

    def send(answers: Any = None, *, body: Any = None, **changes: Any) -> tuple[int, str]:
        sent = {"code": CODE, "version": 1, "nonce": NONCE, "slip": "", "answers": answers or {}, **changes}
        text = json.dumps(sent) if body is None else body
        response = client.post("/s/send/", text, content_type="application/json")
        return response.status_code, response.json()["state"]

    return send


__all__ = ["add_version"]
