"""Makes Wagtail's own exports (reports, answers, lists) safe for spreadsheets: it writes cells as they are."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from .csv import safe_cell


def protect_wagtail_exports() -> None:
    """Escape every cell of every CSV file that Wagtail writes. Its XLSX files hold text as text already."""
    original = SpreadsheetExportMixin.preprocess_field_value
    if getattr(original, "is_safe", False):
        return

    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        shown = original(self, field, value, export_format)
        return safe_cell(shown) if export_format == self.FORMAT_CSV else shown

    preprocess_field_value.is_safe = True  # type: ignore[attr-defined]
    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
