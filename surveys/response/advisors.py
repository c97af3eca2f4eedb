"""Results on which the Young Advisors have decided, for their list at `/review/`: until they are public, each of them can still
say what everybody may read beside the figures. Before that they are a draft to review (`advised.py`)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.registries.advisors import WaitingForAdvisors

from ..release.enums import ReleaseState
from ..release.models import Release


def results_to_look_at() -> list[WaitingForAdvisors]:
    """Releases that are not public yet and were decided on, the oldest first."""
    ready = Release.objects.filter(state=ReleaseState.READY, young_advisors_decision__isnull=False)
    ready = ready.select_related("wave__survey").order_by("pk")
    return [
        WaitingForAdvisors(
            title=str(release.wave),
            url=reverse("first_look_wave", args=[release.wave.survey.key, release.wave.slug]),
            kind=_("Results: your words for everybody"),
        )
        for release in ready
    ]
