"""The wave that is open in the demonstration: two schools of one school lead, class sessions in each state, and one that
takes answers for as long as the demonstration runs."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import User
from foundation.partnership.models import School, SchoolLead

from ..fieldwork import services
from ..fieldwork.enums import SessionState, WaveState
from ..fieldwork.links import link_of
from ..fieldwork.models import ClassSession, Wave, WaveSchool
from ..fieldwork.selectors import is_taking
from ..fieldwork.services.waves import SchoolPlan
from ..models import Questionnaire, Survey
from ..questionnaire.enums import VersionState
from .names import autumn_of, give_names

SURVEY = "hrbq"
LEAD = "school-lead@example.org"
OURS = (
    ("Acorn Primary School (made up)", School.Phase.PRIMARY),
    ("Elder High School (made up)", School.Phase.SECONDARY),
)
ROLL = {School.Phase.PRIMARY: 30, School.Phase.SECONDARY: 150}
OPEN_LABEL = "The class that is open"
STAYS_OPEN = datetime.timedelta(days=30)
"""In the demonstration alone a code outlives its two hours: its session counts as opened in so many days."""


def load_demo_fieldwork(refresh: bool = False) -> int:
    """Add the open wave where it is missing, and open its class again where it has ended; how many things were made.

    Nothing outside demo mode.
    """
    survey = Survey.objects.filter(key=SURVEY).first()
    if not settings.DEMO_MODE or survey is None:
        return 0
    with transaction.atomic():
        wave, made = _wave(survey)
        return made + (_open_class(wave) if wave.state == WaveState.OPEN else 0)


def how_to_answer(base_url: str) -> list[str]:
    """Lines for the terminal: the class code that is open and its teacher's link. Empty where there is no such class."""
    if not settings.DEMO_MODE:
        return []
    load_demo_fieldwork()
    session = _live()
    if session is None:
        return []
    teacher = base_url + reverse("teacher_session", args=[link_of(session)])
    return [
        f"Answer the survey as a pupil at {base_url}/s/ with the class code {session.code}",
        f"See that class as its teacher:   {teacher}",
        f"Prepare classes as school lead:  {base_url}/schools/   ({LEAD})",
    ]


def _wave(survey: Survey) -> tuple[Wave, int]:
    today = timezone.localdate()
    name = f"Autumn {today.year}"
    found = Wave.objects.filter(survey=survey, name=name).first()
    if found is not None:
        return found, 0
    usable = [VersionState.REVIEWED, VersionState.FROZEN]
    versions = [
        version
        for questionnaire in Questionnaire.objects.filter(survey=survey).order_by("phase")
        if (version := questionnaire.versions.filter(state__in=usable).order_by("-number").first())
    ]
    wave = services.plan_wave(
        survey=survey, name=name, opens_on=today, closes_on=today + datetime.timedelta(days=60), versions=versions,
        is_demo=True,
    )  # fmt: skip
    services.add_schools(wave=wave, schools=list(_schools(survey)))
    _lead(wave)
    give_names(wave, autumn_of(today.year))
    wave = services.open_wave(wave=wave)
    return wave, 1 + _classes(wave)


def _schools(survey: Survey) -> Iterator[SchoolPlan]:
    asked = {q.phase: tuple(int(year) for year in q.year_groups) for q in survey.questionnaires.all()}
    for name, phase in OURS:
        if phase.value in asked:
            school, _is_new = School.objects.get_or_create(name=name, defaults={"phase": phase})
            yield SchoolPlan(school, asked[phase.value], dict.fromkeys(asked[phase.value], ROLL[phase]))


def _lead(wave: Wave) -> None:
    """The demonstration's school lead looks after both schools. The account's password comes with the demo users."""
    lead, _is_new = User.objects.get_or_create(
        email=LEAD, defaults={"display_name": "Demo school lead", "is_demo": True}
    )
    for taking_part in wave.schools.select_related("school"):
        if lead.is_demo:
            SchoolLead.objects.get_or_create(user=lead, school=taking_part.school)
        services.set_details(
            taking_part=taking_part,
            help_at_school="the school nurse, in the room next to the office",
            reply_to="the school office, office@school.example",
            opt_out_by=wave.opens_on + datetime.timedelta(days=10),
        )


def _classes(wave: Wave) -> int:
    """Class sessions in each state; the sealed ones hold nothing but what is left of any sealed session."""
    made = 0
    for taking_part in WaveSchool.objects.filter(wave=wave).select_related("school"):
        for year in taking_part.year_groups:
            wanted = [services.PreparedSession(f"{year}{letter}", int(year), 28) for letter in "ABC"]
            sessions = services.prepare_sessions(wave=wave, school=taking_part.school, wanted=wanted)
            made += len(sessions)
        first = wave.sessions.filter(school=taking_part.school).order_by("year_group", "label").first()
        if first is not None:
            opened = services.open_session(session=first, year_group=first.year_group, present=28)
            services.discard_session(session=opened)
    return made


def _open_class(wave: Wave) -> int:
    """Keep the class that is open so, or open another; how many were opened."""
    live = _live(wave)
    if live is not None:
        if not link_of(live):
            # Made with a key that is gone: a database that was carried to another checkout, or a new `var/secret_key`.
            services.renew_link(session=live)
        _keep_open(live)
        return 0
    taking_part = wave.schools.order_by("-school__phase").first()
    if taking_part is None:
        return 0
    year = int(max(taking_part.year_groups))
    prepared = services.prepare_session(wave=wave, school=taking_part.school, year_group=year, label=OPEN_LABEL)
    opened = services.open_session(
        session=prepared, year_group=year, present=30, languages=["en", *wave.survey.languages]
    )
    _keep_open(opened)
    return 1


def _live(wave: Wave | None = None) -> ClassSession | None:
    """The open class of the demonstration that takes answers now."""
    found = ClassSession.objects.filter(label=OPEN_LABEL, state=SessionState.OPEN, wave__is_demo=True)
    if wave is not None:
        found = found.filter(wave=wave)
    return next((each for each in found.select_related("wave") if is_taking(each, timezone.now())), None)


def _keep_open(session: ClassSession) -> None:
    ClassSession.objects.filter(pk=session.pk).update(opened_at=timezone.now() + STAYS_OPEN)
