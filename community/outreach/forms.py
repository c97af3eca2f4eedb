"""Forms of the community team."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Campaign, Note, Poster


class NoteForm(forms.ModelForm):
    """A note on a setting."""

    class Meta:
        model = Note
        fields = ["kind", "happened_on", "text", "next_step", "next_on"]
        widgets = {
            "happened_on": forms.DateInput(attrs={"type": "date"}),
            "next_on": forms.DateInput(attrs={"type": "date"}),
            "text": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("happened_on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, by = data.get("happened_on"), data.get("next_on")
        if day and day > timezone.localdate():
            self.add_error("happened_on", _("This day is to come. A plan belongs under “next step”."))
        if by and not data.get("next_step"):
            self.add_error("next_step", _("Say what the next step is, or leave its day out."))
        if by and day and by < day:
            self.add_error("next_on", _("The next step comes after the day of the note."))
        return data


class SpanForm(forms.Form):
    """From one day to another, both included."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The last day lies before the first."))
        return data


class PosterForm(forms.ModelForm):
    """A sheet for one place, of one page of the campaign."""

    class Meta:
        model = Poster
        fields = ["page", "place"]

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ModelChoiceField[Any]", self.fields["page"])
        chosen.queryset = campaign.pages.filter(live=True).order_by("title")
        chosen.required = True
        pages = list(chosen.queryset[:2])
        if len(pages) == 1:
            chosen.empty_label = None

    def clean_place(self) -> str:
        """One place has one name: blanks do not make another."""
        return " ".join(self.cleaned_data["place"].split())
