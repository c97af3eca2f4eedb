"""Results with the Young Advisors: what they read at `/review/` before the public does, and what they decide.

They see what everybody will see and no more: every text here is made of the figures for `PUBLIC`, of a release that passed
the gate. The review itself (comments, checklist, decision) stands in the room of the public pages, as for questionnaires.
Figures do not change by it: a decision tells survey managers what to explain, and publishing stays theirs.
"""

import hashlib
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit.services import record
from foundation.registries.advisors import Draft, DraftPlace, DraftProvider, DraftRefused, DraftView, draft_providers

from ..errors import WrongState
from ..release.enums import ReleaseState
from ..release.models import Release
from ..release.permissions import EDIT
from ..results.audiences import PUBLIC
from ..results.figures import figures, items_of
from ..results.presenting import by_question, charts_for_everybody, question_text
from ..results.selectors import topics_of
from .models import ResultsDecision

NAME = "results"
WHOLE = "whole"


def connect() -> None:
    """Once."""
    draft_providers.register(NAME, DraftProvider(waiting, draft, decide, put_in, may_edit))


def waiting() -> list[Draft]:
    """Releases that passed the gate, are not public yet, and on which nothing was decided; the oldest first."""
    ready = Release.objects.filter(state=ReleaseState.READY, young_advisors_decision=None)
    return [_brief(release) for release in ready.select_related("wave__survey").order_by("pk")]


def draft(name: str) -> Draft | None:
    """The whole of a release, as everybody will see it; None before it passed the gate."""
    release = _release(name)
    if release is None:
        return None
    if release.state != ReleaseState.READY:
        return _brief(release)
    places = _places(release)
    stamp = hashlib.sha256(repr(places).encode()).hexdigest()[:16]
    return _brief(release, stamp=stamp, views=_views(release), places=places)


@transaction.atomic
def decide(name: str, is_ready: bool, words: str, by: User) -> None:
    """Keep it with the release, for the survey managers.

    Raises:
        DraftRefused: they are public, or somebody has decided.
    """
    release = _release(name, for_update=True)
    if release is None or not _is_waiting(release):
        raise DraftRefused(_("These figures do not wait for a first look."))
    decision = ResultsDecision.objects.create(release=release, is_ready=is_ready, words=words)
    record(action="surveys.results_advised", actor=by, subject=decision, facts={"is_ready": is_ready})


def put_in(name: str, place: str, old: str, new: str, by: User) -> None:
    """Never: the figures stand beside the very words that pupils read.

    Raises:
        DraftRefused: always.
    """
    raise DraftRefused(
        "These are the words that pupils read, so they are not changed here. Put the new ones into the next version of the "
        "questionnaire, and answer the comment."
    )


def may_edit(name: str, user: User) -> bool:
    """Survey managers."""
    return user.has_perm(EDIT)


@transaction.atomic
def ask_again(*, release: Release, by: User) -> None:
    """Show it to the Young Advisors once more, after something was done about what they said.

    Raises:
        WrongState: it is public, or they have not decided.
    """
    held = Release.objects.select_for_update().get(pk=release.pk)
    decision = ResultsDecision.objects.filter(release=held).first()
    if held.state != ReleaseState.READY or decision is None:
        raise WrongState("Only results that are not public, and that they have decided on, can be shown to them again.")
    record(action="surveys.results_shown_again", actor=by, subject=decision)
    decision.delete()


def _release(name: str, *, for_update: bool = False) -> Release | None:
    if not (name.isascii() and name.isdigit() and len(name) < 18):
        return None
    seen = {ReleaseState.READY, ReleaseState.RELEASED, ReleaseState.REPLACED}
    rows = Release.objects.filter(state__in=seen).select_related("wave__survey")
    found: Release | None = (rows.select_for_update(of=("self",)) if for_update else rows).filter(pk=int(name)).first()
    return found


def _is_waiting(release: Release) -> bool:
    return release.state == ReleaseState.READY and not ResultsDecision.objects.filter(release=release).exists()


def _brief(release: Release, **more: Any) -> Draft:
    wave = release.wave
    return Draft(
        **{
            "key": f"{NAME}-{release.pk}",
            "title": wave.full_name_here,
            "kind": _("Results"),
            "stamp": "",
            "staff_url": reverse("surveys_release", args=[release.pk]),
            "is_waiting": _is_waiting(release),
            "public_words_url": reverse("first_look_wave", args=[wave.survey.key, wave.slug]),
            **more,
        }
    )


def _views(release: Release) -> list[DraftView]:
    """The front page for each reader, then every topic."""
    front = [
        DraftView(_("For young people"), reverse("advised_results", args=[release.pk])),
        DraftView(_("For adults"), reverse("advised_results_for_adults", args=[release.pk])),
    ]
    topics = [
        DraftView(topic.name_here, reverse("advised_results_topic", args=[release.pk, topic.key]))
        for topic in topics_of(release)
    ]
    return [*front, *topics]


def _places(release: Release) -> list[DraftPlace]:
    """The whole, then every question that everybody will see, in words."""
    found = figures(release, [item["key"] for item in items_of(release)], audience=PUBLIC)
    places = [DraftPlace(WHOLE, _("All of the results"), "")]
    for number, one in enumerate((one for one in by_question(found.values()) if any(f.is_shown for f in one)), 1):
        title = question_text(one[0].item | {"row": None})
        lines = [title]
        for chart in charts_for_everybody(one):
            lines += [chart.title] if chart.title != title else []
            lines += [f"{bar.label}: {bar.display}" for bar in chart.rows]
        places.append(DraftPlace(f"question.{one[0].item['code']}", f"{number}. {title}"[:110], "\n".join(lines)))
    return places
