"""The plan of a release."""

from typing import Any

from django import forms

from ..fieldwork.models import Wave
from .items import Item, items_of


class PlanForm(forms.Form):
    """What is crossed with year group, and which breakdowns are published."""

    crossed_by = forms.ChoiceField(
        label="Crossed with year group",
        required=False,
        help_text="Every table of a school by year group and this characteristic is published. Usually sex.",
    )
    breakdowns = forms.MultipleChoiceField(
        label="Breakdowns of their own",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each is published for schools and for the area, all year groups together.",
    )
    reason = forms.CharField(
        label="Why the released figures are replaced",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        help_text="The public page gives this reason.",
    )

    def __init__(self, *args: Any, wave: Wave, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item["key"], f"{item['short']} ({item['key']})") for item in characteristics(wave)]
        self.fields["crossed_by"].choices = [("", "Nothing: year group alone"), *choices]  # type: ignore[attr-defined]
        self.fields["breakdowns"].choices = choices  # type: ignore[attr-defined]
        if not is_correction:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("crossed_by") and cleaned["crossed_by"] in cleaned.get("breakdowns", []):
            self.add_error(
                "breakdowns", "This one is crossed with year group already. Untick it here, or choose another there."
            )
        return cleaned


def characteristics(wave: Wave) -> list[Item]:
    """The "choose one" questions about who a pupil is, which figures can be split by."""
    documents = [
        used.version.document
        for used in wave.versions.select_related("version").order_by("pk")
        if used.version.document
    ]
    return [item for item in items_of(documents, wave.positions) if item["demographic"] and item["kind"] == "choice"]
