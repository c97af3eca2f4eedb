"""The releases of the demonstration's closed waves, so that results can be looked at and compared."""

from django.conf import settings

from ..fieldwork.enums import WaveState
from ..fieldwork.models import Wave
from ..release.enums import ReleaseState
from ..release.services import compute_release, plan_release, publish_release
from .answers import SURVEY, load_earlier_answers

CROSSED_BY = "SEX"
BREAKDOWNS = ["FSM", "SEND"]


def release_demo_waves() -> int:
    """Compute and publish the releases of the practice waves that have none, the earliest first; how many. Each takes
    some half a minute, so a first start does it after the site is up. Nothing outside demo mode."""
    if not settings.DEMO_MODE:
        return 0
    load_earlier_answers()
    waiting = Wave.objects.filter(survey__key=SURVEY, is_demo=True, state=WaveState.CLOSED, releases__isnull=True)
    released = 0
    for wave in waiting.order_by("closed_on"):
        release = plan_release(wave=wave, crossed_by=CROSSED_BY, breakdowns=BREAKDOWNS, by=None)
        if compute_release(release=release).state == ReleaseState.READY:
            publish_release(release=release, by=None)
            released += 1
    return released
