"""What an operator watches of releases: how many stand where. Nothing of a school or an answer."""

from collections.abc import Iterable

from django.db.models import Count

from foundation.registries.gauges import Gauge, gauges

from .models import Release


def connect() -> None:
    """Offer the metric."""
    gauges.register("cscp_releases", Gauge("Releases of survey results by state", _by_state, label="state"))


def _by_state() -> Iterable[tuple[str, float]]:
    counted = Release.objects.order_by().values("state").annotate(number=Count("pk"))
    return [(row["state"], float(row["number"])) for row in counted]
