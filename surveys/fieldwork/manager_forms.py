"""What survey managers fill in, in the admin."""

from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateInput

from foundation.partnership.models import School

from ..questionnaire.models import Survey, Version
from ..years import YearGroup
from .models import Wave, WaveSchool
from .readiness import READY
from .selectors import years_asked, years_of_wave
from .services.sessions import MOST_PRESENT

LARGEST_FILE = 1_000_000
"""Bytes of a CSV file of schools."""


class WaveForm(forms.Form):
    """A new wave, or another name and other days."""

    survey = forms.ModelChoiceField(Survey.objects.all(), label="Survey", empty_label=None)
    name = forms.CharField(label="Name", max_length=80, help_text="Such as: Autumn 2026.")
    opens_on = forms.DateField(label="First day", widget=AdminDateInput)
    closes_on = forms.DateField(label="Last day", widget=AdminDateInput)
    is_demo = forms.BooleanField(
        label="For practice",
        required=False,
        help_text="With generated pupils or colleagues, never children. A site on SQLite can hold only such waves.",
    )

    def __init__(self, *args: Any, wave: Wave | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wave is not None:
            del self.fields["survey"], self.fields["is_demo"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", "The last day must not be before the first.")
        return cleaned


class VersionsForm(forms.Form):
    """Which version each phase is asked, while a wave is prepared."""

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = set(wave.versions.values_list("version_id", flat=True))
        for questionnaire in wave.survey.questionnaires.all():
            versions = questionnaire.versions.order_by("-number")
            self.fields[questionnaire.phase] = forms.ModelChoiceField(
                versions,
                label=questionnaire.get_phase_display(),
                required=False,
                empty_label="This phase is not asked",
                initial=next((version for version in versions if version.pk in now), None),
            )
            self.fields[questionnaire.phase].label_from_instance = _version_label  # type: ignore[attr-defined]

    def chosen(self) -> list[Version]:
        """The versions, without the phases that are not asked."""
        return [version for version in self.cleaned_data.values() if version]


class CorrectionForm(forms.Form):
    """A newer version that takes the place of the one that is asked."""

    version = forms.ModelChoiceField(Version.objects.none(), label="Corrected version", empty_label=None)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = corrections_for(wave)  # type: ignore[attr-defined]


class SchoolForm(forms.Form):
    """One school, its years and how many pupils it has in them."""

    school = forms.ModelChoiceField(School.objects.none(), label="School", empty_label=None)

    def __init__(self, *args: Any, wave: Wave, taking_part: WaveSchool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if taking_part is not None:
            del self.fields["school"]
        else:
            there = wave.schools.values("school")
            self.fields["school"].queryset = School.objects.filter(is_active=True).exclude(pk__in=there)  # type: ignore[attr-defined]
        taken = {int(year) for year in taking_part.year_groups} if taking_part else set()
        roll = taking_part.pupils_on_roll if taking_part else {}
        self.years = years_of_wave(wave)
        for year in self.years:
            name = str(YearGroup(year).label)
            self.fields[f"takes_{year}"] = forms.BooleanField(
                label=f"{name} takes part", required=False, initial=year in taken
            )
            self.fields[f"pupils_{year}"] = forms.IntegerField(
                label=f"Pupils in {name}", required=False, min_value=0, max_value=999, initial=roll.get(str(year))
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(f"takes_{year}") for year in self.years):
            raise forms.ValidationError("Choose at least one year group.")
        return cleaned

    def year_groups(self) -> tuple[int, ...]:
        """The years that take part."""
        return tuple(year for year in self.years if self.cleaned_data.get(f"takes_{year}"))

    def roll(self) -> dict[int, int]:
        """Pupils by year, where they are known."""
        return {
            year: pupils
            for year in self.year_groups()
            if (pupils := self.cleaned_data.get(f"pupils_{year}")) is not None
        }


class SchoolsFileForm(forms.Form):
    """A CSV file of schools."""

    file = forms.FileField(
        label="CSV file", help_text="Columns: school, year_group, pupils. A row for each year group of each school."
    )

    def clean_file(self) -> str:
        """The text of the file."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError("The file is too large. It may have up to a million characters.")
        try:
            text: str = given.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("This is no text file. Save the table as “CSV UTF-8”.") from None
        return text.replace("\x00", "")


class ConsultationForm(forms.Form):
    """A session outside school: one code for a group in a room, or slips for people at home."""

    label = forms.CharField(label="Name", max_length=60, help_text="Such as: Shout Out, Saturday.")
    year_group = forms.TypedChoiceField(label="Age", coerce=int)
    present = forms.IntegerField(
        label="How many people, or slips", min_value=1, max_value=MOST_PRESENT, help_text="A tenth more can answer."
    )
    uses_slips = forms.BooleanField(
        label="With draw-a-slip codes",
        required=False,
        help_text="For answering at home until the wave’s last day. Everybody draws a slip from a pile; each works once.",
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = years_asked(wave=wave, school=None)
        # The years that stand for a whole phase come first: at a consultation nobody is asked for a year group.
        ordered = sorted(years, key=lambda year: (year < YearGroup.SOME_PRIMARY, year))
        self.fields["year_group"].choices = [(year, YearGroup(year).label) for year in ordered]  # type: ignore[attr-defined]


def corrections_for(wave: Wave) -> Any:
    """Versions that could take the place of one that this wave asks: newer ones of the same phase."""
    asked = wave.versions.filter(is_current=True).values_list("version__questionnaire_id", "version__number")
    found = Version.objects.none()
    for questionnaire_id, number in asked:
        found |= Version.objects.filter(questionnaire_id=questionnaire_id, number__gt=number, state__in=READY)
    return found.select_related("questionnaire__survey").order_by("questionnaire", "-number")


def _version_label(version: Version) -> str:
    return f"Version {version.number}, {version.get_state_display()}"
