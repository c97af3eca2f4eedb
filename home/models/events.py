"""Events, with their calendars."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from home.selectors.listings import listed, one_page, open_to_all

from .base import BasePage, ClassifiedPage


class EventIndexPage(RoutablePageMixin, BasePage):
    """Events to come, and those that are over."""

    page_description = _("Events to come, and those that are over.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.EventPage"]
    max_count_per_parent = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`upcoming`, the next first; `page_obj` of those that are over, the latest first; the calendar's address."""
        events = open_to_all(EventPage.objects.child_of(self))
        over = Q(ends_at__lt=timezone.now()) | Q(ends_at__isnull=True, starts_at__lt=timezone.now())
        columns = {"starts_at": "starts_at", "ends_at": "ends_at", "place": "place"}
        return {
            **super().get_context(request, *args, **kwargs),
            "upcoming": listed(events.exclude(over).order_by("starts_at"), request, **columns),
            "page_obj": one_page(events.filter(over).order_by("-starts_at"), request, size=12, **columns),
            "calendar_url": f"{self.get_url(request) or ''}calendar.ics",
        }

    @path("calendar.ics/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """All events to come, to subscribe to."""
        from home.feeds import events_calendar

        return events_calendar(self, request)

    class Meta:
        verbose_name = _("index of events")


class EventPage(RoutablePageMixin, ClassifiedPage):
    """One event, at a place or online or both."""

    starts_at = models.DateTimeField(_("starts"), null=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_link = models.URLField(_("online at"), blank=True)

    content_panels = [
        ClassifiedPage.content_panels[0],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("online_link")]),
            ],
            heading=_("When and where"),
        ),
        *ClassifiedPage.content_panels[1:],
    ]
    search_fields = [*ClassifiedPage.search_fields, index.FilterField("starts_at"), index.SearchField("place")]
    page_description = _("One event, at a place or online.")
    parent_page_types = ["home.EventIndexPage"]
    subpage_types: list[str] = []

    @property
    def is_over(self) -> bool:
        """Whether it has ended; one without an end is over once it has begun."""
        last = self.ends_at or self.starts_at
        return last is not None and last < timezone.now()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`calendar_url`: the event for one's own calendar."""
        url = self.get_url(request) or ""
        return {**super().get_context(request, *args, **kwargs), "calendar_url": f"{url}event.ics"}

    @path("event.ics/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """This event, for one's own calendar."""
        from home.feeds import event_calendar

        return event_calendar(self, request)

    class Meta:
        verbose_name = _("event")
        indexes = [models.Index(fields=["starts_at"], name="event_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="event_ends_after_it_starts",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end must come after the start.")})
