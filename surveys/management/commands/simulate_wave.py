"""`manage.py simulate_wave`: generated pupils answer a practice wave."""

from collections import Counter
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.errors import SurveyError
from surveys.fieldwork.models import Wave
from surveys.simulate.direct import answer_lessons
from surveys.simulate.live import answer_over_http
from surveys.simulate.plan import Lesson, Place, lessons


class Command(BaseCommand):
    help = (
        "Lets generated pupils answer a wave that is marked as practice: through the pupils' own addresses of a running "
        "site (--base-url), or straight into the holding table and through the same flush (--direct)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="the wave, as survey/wave, such as hrbq/autumn-2026")
        parser.add_argument("--pupils", type=int, default=1_000)
        parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same pupils")
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--direct", action="store_true")
        way.add_argument("--base-url", help="such as http://127.0.0.1:8000; the site must use this very database")

    def handle(self, *, wave: str, pupils: int, seed: int, direct: bool, base_url: str | None, **_options: Any) -> None:
        chosen = self._wave(wave)
        planned = self._lessons(chosen, pupils, seed)
        began = perf_counter()
        try:
            if direct:
                states = Counter({"sealed or pooled": answer_lessons(wave=chosen, lessons=planned, seed=seed)})
            else:
                states = answer_over_http(wave=chosen, lessons=planned, seed=seed, base_url=str(base_url))
        except SurveyError as error:
            raise CommandError(str(error)) from error
        said = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        self.stdout.write(f"{len(planned)} lessons: {said}, in {perf_counter() - began:.1f} s.")

    def _wave(self, name: str) -> Wave:
        survey, _slash, slug = name.partition("/")
        wave = Wave.objects.filter(survey__key=survey, slug=slug).first()
        if wave is None:
            known = ", ".join(f"{w.survey.key}/{w.slug}" for w in Wave.objects.select_related("survey")) or "none"
            raise CommandError(f"There is no wave {name}. There are: {known}.")
        if not wave.is_demo:
            raise CommandError("Only a wave marked as practice can be answered by generated pupils.")
        return wave

    def _lessons(self, wave: Wave, pupils: int, seed: int) -> list[Lesson]:
        if pupils < 1:
            raise CommandError("--pupils must be 1 or more.")
        places = [Place(each.school_id, int(year)) for each in wave.schools.all() for year in each.year_groups]
        if not places:
            raise CommandError("No school takes part in this wave yet.")
        return list(lessons(places, pupils=pupils, seed=seed))
