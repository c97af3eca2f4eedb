"""What the survey room has for Young Advisors, for their list at `/review/`: results to look at before the public does."""

from django.urls import reverse

from foundation.registries.advisors import WaitingForAdvisors

from ..release.enums import ReleaseState
from ..release.models import Release


def results_to_look_at() -> list[WaitingForAdvisors]:
    """Releases that passed the gate and are not public yet, the oldest first."""
    ready = Release.objects.filter(state=ReleaseState.READY).select_related("wave__survey").order_by("pk")
    return [
        WaitingForAdvisors(
            title=str(release.wave),
            url=reverse("first_look_wave", args=[release.wave.survey.key, release.wave.slug]),
            kind="Results",
        )
        for release in ready
    ]
