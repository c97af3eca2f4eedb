"""What the officers' screens share."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ... import officers
from ...errors import RegistryError
from ..errors import ProgrammeError
from ..models import CourseDate
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

    def date_url(self) -> str:
        return reverse("programme_date", args=[self.date.pk])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.date_url(), "label": str(self.date)}]
