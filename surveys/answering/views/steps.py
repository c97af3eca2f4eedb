"""The same questions without a script: one POST a step, the answers so far in one sealed field, only the last stores."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString

from ...collection.documents import asked_in
from ...collection.encoding import LONGEST_TEXT
from ...collection.services import Receipt, receive
from ...errors import AnswersRefused
from ...fieldwork.models import ClassSession
from ...fieldwork.selectors import live_session
from ...fieldwork.slips import slip_number
from ...questionnaire.enums import QuestionKind
from ...questionnaire.reading import words
from ..calm import colours, tiles
from ..carried import Carried, NotCarried, seal, unseal
from ..doorway import at_school_of
from ..given import PREFER_NOT, AnswerProblem, read_answer
from ..languages import language_choices
from ..response import page
from ..sheet import languages_of
from ..steps import Step, Way, part_count
from ..symbols import SYMBOLS
from ..words import interface_words

NOT_KEPT = {Receipt.CLOSED: ("closed", 410), Receipt.FULL: ("full", 409), Receipt.SLIP_SPENT: ("spent", 409)}
"""What became of answers that were not stored, as the words name it, and the status that says so."""


def slip_number_of(session: ClassSession, slip: str) -> int | None:
    """The number of the slip that was drawn; None in a lesson without slips."""
    return slip_number(session, slip) if session.uses_slips and slip else None


def take_step(request: HttpRequest) -> HttpResponse:
    """What the buttons of a step page lead to."""
    try:
        carried = unseal(request.POST.get("page", ""))
    except NotCarried:
        return note_page(request, "en", "expired", status=400)
    go = request.POST.get("go", "language" if "language" in request.POST else "next")
    if go == "stop-yes":
        return HttpResponseRedirect(reverse("survey_stopped"), status=303)
    session = live_session(carried.code)
    if session is None:
        return note_page(request, carried.language, "closed", status=410)
    try:
        document, _encoder = asked_in(wave_id=session.wave_id, year_group=session.year_group, number=carried.version)
    except AnswersRefused:
        return note_page(request, carried.language, "refused", status=400)
    way = Way(document, session.year_group, carried.answers, frozenset(carried.left_out))
    languages = languages_of(document, list(session.languages))
    if request.POST.get("language") in languages:
        carried.language = request.POST["language"]
    return _Turn(request, session, way, carried, languages).take(go)


class _Turn:
    """One button pressed on one step page."""

    def __init__(
        self, request: HttpRequest, session: ClassSession, way: Way, carried: Carried, languages: list[str]
    ) -> None:
        self.request, self.session, self.way, self.carried, self.languages = request, session, way, carried, languages
        steps = way.steps()
        carried.at = min(max(carried.at, 0), len(steps) - 1)
        self.step = steps[carried.at]

    def take(self, go: str) -> HttpResponse:
        if go == "stop":
            return self._draw(asks_to_stop=True)
        if go in {"stop-no", "language"}:
            return self._draw()
        if go == "send" and self.step.kind == "send":
            return self._send()
        given = self.request.POST.getlist("answer")
        try:
            self._note(read_answer(self.step, given, self.carried.language))
        except AnswerProblem as problem:
            # Going back must always work; only going on asks for an answer that fits.
            if go != "back":
                return self._draw(problem=str(problem), typed=given)
        self._leave_out_or_in(go)
        self._move(back=go == "back")
        return self._draw()

    def _note(self, value: Any) -> None:
        step, answers = self.step, self.carried.answers
        if step.question is None:
            return
        code = step.question["code"]
        if step.row is not None:
            rows = {key: kept for key, kept in answers.get(code, {}).items() if key != step.row["key"]}
            value = rows if value is None else {**rows, step.row["key"]: value}
        if value is None or value == {}:
            answers.pop(code, None)
        else:
            answers[code] = value

    def _leave_out_or_in(self, go: str) -> None:
        if self.step.kind != "part" or self.step.section is None or go == "back":
            return
        key = self.step.section["key"]
        kept = [other for other in self.carried.left_out if other != key]
        self.carried.left_out = [*kept, key] if go == "skip" else kept

    def _move(self, *, back: bool) -> None:
        way = replace(self.way, answers=self.carried.answers, left_out=frozenset(self.carried.left_out))
        self.way = way
        self.carried.at = way.before(self.carried.at) if back else way.after(self.carried.at)

    def _draw(self, **context: Any) -> HttpResponse:
        return step_page(
            self.request,
            way=self.way,
            carried=self.carried,
            languages=self.languages,
            at_school=at_school_of(self.session),
            **context,
        )

    def _send(self) -> HttpResponse:
        try:
            receipt = receive(
                session=self.session,
                nonce=self.carried.nonce,
                answers=self.way.sendable(),
                version=self.carried.version,
                slip=slip_number_of(self.session, self.carried.slip),
            )
        except AnswersRefused:
            return note_page(self.request, self.carried.language, "refused", status=400)
        if not receipt.is_kept:
            name, status = NOT_KEPT[receipt]
            return note_page(self.request, self.carried.language, name, status=status)
        name = "survey_done" if receipt == Receipt.STORED else "survey_already"
        # A page of its own, so that neither reload nor Back can send again.
        return HttpResponseRedirect(f"{reverse(name)}?l={self.carried.language}", status=303)


def step_page(
    request: HttpRequest,
    *,
    way: Way,
    carried: Carried,
    languages: list[str],
    at_school: str = "",
    problem: str = "",
    typed: list[str] | None = None,
    asks_to_stop: bool = False,
    sheet: SafeString | str = "",
    is_preview: bool = False,
) -> HttpResponse:
    """One step as a page. With `sheet` (the first page) a script takes over where there is one."""
    step = way.steps()[carried.at]
    language = carried.language
    said = interface_words(language)
    parts = part_count(way.document, way.year_group)
    return page(
        request,
        "step",
        language=language,
        status=400 if problem else 200,
        at_school=at_school,
        step=step,
        is_first=carried.at == 0,
        sealed="" if is_preview else seal(carried),
        intro=words(way.document["intro"], language),
        section_title=words(step.section["title"], language) if step.section else "",
        section_intro=words(step.section["intro"], language) if step.section else "",
        asked=_asked(step, carried, typed, language) if step.question else None,
        part_line="" if step.kind == "start" else said["part"].format(number=step.part + 1, all=parts),
        parts=[("now" if at == step.part else "done" if at < step.part else "") for at in range(parts)]
        if step.kind != "start"
        else [],
        problem=problem,
        asks_to_stop=asks_to_stop,
        languages=language_choices(languages),
        sheet=sheet,
        calm={"colours": colours(language), "tiles": tiles(language)} if sheet else None,
        is_preview=is_preview,
    )


def note_page(request: HttpRequest, language: str, name: str, *, status: int) -> HttpResponse:
    """A page that says kindly why it cannot go on: `NAME_title` and `NAME_text` of the words."""
    said = interface_words(language)
    return page(
        request, "note", language=language, status=status, title=said[f"{name}_title"], text=said[f"{name}_text"]
    )


def _asked(step: Step, carried: Carried, typed: list[str] | None, language: str) -> dict[str, Any]:
    """The question of a step as its template reads it."""
    question, row = step.question, step.row
    assert question is not None
    said = interface_words(language)
    kept = carried.answers.get(question["code"])
    if row is not None:
        kept = (kept or {}).get(row["key"])
    chosen = {str(value) for value in (kept if isinstance(kept, list) else [] if kept is None else [kept])}
    chosen = set(typed) if typed is not None else chosen
    kind = QuestionKind.CHOICE if row is not None else question["kind"]
    number = question["number"]
    return {
        "kind": str(kind),
        "title": words(row["text"], language) if row else words(question["text"], language),
        "stem": words(question["text"], language) if row else "",
        "help": words(question["help"], language),
        "hint": _hint(kind, number, said),
        "options": [
            {
                "value": option["value"],
                "text": words(option["text"], language),
                "lines": SYMBOLS.get(option["symbol"], []),
                "chosen": str(option["value"]) in chosen,
            }
            for option in question["options"]
        ],
        "prefer_not": question["prefer_not"],
        "prefers_not": str(PREFER_NOT) in chosen,
        "value": next((text for text in chosen if text != str(PREFER_NOT)), ""),
        "unit": words(number["unit"], language) if number else "",
        "longest": LONGEST_TEXT,
    }


def _hint(kind: str, number: dict[str, Any] | None, said: dict[str, str]) -> str:
    if kind == QuestionKind.NUMBER and number:
        return said["number_hint"].format(min=number["min"], max=number["max"])
    if kind == QuestionKind.TEXT:
        return said["text_left"].format(count=LONGEST_TEXT)
    return said["choose_all"] if kind == QuestionKind.CHOOSE_ALL else said["choose_one"]
