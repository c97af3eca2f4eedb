"""Two closed waves with generated answers, last year's and the one two years before it, so that the figures of the
demonstration have something to show and to be compared with."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.partnership.models import School

from ..collection.encoding import grow
from ..collection.services import finish_wave
from ..collection.services.cleaning import clean_if_quiet
from ..fieldwork.enums import WaveState
from ..fieldwork.models import Wave, WaveSchool, WaveVersion
from ..models import Questionnaire, Survey
from ..questionnaire.enums import VersionState
from ..questionnaire.services.versions import freeze_version
from ..simulate.direct import answer_lessons
from ..simulate.plan import Place, lessons
from .names import autumn_of, translations_of

SURVEY = "hrbq"
PUPILS = 1_800
YEARS_BETWEEN = 2
YEARS = {School.Phase.PRIMARY: [4, 6], School.Phase.SECONDARY: [8, 10]}
SCHOOLS = {
    "Acorn Primary School (made up)": School.Phase.PRIMARY,
    "Bramble Primary School (made up)": School.Phase.PRIMARY,
    "Clover Primary School (made up)": School.Phase.PRIMARY,
    "Elder High School (made up)": School.Phase.SECONDARY,
    "Fern High School (made up)": School.Phase.SECONDARY,
    "Gorse High School (made up)": School.Phase.SECONDARY,
}


def load_demo_answers(refresh: bool = False) -> int:
    """Add last year's wave where it is missing; how many pupils answered. Nothing outside demo mode."""
    return _answered(timezone.localdate().year - 1)


def load_earlier_answers() -> int:
    """Add the wave before it. A first start does this after the site is up, for nothing but a comparison needs it."""
    return _answered(timezone.localdate().year - 1 - YEARS_BETWEEN)


def _answered(year: int) -> int:
    survey = Survey.objects.filter(key=SURVEY).first()
    if not settings.DEMO_MODE or survey is None:
        return 0
    slug = f"autumn-{year}"
    if Wave.objects.filter(survey=survey, slug=slug).exists():
        return 0
    with transaction.atomic():
        wave = _wave(survey, year, slug)
        places = list(_places(wave))
        answered = answer_lessons(wave=wave, lessons=lessons(places, pupils=PUPILS, seed=year), seed=year)
        finish_wave(wave=wave)
    clean_if_quiet()
    return answered


def _wave(survey: Survey, year: int, slug: str) -> Wave:
    """Asks the newest version of each questionnaire that was reviewed."""
    closed = datetime.date(year, 11, 28)
    wave = Wave(
        survey=survey, name=f"Autumn {year}", slug=slug, state=WaveState.CLOSED, is_demo=True,
        names=translations_of(f"Autumn {year}", autumn_of(year)),
        opens_on=datetime.date(year, 11, 3), closes_on=closed, closed_on=closed,
    )  # fmt: skip
    usable = [VersionState.REVIEWED, VersionState.FROZEN]
    versions = [
        freeze_version(version=version)
        for questionnaire in Questionnaire.objects.filter(survey=survey)
        if (version := questionnaire.versions.filter(state__in=usable).order_by("-number").first())
    ]
    for version in versions:
        wave.positions = grow(wave.positions, version.document or {})
    wave.save()
    WaveVersion.objects.bulk_create(WaveVersion(wave=wave, version=version) for version in versions)
    return wave


def _places(wave: Wave) -> list[Place]:
    phases = set(wave.versions.values_list("version__questionnaire__phase", flat=True))
    places = []
    for name, phase in SCHOOLS.items():
        if phase not in phases:
            continue
        school, _is_new = School.objects.get_or_create(name=name, defaults={"phase": phase})
        WaveSchool.objects.create(wave=wave, school=school, year_groups=YEARS[phase])
        places += [Place(school.pk, year) for year in YEARS[phase]]
    return places
