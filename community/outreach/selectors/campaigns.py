"""How far a campaign reached: readings of its pages, scans of its posters, people at its dates, mails that went out. In whole
numbers, never by person."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from foundation.counts.models import PageCount

from ...newsletter.selectors import delivery_counts
from ...programme.enums import BookingState, DateState
from ...programme.models import CourseDate
from ..models import Campaign, Poster
from .over_time import FEW


@dataclass(frozen=True)
class Line:
    """One page, date or issue. `count` None: too few people to say."""

    label: str
    url: str
    count: int | None


@dataclass(frozen=True)
class PosterLine:
    """One poster. `opens` None: too few to say; a sheet hangs in one place, and few who scan it there may be known."""

    poster: Poster
    opens: int | None
    may_go: bool
    """Whether nobody ever opened it, so that it may be taken back."""


@dataclass(frozen=True)
class CampaignReach:
    """What happened while it ran."""

    pages: list[Line]
    posters: list[PosterLine]
    dates: list[Line]
    issues: list[Line]


def reach_of(campaign: Campaign) -> CampaignReach:
    """Six queries, and one for each issue."""
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
        _posters(campaign),
        [Line(str(date), reverse("programme_date", args=[date.pk]), _told(date.came)) for date in dates],
        [
            Line(issue.title, reverse("newsletter_issue", args=[issue.pk]), delivery_counts(issue).get("sent", 0))
            for issue in campaign.issues.defer("html", "text")
        ],
    )


def _posters(campaign: Campaign) -> list[PosterLine]:
    ran = Q(counts__day__range=(campaign.starts_on, campaign.ends_on))
    rows = campaign.posters.select_related("page").annotate(
        ever=Sum("counts__opens"), opens=Sum("counts__opens", filter=ran)
    )
    return [PosterLine(poster, _told(poster.opens or 0), not poster.ever) for poster in rows.order_by("place", "pk")]


def _told(people: int) -> int | None:
    """A number that stands for people; None where there are too few to say."""
    return people if people == 0 or people >= FEW else None


def _moment(day: object, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))  # type: ignore[arg-type]
