"""A questionnaire with the Young Advisors: what they read at `/review/`, what they decide, and their words taken over.

The review itself (comments, checklist, decision) stands in the room of the public pages; this is what the survey room
gives it through `foundation.registries.advisors`.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode

from foundation.accounts.models import User
from foundation.audit.models import Entry
from foundation.audit.services import record
from foundation.registries.advisors import Draft, DraftPlace, DraftProvider, DraftRefused, DraftView, draft_providers

from ..errors import SurveyError
from ..years import YearGroup
from .document import compile_document
from .enums import VersionState
from .models import Question, Version
from .permissions import EDIT
from .services.versions import take_step
from .states import Act, Who

NAME = "questionnaire"
WHOLE = "whole"
TAKES_WORDINGS = (VersionState.DRAFT, VersionState.IN_REVIEW)
"""Where their words can be taken over: while they read, a decision asks them to look again at what changed."""


def connect() -> None:
    """Once."""
    draft_providers.register(NAME, DraftProvider(waiting, draft, decide, put_in, may_edit))


def waiting() -> list[Draft]:
    """Versions that are with the Young Advisors, the oldest first."""
    rows = Version.objects.filter(state=VersionState.IN_REVIEW).select_related("questionnaire__survey")
    found = [_brief(version) for version in rows]
    return sorted(found, key=lambda one: (one.since is not None, one.since, one.key))


def draft(name: str) -> Draft | None:
    """The whole of a version."""
    version = _version(name)
    if version is None:
        return None
    document = version.document or compile_document(version)
    stamp = hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
    return _brief(version, stamp=stamp, views=_views(version, document), places=_places(version))


def decide(name: str, is_ready: bool, words: str, by: User) -> None:
    """Reviewed, or back to those who make it.

    Raises:
        DraftRefused: it is not with the Young Advisors.
    """
    version = _version(name)
    if version is None:
        raise DraftRefused("This questionnaire is not there any more.")
    try:
        take_step(
            version=version, act=Act.REVIEW if is_ready else Act.RETURN, who=Who.YOUNG_ADVISOR, by=by, words=words
        )
    except SurveyError as refusal:
        raise DraftRefused(str(refusal)) from refusal


@transaction.atomic
def put_in(name: str, place: str, old: str, new: str, by: User) -> None:
    """Take over a wording: the old words must stand exactly once in the English of that place.

    Raises:
        DraftRefused: they do not, the new ones do not fit there, or the version is past changing.
    """
    version = _version(name, for_update=True)
    if version is None:
        raise DraftRefused("This questionnaire is not there any more.")
    if version.state not in TAKES_WORDINGS:
        raise DraftRefused(
            "This version is past changing. Take it back to draft, or make a correction, then take this over."
        )
    old, new = old.strip(), new.strip()
    found = [(row, field) for row, field in _texts_of(version, place) if old and old in getattr(row, field)]
    if len(found) != 1 or getattr(found[0][0], found[0][1]).count(old) != 1:
        raise DraftRefused("The old words do not stand there exactly once. Please change it by hand.")
    row, field = found[0]
    text = getattr(row, field).replace(old, new)
    try:
        row._meta.get_field(field).clean(text, row)  # type: ignore[union-attr]
    except ValidationError as error:
        raise DraftRefused(f"The new words do not fit there. {' '.join(error.messages)}") from error
    setattr(row, field, text)
    row.save(update_fields=[field])
    Version.objects.filter(pk=version.pk).update(revision=F("revision") + 1)
    record(action="surveys.wording_taken_over", actor=by, subject=version, facts={"place": place})


def may_edit(name: str, user: User) -> bool:
    """Survey managers."""
    return user.has_perm(EDIT)


def _version(name: str, *, for_update: bool = False) -> Version | None:
    if not (name.isascii() and name.isdigit() and len(name) < 18):
        return None
    rows = Version.objects.select_related("questionnaire__survey")
    if for_update:
        rows = rows.select_for_update(of=("self",))
    found: Version | None = rows.filter(pk=int(name)).first()
    return found


def _brief(version: Version, **more: Any) -> Draft:
    sent = Entry.objects.filter(action="surveys.version_send", subject=f"surveys.version:{version.pk}")
    return Draft(
        **{
            "key": f"{NAME}-{version.pk}",
            "title": str(version),
            "kind": "Questionnaire",
            "stamp": "",
            "staff_url": reverse("surveys_version", args=[version.pk]),
            "is_waiting": version.state == VersionState.IN_REVIEW,
            "asks_answers": True,
            "since": sent.order_by("-sequence").values_list("at", flat=True).first(),
            **more,
        }
    )


def _views(version: Version, document: dict[str, Any]) -> list[DraftView]:
    """Each year group in English, then each other language for the youngest."""
    names = {code: str(name) for code, name in settings.LANGUAGES}
    page, years = reverse("advised_questionnaire", args=[version.pk]), document["years"]
    chosen = [(year, "en") for year in years]
    chosen += [(years[0], code) for code in document["languages"] if code != "en" and years]
    return [
        DraftView(
            label=str(YearGroup(year).label) if code == "en" else f"{YearGroup(year).label} ({names.get(code, code)})",
            url=f"{page}?{urlencode({'year': year, 'language': code})}",
        )
        for year, code in chosen
    ]


def _places(version: Version) -> list[DraftPlace]:
    places = [DraftPlace(WHOLE, "The whole questionnaire", "")]
    if version.intro:
        places.append(DraftPlace("intro", "First page", version.intro))
    number = 0
    for section in version.sections.prefetch_related("questions__options", "questions__rows"):
        texts = "\n".join(filter(None, (section.title, section.intro)))
        places.append(DraftPlace(f"section.{section.key}", f"Part: {section.title}", texts))
        for question in section.questions.all():
            number += 1
            texts = "\n".join(getattr(row, field) for row, field in _of_question(question) if getattr(row, field))
            places.append(DraftPlace(f"question.{question.code}", f"{number}. {question.text}"[:110], texts))
    return places


def _texts_of(version: Version, place: str) -> Iterator[tuple[models.Model, str]]:
    """The rows and fields that hold the English of a place."""
    kind, _dot, key = place.partition(".")
    if place == "intro":
        yield version, "intro"
    for section in version.sections.filter(key=key) if kind == "section" else []:
        yield section, "title"
        yield section, "intro"
    for question in Question.objects.filter(section__version=version, code=key) if kind == "question" else []:
        yield from _of_question(question)


def _of_question(question: Question) -> Iterator[tuple[models.Model, str]]:
    yield question, "text"
    yield question, "help_text"
    for row in question.rows.all():
        yield row, "text"
    for option in question.options.all():
        yield option, "text"
