"""How far a campaign reached: readings of its pages, people at its dates, mails that went out. In whole numbers, never by person."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q, Sum
from django.utils import timezone
from wagtail.models import Page

from foundation.counts.models import PageCount

from ...newsletter.selectors import delivery_counts
from ...programme.enums import BookingState, DateState
from ...programme.models import CourseDate
from ..models import Campaign
from .over_time import FEW


@dataclass(frozen=True)
class Line:
    """One page, date or issue. `count` None: too few people to say."""

    label: str
    url: str
    count: int | None


@dataclass(frozen=True)
class CampaignReach:
    """What happened while it ran."""

    pages: list[Line]
    dates: list[Line]
    issues: list[Line]


def reach_of(campaign: Campaign) -> CampaignReach:
    """Four queries, and one for each issue."""
    pages = list(Page.objects.live().filter(pk__in=campaign.pages.values("pk")))
    read = dict(
        PageCount.objects.filter(
            page_id__in=[page.pk for page in pages], day__range=(campaign.starts_on, campaign.ends_on)
        )
        .values_list("page_id").annotate(total=Sum("views")).order_by()
    )  # fmt: skip
    span = (_moment(campaign.starts_on, time.min), _moment(campaign.ends_on, time.max))
    came = Count("bookings", filter=Q(bookings__state=BookingState.ATTENDED))
    dates = (
        CourseDate.objects.filter(course__in=campaign.courses.all(), starts_at__range=span)
        .exclude(state=DateState.CANCELLED).select_related("course").annotate(came=came).order_by("starts_at")
    )  # fmt: skip
    return CampaignReach(
        [Line(page.title, page.url or "", read.get(page.pk, 0)) for page in pages],
        [Line(str(date), "", date.came if date.came == 0 or date.came >= FEW else None) for date in dates],
        [
            Line(issue.title, "", delivery_counts(issue).get("sent", 0))
            for issue in campaign.issues.defer("html", "text")
        ],
    )


def _moment(day: object, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))  # type: ignore[arg-type]
