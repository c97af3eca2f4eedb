"""What the officers' screens have in common."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ... import officers
from ...register.models import Setting
from ..permissions import REVIEW


class OfficerView(officers.OfficerView):
    """A screen of the registry."""

    permission = REVIEW
    room = ("community_queue", _("Registry"))
    header_icon = "group"


class OneSettingView(OfficerView):
    """A screen about one setting."""

    @cached_property
    def setting(self) -> Setting:
        rows = Setting.objects.select_related("published", "assigned_to", "ward", "merged_into")
        return get_object_or_404(rows, pk=self.kwargs["setting_id"])

    def record_url(self) -> str:
        return reverse("community_record", args=[self.setting.pk])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.record_url(), "label": self.setting.name}]


def number(text: str | None) -> int:
    """A row's number as a form sends it; 0, which no row has, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
