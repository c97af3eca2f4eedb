"""What the officers' screens share."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ... import officers
from ...errors import RegistryError
from ..errors import ProgrammeError
from ..models import Booking, CourseDate
from ..permissions import RUN


class OfficerView(officers.OfficerView):
    """A screen of training and forums."""

    permission = RUN
    room = ("programme_dates", _("Training and forums"))
    refusals = (ProgrammeError, RegistryError)
    header_icon = "date"

    def words_of(self, error: Exception) -> str:
        return str(error) or str(_("That was done before. Nothing has changed."))


class OneDateView(OfficerView):
    """A screen about one date."""

    @cached_property
    def date(self) -> CourseDate:
        rows = CourseDate.objects.with_counts().select_related("course__level")
        return get_object_or_404(rows, pk=self.kwargs["date_id"])

    def booking_named(self, key: str) -> Booking:
        """The booking of this date that a form names; not found where what it sent is no key."""
        try:
            number = UUID(key)
        except ValueError as error:
            raise Http404 from error
        return get_object_or_404(Booking, pk=number, date=self.date)

    def date_url(self) -> str:
        return reverse("programme_date", args=[self.date.pk])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.date_url(), "label": str(self.date)}]
