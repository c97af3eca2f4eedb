"""Which release stands for a wave, what came before it, and figures that are kept for as long as it stands."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from ..questionnaire.models import Topic
from ..release.enums import ReleaseState
from ..release.models import Release
from .audiences import Audience
from .figures import ALL, EVERYBODY, Figure, Slice, figures

FROZEN = {ReleaseState.RELEASED, ReleaseState.REPLACED}


def released() -> "QuerySet[Release]":
    """Releases that may be seen, newest wave first."""
    return Release.objects.filter(state=ReleaseState.RELEASED).select_related("wave__survey")


def release_of(*, survey: str, wave: str) -> Release | None:
    """The release that stands for a wave now."""
    return released().filter(wave__survey__key=survey, wave__slug=wave).first()


def release_before(release: Release) -> Release | None:
    """The release of the survey's wave before this one."""
    return (
        released()
        .filter(wave__survey=release.wave.survey_id, wave__opens_on__lt=release.wave.opens_on)
        .order_by("-wave__opens_on")
        .first()
    )


def topics_of(release: Release, *, subgroup: str = "") -> list[Topic]:
    """The topics that a release has figures of (for a subgroup: that it is served by), in their order."""
    keys = {item["topic"] for item in release.structure["items"] if not subgroup or subgroup in item["subgroups"]}
    return list(Topic.objects.filter(key__in=keys))


def characteristics_of(release: Release) -> list[dict[str, Any]]:
    """What a figure can be split by beside year group: the crossed characteristic, then the breakdowns."""
    crossed = release.structure["crossed"]
    return [*([crossed] if crossed else []), *release.structure["breakdowns"]]


def kept_figures(
    release: Release, keys: Sequence[str], *, audience: Audience, by: str = EVERYBODY, part: Slice = ALL
) -> dict[str, Figure]:
    """`figures`, computed once for a frozen release: its cells never change, so neither do they."""
    if release.state not in FROZEN:
        return figures(release, keys, audience=audience, by=by, part=part)
    asked = repr((release.pk, release.number, list(keys), audience.key, by, part))
    name = f"figures-{hashlib.sha256(asked.encode()).hexdigest()}"
    known: dict[str, Figure] | None = cache.get(name)
    if known is None:
        known = figures(release, keys, audience=audience, by=by, part=part)
        cache.set(name, known, timeout=None)
    return known
