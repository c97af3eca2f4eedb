"""What a school prints: which papers there are, who gets them, and what is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Helpline, School
from foundation.partnership.selectors import helplines_in

from ..years import Phase, YearGroup, phase_of
from .models import Wave, WaveSchool

ENGLISH = "en"
FOR_FAMILIES = (ENGLISH, "bn", "ar")
"""What families read exists in the languages of the site's pages; nobody who speaks them has checked the words yet."""


class Reader(StrEnum):
    """Who a paper is for."""

    TEACHER = "teacher"
    PARENT = "parent"
    PUPIL = "pupil"


@dataclass(frozen=True)
class Paper:
    """One thing to print. `phases`: the schools that need it; `languages`: those that its words exist in."""

    key: str
    title: str | Promise
    summary: str | Promise
    reader: Reader
    phases: tuple[Phase, ...] = (Phase.PRIMARY, Phase.SECONDARY)
    languages: tuple[str, ...] = (ENGLISH,)

    @property
    def template(self) -> str:
        """Where its words stand."""
        return f"surveys/fieldwork/paper/{self.key.replace('-', '_')}.html"


PAPERS: dict[str, Paper] = {
    paper.key: paper
    for paper in (
        Paper(
            "teachers-guide", _("Teacher’s guide"), _("Two pages: before, during and after the lesson."), Reader.TEACHER
        ),
        Paper("script", _("Script to read out"), _("What every class hears, in the same words."), Reader.TEACHER),
        Paper(
            "parents-letter",
            _("Letter to parents and carers"),
            _("With the slip for those who do not want their child to take part."),
            Reader.PARENT,
            languages=FOR_FAMILIES,
        ),
        Paper(
            "about-younger",
            _("About the survey, for younger pupils"),
            _("One page to talk about a few days before."),
            Reader.PUPIL,
            (Phase.PRIMARY,),
            FOR_FAMILIES,
        ),
        Paper(
            "about-older",
            _("About the survey, for older pupils"),
            _("One page to talk about a few days before."),
            Reader.PUPIL,
            (Phase.SECONDARY,),
            FOR_FAMILIES,
        ),
        Paper(
            "cards-younger",
            _("Support cards, for younger pupils"),
            _("Eight on a sheet to cut out. Everybody gets one, whatever they said."),
            Reader.PUPIL,
            (Phase.PRIMARY,),
        ),
        Paper(
            "cards-older",
            _("Support cards, for older pupils"),
            _("Eight on a sheet to cut out. Everybody gets one, whatever they said."),
            Reader.PUPIL,
            (Phase.SECONDARY,),
        ),
        Paper(
            "what-happens",
            _("What happens to the answers"),
            _("For anybody who asks: what is stored, who sees what, and what nobody can do."),
            Reader.PARENT,
        ),
    )
}
FOR_TEACHERS = (
    "teachers-guide",
    "script",
    "about-younger",
    "about-older",
    "cards-younger",
    "cards-older",
    "what-happens",
)
CARDS_ON_A_SHEET = 8


def papers_for(years: Sequence[int], keys: Sequence[str] = tuple(PAPERS)) -> list[Paper]:
    """The papers that a school with these year groups needs."""
    phases = {phase_of(year) for year in years} or set(Phase)
    return [PAPERS[key] for key in keys if phases & set(PAPERS[key].phases)]


def filling(
    *, wave: Wave, school: School | None, taking_part: WaveSchool | None, language: str = "en"
) -> dict[str, Any]:
    """What stands in the gaps of every paper."""
    years = sorted(int(year) for year in taking_part.year_groups) if taking_part else []
    return {
        "wave": wave,
        "survey": wave.survey,
        "school": school,
        "taking_part": taking_part,
        "year_names": [str(YearGroup(year).label) for year in years],
        "card_lines": child_lines(language),
        "adult_lines": adult_lines(language),
        "cards": range(CARDS_ON_A_SHEET),
    }


def child_lines(language: str) -> list[Helpline]:
    """Helplines that a child can call or write to, for cards: the ones for children, no emergency number among them."""
    wanted = {Helpline.Audience.CHILD, Helpline.Audience.EVERYBODY}
    found = [line for line in helplines_in(language) if line.audience in wanted and not line.is_emergency]
    reached = [line for line in found if line.phone or line.sms or line.web]
    return sorted(reached, key=lambda line: (line.audience != Helpline.Audience.CHILD, not line.phone))[:3]


def adult_lines(language: str) -> list[Helpline]:
    """Helplines for parents and teachers."""
    unwanted = {Helpline.Audience.CHILD, Helpline.Audience.PROFESSIONAL}
    found = [line for line in helplines_in(language) if line.audience not in unwanted and not line.is_emergency]
    return [line for line in found if line.phone][:3]
