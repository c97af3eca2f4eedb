"""The texts of a version and how each stands in each language: there, missing, or made from other English words."""

from collections.abc import Iterator
from dataclasses import dataclass

from .models import Section, Version


@dataclass(frozen=True)
class Text:
    """One text in one language. `standing`: "there", "missing" or "stale"."""

    language: str
    key: str
    label: str
    english: str
    words: str
    made_from: str

    @property
    def standing(self) -> str:
        if not self.words.strip():
            return "missing"
        return "there" if self.made_from == self.english else "stale"


def english_of(version: Version) -> Iterator[tuple[str, str, str]]:
    """Every text that pupils read: its key, what it is in a few words, and the English."""
    sections = version.sections.prefetch_related("questions__options", "questions__rows")
    texts = [("intro", "First page", version.intro), *(text for section in sections for text in _of_section(section))]
    return ((key, label, english) for key, label, english in texts if english)


def texts_of(version: Version, language: str = "") -> list[Text]:
    """Every text in this language, or in each language of the survey, in the order in which it is asked."""
    languages = [language] if language else [code for code in version.questionnaire.survey.languages if code != "en"]
    english = list(english_of(version))
    kept = {(w.language, w.key): w for w in version.wordings.filter(language__in=languages)}
    texts = []
    for code in languages:
        for key, label, words in english:
            wording = kept.get((code, key))
            texts.append(
                Text(code, key, label, words, wording.text if wording else "", wording.english if wording else "")
            )
    return texts


def _of_section(section: Section) -> Iterator[tuple[str, str, str]]:
    name = f"section.{section.key}"
    yield f"{name}.title", "Section", section.title
    yield f"{name}.intro", f"{section.title}: words before it", section.intro
    for question in section.questions.all():
        name = f"question.{question.code}"
        yield f"{name}.text", question.code, question.text
        yield f"{name}.help", f"{question.code}: help", question.help_text
        yield f"{name}.unit", f"{question.code}: unit", question.number_unit if question.kind == "number" else ""
        for row in question.rows.all():
            yield f"{name}.row.{row.key}", f"{question.code}: row", row.text
        for option in question.options.all():
            yield f"{name}.option.{option.value}", f"{question.code}: answer {option.value}", option.text
