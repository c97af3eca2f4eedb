"""What teachers and school leads fill in."""

import re
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from foundation.forms.base import PlainForm, PlainModelForm
from foundation.forms.widgets import DateParts

from ..years import YearGroup
from .models import WaveSchool
from .services.sessions import MOST_AT_ONCE, MOST_PRESENT, PreparedSession

_A_LINE = re.compile(r"^(?P<label>.*?[^\s,;:|-])\s*[\s,;:|\t-]\s*(?P<present>\d{1,4})\s*(?:pupils?)?$", re.IGNORECASE)


class OpenForm(PlainForm):
    """What a teacher says when the class sits in front of the screens."""

    year_group = forms.TypedChoiceField(
        label=__("Year group"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": __("Choose the year group of the class")},
    )
    present = forms.IntegerField(
        label=__("Pupils in the room who take part"),
        help_text=__(
            "Count heads, and leave out pupils who do something else. A tenth more answers than that are taken, no more."
        ),
        min_value=1,
        max_value=MOST_PRESENT,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3", "autocomplete": "off"}),
        error_messages={
            "required": __("Enter how many pupils take part, such as 28"),
            "invalid": __("Enter a whole number, such as 28"),
            "min_value": __("At least one pupil must take part"),
            "max_value": format_lazy(__("Enter a number up to {most}"), most=MOST_PRESENT),
        },
    )
    languages = forms.MultipleChoiceField(
        label=__("Languages that pupils may choose from"),
        help_text=__("Which of them a pupil chooses is not stored."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, years: list[int], languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year_group"].choices = [(year, YearGroup(year).label) for year in years]  # type: ignore[attr-defined]
        self.fields["languages"].choices = [(code, language_name(code)) for code in languages]  # type: ignore[attr-defined]


class PrepareForm(PlainForm):
    """One class or fifty: a line for each."""

    year_group = forms.TypedChoiceField(
        label=__("Year group"), coerce=int, error_messages={"required": __("Choose the year group")}
    )
    classes = forms.CharField(
        label=__("Classes"),
        help_text=__(
            "One on each line: the name that the teacher will know, and how many pupils if you know it. "
            "You can paste two columns from a spreadsheet. The names are for you and the teacher; pupils never see them."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "8A, 28\n8B, 27"}),
        error_messages={"required": __("Enter at least one class, such as: 8A, 28")},
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(year, YearGroup(year).label) for year in years]
        self.fields["year_group"].choices = choices if len(years) == 1 else [("", _("Choose")), *choices]  # type: ignore[attr-defined]

    def clean_classes(self) -> list[tuple[str, int | None]]:
        """(name, pupils or None) for each line."""
        found, problems = [], []
        lines = [line.strip() for line in self.cleaned_data["classes"].splitlines() if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Prepare at most %(most)s classes at once.") % {"most": MOST_AT_ONCE})
        for number, line in enumerate(lines, start=1):
            label, present = _parted(line)
            if len(label) > 60:
                problems.append(_("Line %(number)s: the name is too long. Use up to 60 letters.") % {"number": number})
            elif present is not None and not 1 <= present <= MOST_PRESENT:
                problems.append(
                    _("Line %(number)s: the number of pupils must be between 1 and %(most)s.")
                    % {"number": number, "most": MOST_PRESENT}
                )
            else:
                found.append((label, present))
        if problems:
            raise forms.ValidationError(problems)
        return found

    def wanted(self) -> list[PreparedSession]:
        """What the services prepare."""
        year = self.cleaned_data["year_group"]
        return [PreparedSession(label, year, present) for label, present in self.cleaned_data["classes"]]


class DetailsForm(PlainModelForm):
    """What the school's letters and cards say."""

    class Meta:
        model = WaveSchool
        fields = ["help_at_school", "reply_to", "opt_out_by"]
        labels = {
            "help_at_school": __("Who pupils can talk to"),
            "reply_to": __("Where parents reply"),
            "opt_out_by": __("Parents reply by"),
        }
        help_texts = {
            "help_at_school": __("A role and a place, such as: the school nurse, room 12. It stands on every card."),
            "reply_to": __("An address of the school's office, such as: office@school.example or 020 7946 0000."),
            "opt_out_by": __("For example 14 10 2026. Leave at least two weeks after the letter goes out."),
        }
        widgets = {"opt_out_by": DateParts()}
        error_messages = {"opt_out_by": {"invalid": __("Enter a date, such as 14 10 2026")}}


def language_name(code: str) -> str:
    """A language by its own name, as its readers look for it."""
    return str(LANG_INFO.get(code, {}).get("name_local") or _OTHER_NAMES.get(code, code)).capitalize()


_OTHER_NAMES = {"so": "Soomaali", "ti": "ትግርኛ", "ku": "Kurdî", "sq": "Shqip"}


def _parted(line: str) -> tuple[str, int | None]:
    """ "8A, 28" is ("8A", 28); "Year 8 green" has no number; "8A" alone is a name, and so is "8"."""
    found = _A_LINE.match(line)
    if found is None:
        return line, None
    return found["label"].strip(), int(found["present"])
