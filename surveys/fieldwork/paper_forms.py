"""What a survey manager fills in to bring in answers that were given on paper."""

from typing import Any

from django import forms

from ..collection.paper.keying import LARGEST_FILE
from ..years import YearGroup
from .models import Wave, WaveSchool
from .selectors import years_of_wave

TOO_BIG = f"The file is too big: at most {LARGEST_FILE // 1_000_000} million letters. A class is a few kilobytes."


class SchoolAndYearForm(forms.Form):
    """Whose answers they are."""

    taking_part = forms.ModelChoiceField(WaveSchool.objects.none(), label="School", empty_label="Choose a school")
    year_group = forms.TypedChoiceField(label="Year group", coerce=int)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years_of_wave(wave)
        schools: Any = self.fields["taking_part"]
        schools.queryset = wave.schools.select_related("school").order_by("school__name")
        schools.label_from_instance = lambda row: str(row.school)
        years: Any = self.fields["year_group"]
        years.choices = [(year, YearGroup(year).label) for year in self.years]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        taking_part, year = cleaned.get("taking_part"), cleaned.get("year_group")
        if taking_part and year is not None and year not in {int(each) for each in taking_part.year_groups}:
            self.add_error("year_group", f"{taking_part.school} does not take part with {YearGroup(year).label}.")
        return cleaned


class PaperForm(SchoolAndYearForm):
    """The keyed table, too."""

    file = forms.FileField(
        label="Keyed table, as CSV",
        help_text="It is read here and kept nowhere. You see every mistake before anything is taken in.",
        error_messages={
            "required": "Choose the CSV file.",
            "empty": "The file is empty.",
            "missing": "Choose the CSV file.",
        },
    )
