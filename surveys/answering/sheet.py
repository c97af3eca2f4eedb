"""The whole questionnaire for one class, as the page's script reads it: this year group, these languages, nothing for staff."""

import json
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from ..collection.encoding import LONGEST_TEXT
from ..questionnaire.reading import Block, Document, sections_for
from .help import lines_for
from .languages import language_choices
from .symbols import SYMBOLS
from .words import interface_words

ENGLISH = "en"


def languages_of(document: Document, wanted: list[str]) -> list[str]:
    """The languages of a class that the questionnaire has, in the class's order; English is always among them."""
    chosen = [code for code in wanted if code in document["languages"]]
    return chosen if ENGLISH in chosen else [*chosen, ENGLISH]


def sheet_for(
    document: Document, *, year_group: int, languages: list[str], at_school: str = "", is_preview: bool = False
) -> dict[str, Any]:
    """What the page's script needs; see `static/surveys/answering/`. Texts are `{language: words}`."""
    sections = [_section(section, languages) for section in sections_for(document, year_group)]
    return {
        "version": document["version"],
        "languages": language_choices(languages),
        "intro": _texts(document["intro"], languages),
        "sections": sections,
        "words": {code: interface_words(code) for code in languages},
        "help": {code: [vars(line) for line in lines_for(code)] for code in languages},
        "school": at_school,
        "symbols": _symbols(sections),
        "longest": LONGEST_TEXT,
        "send": reverse("survey_send"),
        "door": reverse("survey_door"),
        "done": reverse("survey_done"),
        "stopped": reverse("survey_stopped"),
        "preview": is_preview,
    }


def data_block(sheet: Mapping[str, Any]) -> SafeString:
    """A `<script>` of data, which the policy allows because nothing runs it. Letters stay letters: Bengali as escapes
    would be twice as heavy."""
    text = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))
    for mark, escape in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026"), ("\u2028", "\\u2028")):
        text = text.replace(mark, escape)
    return mark_safe(f'<script id="sheet" type="application/json">{text}</script>')  # noqa: S308 - escaped above


def _texts(texts: Mapping[str, str], languages: list[str]) -> dict[str, str]:
    return {code: texts[code] for code in languages if code in texts}


def _section(section: Block, languages: list[str]) -> dict[str, Any]:
    return {
        "key": section["key"],
        "title": _texts(section["title"], languages),
        "intro": _texts(section["intro"], languages),
        "sensitive": section["sensitive"],
        "questions": [_question(question, languages) for question in section["questions"]],
    }


def _question(question: Block, languages: list[str]) -> dict[str, Any]:
    number = question["number"]
    return {
        "code": question["code"],
        "kind": question["kind"],
        "text": _texts(question["text"], languages),
        "help": _texts(question["help"], languages),
        "prefer": question["prefer_not"],
        "shown_if": question["shown_if"],
        "options": [
            {
                "value": option["value"],
                "text": _texts(option["text"], languages),
                "symbol": option["symbol"] if option["symbol"] in SYMBOLS else "",
                "alone": option["kind"] == "none",
            }
            for option in question["options"]
        ],
        "rows": [{"key": row["key"], "text": _texts(row["text"], languages)} for row in question["rows"]],
        "number": number and {"min": number["min"], "max": number["max"], "unit": _texts(number["unit"], languages)},
    }


def _symbols(sections: list[dict[str, Any]]) -> dict[str, list[str]]:
    used = {
        option["symbol"] for section in sections for question in section["questions"] for option in question["options"]
    }
    return {name: SYMBOLS[name] for name in sorted(used) if name}
