"""Which release stands for a wave, what came before it, and figures that are kept for as long as it stands."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import QuerySet

from ..questionnaire.models import Topic
from ..release.enums import ReleaseState
from ..release.models import Release
from .audiences import Audience
from .figures import ALL, EVERYBODY, Figure, Slice, figures

Kind = TypeVar("Kind")
SHAPE = 4
"""Raise it whenever what is kept changes its classes: a shared cache outlives a deployment."""
FROZEN = {ReleaseState.RELEASED, ReleaseState.REPLACED}


def released() -> "QuerySet[Release]":
    """Releases that may be seen, newest wave first."""
    return Release.objects.filter(state=ReleaseState.RELEASED).select_related("wave__survey")


def release_of(*, survey: str, wave: str) -> Release | None:
    """The release that stands for a wave now."""
    return released().filter(wave__survey__key=survey, wave__slug=wave).first()


def release_before(release: Release) -> Release | None:
    """The release of the survey's wave before this one. Practice is compared with practice, what pupils said with what they
    said."""
    return (
        released()
        .filter(wave__survey=release.wave.survey_id, wave__opens_on__lt=release.wave.opens_on)
        .filter(wave__is_demo=release.wave.is_demo)
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
    return kept_for_good(
        release,
        ("figures", *keys, audience.key, by, part),
        lambda: figures(release, keys, audience=audience, by=by, part=part),
    )


def kept_for_good(release: Release, about: tuple[Any, ...], make: Callable[[], Kind]) -> Kind:
    """What follows from the cells of a frozen release alone, made once. `about`: all else that it depends on."""
    if release.state not in FROZEN:
        return make()
    asked = repr((SHAPE, release.pk, release.number, *about))
    name = f"release-{hashlib.sha256(asked.encode()).hexdigest()}"
    known: Kind | None = cache.get(name)
    if known is None:
        known = make()
        cache.set(name, known, timeout=None)
    return known
