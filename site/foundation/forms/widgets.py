"""Widgets that Django does not have."""

import datetime
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_PARTS = ("day", "month", "year")


class DateParts(forms.MultiWidget):
    """A remembered date (of birth, of opening) in three boxes: no calendar to page through, no order to guess.

    Use it with a plain DateField. Boxes that make no date come back as they were typed, and the field says so.
    """

    template_name = "govforms/widgets/date_parts.html"
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in _PARTS}, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["has_error"] = "aria-invalid" in context["widget"]["attrs"]
        for part, widget in zip(_PARTS, context["widget"]["subwidgets"], strict=True):
            widget["part"] = part
            widget["label"] = self.labels[part]
        return context

    def decompress(self, value: Any) -> list[str]:
        if isinstance(value, datetime.date):
            return [str(value.day), str(value.month), str(value.year)]
        if isinstance(value, str) and value:
            year, month, day = ([*value.split("-"), "", "", ""])[:3]
            return [day, month, year]
        return ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """`year-month-day` as typed, which DateField reads or refuses; None when all boxes are empty."""
        day, month, year = (_cleaned(text) for text in super().value_from_datadict(data, files, name))
        return f"{year}-{month}-{day}" if day or month or year else None


def _cleaned(text: str | None) -> str:
    # The dash joins the boxes, so none may stay inside one; ten characters are more than any part of a date needs.
    return re.sub(r"[-\s]", "", text or "")[:10]
