"""The release of the demonstration's closed wave, so that results can be looked at."""

from django.conf import settings

from ..fieldwork.enums import WaveState
from ..fieldwork.models import Wave
from ..release.services import compute_release, plan_release, publish_release
from .answers import SURVEY

CROSSED_BY = "SEX"
BREAKDOWNS = ["FSM", "SEND"]


def release_demo_wave() -> bool:
    """Compute and publish the release of last year's practice wave where it has none; whether it did. Takes most of a
    minute, so a first start does it after the site is up. Nothing outside demo mode."""
    if not settings.DEMO_MODE:
        return False
    wave = Wave.objects.filter(survey__key=SURVEY, is_demo=True, state=WaveState.CLOSED, releases__isnull=True).first()
    if wave is None:
        return False
    release = plan_release(wave=wave, crossed_by=CROSSED_BY, breakdowns=BREAKDOWNS, by=None)
    compute_release(release=release)
    publish_release(release=release, by=None)
    return True
