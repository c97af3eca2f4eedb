"""`manage.py release WAVE`: compute a planned release, with its progress; `--publish` lets others see it if it passed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.errors import SurveyError
from surveys.fieldwork.models import Wave
from surveys.release.advice import advice_on
from surveys.release.enums import ReleaseState
from surveys.release.models import Release
from surveys.release.services import compute_release, plan_release, publish_release


class Command(BaseCommand):
    help = "Compute the release of a closed wave: count, round, attack. Nothing is seen before --publish."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", nargs="?", default="", help='The wave, as "survey/wave", such as hrbq/autumn-2026.')
        parser.add_argument(
            "--id", type=int, help="A planned release by its number in the database, instead of a wave."
        )
        parser.add_argument("--crossed-by", default="SEX", help="Crossed with year group (default: %(default)s).")
        parser.add_argument("--breakdowns", nargs="*", default=[], help="Codes of questions, such as FSM SEND.")
        parser.add_argument("--reason", default="", help="Why it replaces a release that is out.")
        parser.add_argument("--workers", type=int, default=1, help="How many processes (default: %(default)s).")
        parser.add_argument("--publish", action="store_true", help="Publish it if the gate lets it through.")

    def handle(self, *args: Any, **options: Any) -> None:
        release = self._find(options)
        try:
            if release.state not in {ReleaseState.READY, ReleaseState.RELEASED}:
                compute_release(release=release, workers=options["workers"], say=self._say)
            if release.state == ReleaseState.REFUSED:
                raise CommandError(self._refusal(release))
            self.stdout.write(release.report["gate"]["summary"])
            if options["publish"] and release.state == ReleaseState.READY:
                publish_release(release=release, by=None)
            self.stdout.write(f"{release}: {release.get_state_display()}.")
        except SurveyError as error:
            raise CommandError(str(error)) from error

    def _find(self, options: dict[str, Any]) -> Release:
        if options["id"]:
            found = Release.objects.filter(pk=options["id"]).first()
            if found is None:
                raise CommandError(f"There is no release {options['id']}.")
            return found
        survey, _, slug = options["wave"].partition("/")
        wave = Wave.objects.filter(survey__key=survey, slug=slug).first()
        if wave is None:
            known = ", ".join(f"{one.survey.key}/{one.slug}" for one in Wave.objects.select_related("survey"))
            raise CommandError(f"There is no wave {options['wave']}. There are: {known or 'none'}.")
        last = wave.releases.order_by("-number").first()
        if last and (last.state not in {ReleaseState.RELEASED, ReleaseState.REPLACED} or not options["reason"]):
            return last
        try:
            return plan_release(
                wave=wave,
                crossed_by=options["crossed_by"],
                breakdowns=options["breakdowns"],
                by=None,
                reason=options["reason"],
            )
        except SurveyError as error:
            raise CommandError(str(error)) from error

    def _say(self, step: str, done: int, of: int) -> None:
        if self.stdout.isatty() or done in {0, of}:
            self.stdout.write(f"{step} {done}/{of}" if of else f"{step} …", ending="\r" if done < of else "\n")
            self.stdout.flush()

    @staticmethod
    def _refusal(release: Release) -> str:
        problems = release.report["gate"]["problems"]
        lines = [
            f"  {', '.join([one['question'], one['cube'], *one['group'].values()])}: {one['why']}"
            for one in problems[:20]
        ]
        more = [f"  and {len(problems) - 20} more"] if len(problems) > 20 else []
        advice = advice_on(release)
        return "\n".join([f"The gate stopped this release; nothing is published. {advice}", *lines, *more])
