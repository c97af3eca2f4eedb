"""What owners type: answers, files, awards, counts."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm
from foundation.forms.widgets import DateParts

from ...register.forms.base import CleanTextMixin, TextForm, number_input
from ..models import Answer, AwardScheme
from ..services.assessments import MAX_NOTE

Value = Answer.Value
NO_DATE = _("That is not a date. Type it like 14 2 2027.")


class AnswerForm(TextForm):
    """One answer. What goes with which answer is the service's rule, so that there is one place for it."""

    value = forms.ChoiceField(
        label=_("Your answer"), choices=Value.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer")},
    )  # fmt: skip
    target_date = forms.DateField(
        label=_("Partly, or not yet: by when?"), required=False, widget=DateParts,
        help_text=_("“Partly” needs a day. It goes into your action plan."), error_messages={"invalid": NO_DATE},
    )  # fmt: skip
    note = forms.CharField(
        label=_("A note for yourselves (needed if it does not apply: why?)"), required=False, max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("You, your colleagues here and our officers can read it. No names of children."),
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class EvidenceForm(PlainForm):
    """A file for one item."""

    file = forms.FileField(
        label=_("The file"), help_text=_("PDF, PNG or JPEG, at most 10 MB. A photo of the paper is fine."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={
            "required": _("Choose a file"), "empty": _("This file is empty. Choose it again."),
            "missing": _("Choose a file"), "invalid": _("Choose a file"),
        },
    )  # fmt: skip


class AwardForm(CleanTextMixin, PlainForm):
    """An award with its dates."""

    scheme = forms.ModelChoiceField(
        label=_("Which award?"), queryset=AwardScheme.objects.none(), empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the award")},
    )  # fmt: skip
    level = forms.CharField(
        label=_("Level (if it has levels)"), required=False, max_length=40, help_text=_("For example: Silver.")
    )
    issued_on = forms.DateField(
        label=_("Given on"), widget=DateParts,
        error_messages={"required": _("Type the day on which it was given"), "invalid": NO_DATE},
    )  # fmt: skip
    expires_on = forms.DateField(
        label=_("Runs out on (if it does)"), required=False, widget=DateParts, error_messages={"invalid": NO_DATE}
    )
    reference = forms.CharField(
        label=_("Number or reference (optional)"), required=False, max_length=60,
        help_text=_("It helps us to check. Parents do not see it."),
    )  # fmt: skip
    url = forms.URLField(
        label=_("Where the issuer's website names you (optional)"), required=False, assume_scheme="https",
        error_messages={"invalid": _("Type a web address such as https://www.example.org")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = AwardScheme.objects.filter(is_active=True)
        self.fields["scheme"].queryset = offered  # type: ignore[attr-defined]
        self.fields["scheme"].label_from_instance = lambda scheme: f"{scheme.name} ({scheme.issuer})"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        today = timezone.localdate()
        issued, expires, scheme = cleaned.get("issued_on"), cleaned.get("expires_on"), cleaned.get("scheme")
        if issued and issued > today:
            self.add_error("issued_on", _("This day has not come yet."))
        if issued and expires and expires <= issued:
            self.add_error("expires_on", _("It cannot run out before it was given."))
        elif expires and expires < today:
            self.add_error("expires_on", _("This award has run out. Name it again when you have renewed it."))
        if scheme is not None:
            self._check_level(scheme, cleaned.get("level", ""))
        return cleaned

    def _check_level(self, scheme: AwardScheme, typed: str) -> None:
        known = {str(level).casefold(): str(level) for level in scheme.levels}
        if known and typed.casefold() not in known:
            self.add_error("level", _("Type one of its levels: %(levels)s.") % {"levels": ", ".join(known.values())})
        elif known:
            self.cleaned_data["level"] = known[typed.casefold()]


class PeopleChecksForm(TextForm):
    """Counts alone."""

    people = forms.IntegerField(
        label=_("How many people work or help with the children?"), min_value=0, max_value=2_000,
        widget=number_input(4), help_text=_("Paid or not, yourself too."),
    )  # fmt: skip
    in_regulated_activity = forms.IntegerField(
        label=_("How many of them teach, train or look after children on their own, often?"), min_value=0,
        max_value=2_000, widget=number_input(4), help_text=_("The law calls this regulated activity. Ask us if you are not sure."),
    )  # fmt: skip
    checked = forms.IntegerField(
        label=_("How many have the right DBS check for what they do?"), min_value=0, max_value=2_000,
        widget=number_input(4),
    )  # fmt: skip
    oldest_check_on = forms.DateField(
        label=_("The day of the oldest of these checks (optional)"), required=False, widget=DateParts,
        error_messages={"invalid": NO_DATE},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        people = cleaned.get("people")
        for name in ("in_regulated_activity", "checked"):
            if people is not None and cleaned.get(name) is not None and cleaned[name] > people:
                self.add_error(name, _("This is more than all the people together. Check both numbers."))
        oldest = cleaned.get("oldest_check_on")
        if oldest and oldest > timezone.localdate():
            self.add_error("oldest_check_on", _("This day has not come yet."))
        return cleaned
