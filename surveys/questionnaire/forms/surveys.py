"""A survey with its phases, and a section."""

from typing import Any

from django import forms
from django.utils.text import slugify

from ...years import LAST_PRIMARY, TAUGHT, Phase, YearGroup
from ..models import Questionnaire, Section, Survey, Version

PRIMARY = [(year.value, year.label) for year in TAUGHT if year <= LAST_PRIMARY]
SECONDARY = [(year.value, year.label) for year in TAUGHT if year > LAST_PRIMARY]


def years_field(choices: list[tuple[int, Any]], **options: Any) -> forms.TypedMultipleChoiceField:
    """Year groups as ticks; an empty choice is an empty list."""
    return forms.TypedMultipleChoiceField(
        choices=choices, coerce=int, required=False, widget=forms.CheckboxSelectMultiple, empty_value=[], **options
    )


class SurveyForm(forms.ModelForm):
    """A survey, its languages, and the year groups of each phase."""

    languages_typed = forms.CharField(
        label="Languages beside English",
        required=False,
        help_text="Their codes, with commas: ar (Arabic), bn (Bengali), so (Somali), fr (French) …",
    )
    primary_years = years_field(PRIMARY, label="Primary year groups", help_text="None: no primary questionnaire.")
    secondary_years = years_field(SECONDARY, label="Secondary year groups", help_text="None: no secondary one.")

    class Meta:
        model = Survey
        fields = ["name", "kind", "purpose"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["languages_typed"].initial = ", ".join(self.instance.languages)
            for questionnaire in self.instance.questionnaires.all():
                self.fields[f"{questionnaire.phase}_years"].initial = questionnaire.year_groups

    def clean_languages_typed(self) -> list[str]:
        codes = [code.strip().lower() for code in self.cleaned_data["languages_typed"].split(",") if code.strip()]
        for code in codes:
            if not code.replace("-", "").isalnum() or not 2 <= len(code) <= 12 or not code[:2].isalpha():
                raise forms.ValidationError(f"“{code}” is no language code. Write codes such as ar, bn, so.")
        return list(dict.fromkeys(code for code in codes if code != "en"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("primary_years") and not cleaned.get("secondary_years"):
            self.add_error("secondary_years", "Choose at least one year group, primary or secondary.")
        for questionnaire in self.instance.questionnaires.all() if self.instance.pk else []:
            if not cleaned.get(f"{questionnaire.phase}_years") and questionnaire.versions.exists():
                self.add_error(
                    f"{questionnaire.phase}_years",
                    "This questionnaire has versions already. Keep at least one year group.",
                )
        return cleaned

    def save(self, commit: bool = True) -> Survey:
        survey: Survey = super().save(commit=False)
        if not survey.key:
            base = slugify(survey.name)[:40] or "survey"
            taken = set(Survey.objects.values_list("key", flat=True))
            survey.key = next(key for key in (base, *(f"{base}-{n}" for n in range(2, 999))) if key not in taken)
        survey.languages = self.cleaned_data["languages_typed"]
        survey.save()
        for phase in Phase:
            years = sorted(self.cleaned_data[f"{phase}_years"])
            if years:
                Questionnaire.objects.update_or_create(survey=survey, phase=phase, defaults={"year_groups": years})
            else:
                Questionnaire.objects.filter(survey=survey, phase=phase).delete()
        return survey


class SectionForm(forms.ModelForm):
    """A section of a version."""

    class Meta:
        model = Section
        fields = ["title", "topic", "intro", "year_groups", "is_sensitive"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        years = [(year, YearGroup(year).label) for year in version.questionnaire.year_groups]
        self.fields["year_groups"] = years_field(years, label="Year groups", help_text="None ticked: all of them.")

    def key(self) -> str:
        """The section's own key: it stays; a new one is made of the title."""
        if self.instance.pk:
            return self.instance.key
        base = slugify(self.cleaned_data["title"])[:34] or "section"
        taken = set(self.version.sections.values_list("key", flat=True))
        return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 999))) if key not in taken)

    def fields_to_save(self) -> dict[str, Any]:
        """What `services.editing.save_section` writes."""
        names = ("title", "topic", "intro", "year_groups", "is_sensitive")
        return {**{name: self.cleaned_data[name] for name in names}, "key": self.key()}
