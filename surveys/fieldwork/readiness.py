"""What must be put right before a wave can open or ask a corrected version: plain sentences for the survey manager."""

from collections.abc import Iterable

from django.utils import timezone

from ..questionnaire.checks import Severity, problems_of
from ..questionnaire.document import compile_document
from ..questionnaire.enums import VersionState
from ..questionnaire.models import Survey, Version
from ..questionnaire.reading import Document
from .meanings import Comparison, Reworded, compare
from .models import Wave, WaveVersion

READY = (VersionState.REVIEWED, VersionState.FROZEN)
PRACTICE_ONLY = (
    "This site keeps its data in SQLite, which has no roles that could keep readers away from sealed answers. "
    "Here a wave can be for practice only; a real one needs PostgreSQL."
)


def problems_of_wave(wave: Wave, *, vendor: str) -> list[str]:
    """Why this wave cannot open; empty when it can. `vendor` is the database's."""
    problems = []
    if vendor != "postgresql" and not wave.is_demo:
        problems.append(PRACTICE_ONLY)
    if wave.closes_on < timezone.localdate():
        problems.append("Its last day is over. Change the days.")
    versions = [
        asked.version
        for asked in wave.versions.filter(is_current=True).select_related("version__questionnaire__survey")
    ]
    if not versions:
        problems.append("Choose which version of the questionnaire each phase is asked.")
    for version in versions:
        problems += _problems_of_version(version, wave)
        problems += (f"{version}: {refusal}" for refusal in _compared(wave, version).refusals)
    if wave.survey.kind == Survey.Kind.SCHOOLS:
        problems += _problems_of_schools(wave, versions)
    return problems


def problems_of_correction(wave: Wave, version: Version) -> list[str]:
    """Why this wave cannot go on with `version`; empty when it can. Changed words are no problem, see `rewordings_of`."""
    before = _asked_now(wave, version)
    if before is None:
        return ["This wave does not ask that questionnaire."]
    if before.pk == version.pk:
        return ["This version is asked already."]
    if version.number < before.number:
        return ["An older version cannot take the place of a newer one. Copy it to a new version."]
    return [*_problems_of_version(version, wave), *_compared(wave, version).refusals]


def rewordings_of(wave: Wave, version: Version) -> list[Reworded]:
    """Texts that would be others than those to which answers were given; somebody must say that they mean the same."""
    return _compared(wave, version).reworded


def rewordings_since_last(wave: Wave) -> list[Reworded]:
    """For a wave that is not open yet: texts that are others than those asked in earlier waves, to which it is compared."""
    asked = wave.versions.filter(is_current=True).select_related("version__questionnaire__survey")
    return [text for each in asked for text in _compared(wave, each.version, with_other_phase=False).reworded]


def _asked_now(wave: Wave, version: Version) -> Version | None:
    asked = wave.versions.filter(is_current=True, version__questionnaire_id=version.questionnaire_id)
    found = asked.select_related("version").first()
    return found.version if found else None


def _compared(wave: Wave, version: Version, *, with_other_phase: bool = True) -> Comparison:
    """With what this phase was asked in this wave, and with all else that its answers are joined to: the other phase's
    versions (unless left out), those before a correction too, and those of the survey's other waves."""
    asked = list(wave.versions.exclude(version=version).select_related("version__questionnaire"))
    here: list[Version] = []
    beside: list[Version] = []
    for each in sorted(asked, key=lambda asked: -asked.version.number):
        (here if each.version.questionnaire_id == version.questionnaire_id else beside).append(each.version)
    others = _asked_in_other_waves(wave, version, but={version.pk, *(each.version_id for each in asked)})
    sources = [beside, *others] if with_other_phase else others
    now = version.document or compile_document(version)
    return compare(_documents(here), now, elsewhere=[_documents(source) for source in sources])


def _asked_in_other_waves(wave: Wave, version: Version, *, but: set[int]) -> list[list[Version]]:
    """What each phase of each wave was asked: this phase's own first, then the newest wave first, in it the newest version.
    What was tried in practice binds no real wave: their figures are never compared."""
    opened = WaveVersion.objects.filter(
        wave__survey_id=wave.survey_id, wave__is_demo=wave.is_demo, version__state=VersionState.FROZEN
    ).exclude(wave=wave)
    found: dict[tuple[int, int], list[Version]] = {}
    for each in opened.select_related("version").order_by("-wave__opens_on", "-version__number"):
        if each.version_id not in but:
            found.setdefault((each.wave_id, each.version.questionnaire_id), []).append(each.version)
    own_first = sorted(found.items(), key=lambda source: source[0][1] != version.questionnaire_id)
    return [versions for _source, versions in own_first]


def _documents(versions: Iterable[Version]) -> list[Document]:
    return [version.document for version in versions if version.document]


def _problems_of_version(version: Version, wave: Wave | None = None) -> list[str]:
    problems = []
    if version.state not in READY:
        problems.append(
            f"{version} has not been reviewed by the Young Advisors. "
            "Send it to them, or say in its own page why it goes on without."
        )
    return [*problems, *(f"{version}: {problem}" for problem in _stopping(version, wave))]


def _stopping(version: Version, wave: Wave | None) -> list[str]:
    return [problem.sentence for problem in problems_of(version, wave) if problem.severity == Severity.STOP]


def _problems_of_schools(wave: Wave, versions: list[Version]) -> list[str]:
    asked = {int(year) for version in versions for year in version.questionnaire.year_groups}
    schools = list(wave.schools.select_related("school"))
    if not schools:
        return ["Add the schools that take part."]
    empty = [str(each.school) for each in schools if not asked & {int(year) for year in each.year_groups}]
    if not empty:
        return []
    return [f"These schools have no year group that is asked: {', '.join(empty)}. Change or remove them."]
