"""Loads the demonstration's questionnaire from the YAML files here: two phases, eight topics, three languages."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from surveys.demo.names import give_names
from surveys.questionnaire.approved import approved_questions, may_ask
from surveys.questionnaire.enums import VersionState
from surveys.questionnaire.models import Questionnaire, Section, Survey, Topic, Version
from surveys.questionnaire.services.building import build_question, keep_wordings
from surveys.questionnaire.services.versions import start_version, take_step
from surveys.questionnaire.states import Act, Who

FOLDER = Path(__file__).parent
Block = dict[str, Any]


@transaction.atomic
def load_demo_questionnaire(refresh: bool = False) -> int:
    """Add the survey where it is missing; with `refresh`, write its versions anew unless a wave has used them.

    Returns how many versions were written.
    """
    about = _read("survey.yaml")
    topics = _topics(about["topics"])
    survey, _ = Survey.objects.get_or_create(
        key=about["key"], defaults={name: about[name] for name in ("name", "purpose", "languages")}
    )
    give_names(survey, about["names"])
    scales = _read("scales.yaml")
    sections = [_read(file.name) for file in sorted(FOLDER.glob("[0-9]*.yaml"))]
    written = 0
    for phase, block in about["questionnaires"].items():
        questionnaire, _ = Questionnaire.objects.get_or_create(
            survey=survey, phase=phase, defaults={"year_groups": block["years"]}
        )
        if refresh and not questionnaire.versions.filter(state=VersionState.FROZEN).exists():
            questionnaire.versions.all().delete()
        if questionnaire.versions.exists():
            continue
        version = start_version(questionnaire=questionnaire)
        version.intro = block["intro"]["en"].strip()
        version.save()
        keep_wordings(version=version, texts={"intro": {k: text.strip() for k, text in block["intro"].items()}})
        for order, section in enumerate(sections):
            _write_section(version, section, order, topics, scales)
        take_step(version=version, act=Act.SKIP, who=Who.MANAGER, words=about["skipped_because"])
        written += 1
    return written


def _read(name: str) -> Block:
    block: Block = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return block


def _topics(named: dict[str, dict[str, str]]) -> dict[str, Topic]:
    topics = {}
    for order, (key, names) in enumerate(named.items()):
        topics[key], _ = Topic.objects.get_or_create(key=key, defaults={"name": names["en"], "order": order})
        give_names(topics[key], names)
    return topics


def _write_section(version: Version, block: Block, order: int, topics: dict[str, Topic], scales: Block) -> None:
    phase, asked = version.questionnaire.phase, version.questionnaire.year_groups
    if phase not in block.get("phases", [phase]):
        return
    section = Section.objects.create(
        version=version,
        key=block["key"],
        title=block["title"]["en"],
        intro=block.get("intro", {}).get("en", ""),
        topic=topics[block["topic"]],
        year_groups=_years(block, asked),
        is_sensitive=block.get("sensitive", False),
        order=order,
    )
    name = f"section.{section.key}"
    keep_wordings(version=version, texts={f"{name}.title": block["title"], f"{name}.intro": block.get("intro", {})})
    entries = [entry for entry in map(_whole, block["questions"]) if phase in entry.get("phases", [phase])]
    for place, entry in enumerate(entries):
        options = scales[entry["scale"]] if "scale" in entry else entry.get("options", {})
        whole = {**entry, "options": options, "years": _years(entry, section.year_groups or asked)}
        build_question(section=section, entry=whole, order=place)


def _whole(entry: Block) -> Block:
    """An entry of the approved list stands for the question that the list gives."""
    if "approved" not in entry:
        return entry
    approved = approved_questions()[entry["approved"]]
    phases = [phase for phase in ("primary", "secondary") if may_ask(demographic=entry["approved"], phase=phase)]
    return {**approved, "phases": phases, "years": approved.get("years", _from(approved))}


def _from(approved: Block) -> list[int]:
    youngest = approved.get("minimum_year", 0)
    return list(range(youngest, 14)) if youngest else []


def _years(block: Block, parent: list[int]) -> list[int]:
    """The years of this block within its parent's; empty where they are the same."""
    years = [year for year in block.get("years", parent) if year in parent] or parent
    return [] if years == parent else years
