"""A version as one JSON document: all that a pupil's page, the codebook and the figures need, without a query.

Each text is `{language: words}` with every language of the survey and English; what is not translated stands there in
English, and a text that is empty in English is `{}`. Empty `years` mean: as the parent. `reading.py` reads it.
"""

from typing import Any

from .enums import QuestionKind
from .models import Question, Section, Version

ENGLISH = "en"


def compile_document(version: Version) -> dict[str, Any]:
    """The whole version, in the order in which it is asked. Reads the database five times or so, whatever its size."""
    questionnaire = version.questionnaire
    survey = questionnaire.survey
    texts = _Texts(version, [ENGLISH, *(code for code in survey.languages if code != ENGLISH)])
    sections = version.sections.select_related("topic").prefetch_related(
        "questions__options", "questions__rows", "questions__subgroups"
    )
    return {
        "questionnaire": f"{survey.key}/{questionnaire.phase}",
        "version": version.number,
        "phase": questionnaire.phase,
        "years": sorted(questionnaire.year_groups),
        "languages": texts.languages,
        "intro": texts("intro", version.intro),
        "sections": [_section(section, texts) for section in sections],
    }


class _Texts:
    """Gives each text of a version in all its languages."""

    def __init__(self, version: Version, languages: list[str]) -> None:
        self.languages = languages
        self.translated = {(w.language, w.key): w.text for w in version.wordings.all() if w.text.strip()}

    def __call__(self, key: str, english: str) -> dict[str, str]:
        if not english:
            return {}
        return {code: self.translated.get((code, key), english) for code in self.languages}


def _section(section: Section, texts: _Texts) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": texts(f"section.{section.key}.title", section.title),
        "intro": texts(f"section.{section.key}.intro", section.intro),
        "years": sorted(section.year_groups),
        "sensitive": section.is_sensitive,
        "topic": section.topic.key,
        "questions": [_question(question, texts) for question in section.questions.all()],
    }


def _question(question: Question, texts: _Texts) -> dict[str, Any]:
    name = f"question.{question.code}"
    shown_if = None
    if question.shown_if_code:
        shown_if = {"code": question.shown_if_code, "values": list(question.shown_if_values)}
    number = None
    if question.kind == QuestionKind.NUMBER:
        number = {
            "min": question.number_min,
            "max": question.number_max,
            "unit": texts(f"{name}.unit", question.number_unit),
            "bands": list(question.number_bands),
        }
    return {
        "code": question.code,
        "kind": question.kind,
        "text": texts(f"{name}.text", question.text),
        "help": texts(f"{name}.help", question.help_text),
        "short": question.short_label or question.text,
        "years": sorted(question.year_groups),
        "prefer_not": question.allows_prefer_not,
        "sensitive": question.is_sensitive,
        "demographic": question.demographic,
        "subgroups": sorted(subgroup.key for subgroup in question.subgroups.all()),
        "shown_if": shown_if,
        "options": [
            {
                "value": option.value,
                "text": texts(f"{name}.option.{option.value}", option.text),
                "symbol": option.symbol,
                "kind": option.kind,
            }
            for option in question.options.all()
        ],
        "rows": [{"key": row.key, "text": texts(f"{name}.row.{row.key}", row.text)} for row in question.rows.all()],
        "number": number,
    }
