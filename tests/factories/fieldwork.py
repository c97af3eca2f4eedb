"""A wave that is open for practice, a school in it, and class sessions."""

import datetime

import factory
from django.utils import timezone

from foundation.partnership.models import School
from surveys.fieldwork import services
from surveys.fieldwork.services.waves import SchoolPlan
from surveys.models import ClassSession, Version, Wave, Wording
from surveys.questionnaire.wordings import texts_of

from .questionnaire import every_kind_of_question


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = School

    name = factory.Sequence(lambda n: f"Hillside School {n}")
    phase = "secondary"


def reviewed_version() -> Version:
    """Years 8 and 10, ready to be opened."""
    version = every_kind_of_question()
    for text in texts_of(version):
        if not text.words:
            Wording.objects.create(
                version=version, language=text.language, key=text.key, text=f"({text.english})", english=text.english
            )
    version.state = "reviewed"
    version.save()
    return version


def planned_wave(*, schools: int = 1, version: Version | None = None, is_demo: bool = True, days: int = 30) -> Wave:
    """A wave that can be opened; its schools ask Years 8 and 10."""
    version = version or reviewed_version()
    today = timezone.localdate()
    wave = services.plan_wave(
        survey=version.questionnaire.survey,
        name="Autumn",
        opens_on=today,
        closes_on=today + datetime.timedelta(days=days),
        versions=[version],
        is_demo=is_demo,
    )
    plans = [SchoolPlan(SchoolFactory(), (8, 10), {8: 180, 10: 175}) for _each in range(schools)]
    if plans:
        services.add_schools(wave=wave, schools=plans)
    return wave


def running_wave(**wishes) -> Wave:
    """A wave that is open."""
    return services.open_wave(wave=planned_wave(**wishes))


def school_of(wave: Wave) -> School:
    """The first school of a wave."""
    return wave.schools.first().school


def prepared_session(*, wave: Wave | None = None, **wishes) -> ClassSession:
    """A class session that nobody has opened."""
    wave = wave or running_wave()
    return services.prepare_session(wave=wave, **{"school": school_of(wave), "year_group": 8, "label": "8A"} | wishes)


def open_session(*, wave: Wave | None = None, present: int = 28, **wishes) -> ClassSession:
    """A class session that takes answers."""
    session = prepared_session(wave=wave, **wishes)
    return services.open_session(session=session, year_group=session.year_group, present=present, languages=["en"])
