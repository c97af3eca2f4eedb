"""Makes a question, with its options, rows and translations, from an entry of a YAML file.

An entry reads:

    code: DRINKS                       kind: grid (choice where left out)
    en, ar, ...: the question          help: {en: ..., ar: ...}       short: label for tables
    options: {1: {en: ..., ar: ..., symbol: ..., kind: ...}}          rows: {water: {en: ..., ar: ...}}
    number: {min: 0, max: 7, bands: [0, 1], unit: {en: ...}}          shown_if: {code: ..., values: [1]}
    years, minimum_year, sensitive, demographic, subgroups (keys), act ("we may act on this")
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from foundation.partnership.models import Subgroup

from ..enums import OptionKind, QuestionKind
from ..models import GridRow, Option, Question, Section, Version, Wording

Entry = Mapping[str, Any]


@transaction.atomic
def build_question(*, section: Section, entry: Entry, order: int) -> Question:
    """One question of a section, in every language that the entry and the survey share."""
    number = entry.get("number", {})
    rule = entry.get("shown_if", {})
    question = Question.objects.create(
        section=section,
        code=entry["code"],
        kind=entry.get("kind", QuestionKind.CHOICE),
        text=entry["en"],
        help_text=entry.get("help", {}).get("en", ""),
        short_label=entry.get("short", ""),
        year_groups=entry.get("years", []),
        order=order,
        is_sensitive=entry.get("sensitive", False),
        minimum_year=entry.get("minimum_year", 0),
        demographic=entry.get("demographic", ""),
        may_act_note=entry.get("act", ""),
        shown_if_code=rule.get("code", ""),
        shown_if_values=rule.get("values", []),
        number_min=number.get("min", 0),
        number_max=number.get("max", 24),
        number_bands=number.get("bands", []),
        number_unit=number.get("unit", {}).get("en", ""),
    )
    question.subgroups.set(Subgroup.objects.filter(key__in=entry.get("subgroups", [])))
    name = f"question.{question.code}"
    texts = {f"{name}.text": entry, f"{name}.help": entry.get("help", {}), f"{name}.unit": number.get("unit", {})}
    for place, (value, option) in enumerate(entry.get("options", {}).items()):
        Option.objects.create(
            question=question,
            value=value,
            text=option["en"],
            symbol=option.get("symbol", ""),
            kind=option.get("kind", OptionKind.ORDINARY),
            order=place,
        )
        texts[f"{name}.option.{value}"] = option
    for place, (key, row) in enumerate(entry.get("rows", {}).items()):
        GridRow.objects.create(question=question, key=key, text=row["en"], order=place)
        texts[f"{name}.row.{key}"] = row
    keep_wordings(version=section.version, texts=texts)
    return question


def keep_wordings(*, version: Version, texts: Mapping[str, Entry]) -> None:
    """The translations of these texts (`{key: {language: words}}`) into the survey's languages."""
    Wording.objects.bulk_create(
        Wording(version=version, language=language, key=key, text=words[language], english=words["en"])
        for key, words in texts.items()
        for language in version.questionnaire.survey.languages
        if words.get("en") and words.get(language)
    )
