"""What stands in the archive, and how far an issue has got."""

from django.db.models import Count, Q, QuerySet

from ..models import Issue
from ..states import DeliveryState


def archive() -> "QuerySet[Issue]":
    """Issues that everybody may read, the newest first, without the mail itself."""
    return Issue.objects.in_archive().defer("html", "text").order_by("-published_at", "-pk")


def versions_of(issue: Issue) -> "QuerySet[Issue]":
    """An issue in all its languages, itself among them, the first one first."""
    first = issue.version_of_id or issue.pk
    return Issue.objects.filter(Q(pk=first) | Q(version_of=first)).defer("html", "text").order_by("pk")


def delivery_counts(issue: Issue) -> dict[str, int]:
    """How many deliveries stand where, and how many mails came back later; from the totals once the rows are gone."""
    rows = dict(issue.deliveries.values_list("state").annotate(number=Count("pk")).order_by())
    if not rows and issue.totals:
        return {state: int(issue.totals.get(state, 0)) for state in (*DeliveryState.values, "bounced")}
    counts = {state: rows.get(state, 0) for state in DeliveryState.values}
    return {**counts, "bounced": issue.deliveries.filter(bounced_at__isnull=False).count()}
