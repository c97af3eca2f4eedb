"""What officers and administrators type."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..applies import APPLIES_TO_CHOICES, REOPENED_BY_CHOICES
from ..models import ChecklistItem, EvidenceCheck, EvidenceFile, StandardVersion
from ..selectors.evidence import items_to_check
from ..services.assessments import good_until
from ..services.standard import is_in_use

Level = EvidenceCheck.Level


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AcceptForm(forms.Form):
    """We have seen it."""

    checked_on = forms.DateField(label=_("Seen on"), widget=_day())
    expires_on = forms.DateField(
        label=_("Good until"), required=False, widget=_day(),
        help_text=_("Empty: as the standard says. Sooner where the paper itself ends sooner."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note for colleagues"), required=False, max_length=250)

    def __init__(self, *args: Any, file: EvidenceFile, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs.setdefault("initial", {"checked_on": today, "expires_on": good_until(file.item, today)})
        super().__init__(*args, **kwargs)
        self.item = file.item

    def clean(self) -> dict[str, Any]:
        return _with_expiry(self, self.item)


class CheckForm(forms.Form):
    """Something that an officer saw without a file."""

    item = forms.ModelChoiceField(label=_("What"), queryset=ChecklistItem.objects.none())
    level = forms.ChoiceField(
        label=_("How"), choices=[(Level.VISITED.value, Level.VISITED.label), (Level.SEEN.value, Level.SEEN.label)]
    )
    checked_on = forms.DateField(label=_("On"), widget=_day())
    expires_on = forms.DateField(
        label=_("Good until"), required=False, widget=_day(), help_text=_("Empty: as the standard says.")
    )
    note = forms.CharField(label=_("Note for colleagues"), required=False, max_length=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [item.pk for item in items_to_check()]
        self.fields["item"].queryset = ChecklistItem.objects.filter(pk__in=asked)  # type: ignore[attr-defined]
        self.fields["checked_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        return _with_expiry(self, self.cleaned_data.get("item"))


def _with_expiry(form: forms.Form, item: ChecklistItem | None) -> dict[str, Any]:
    """Where no last day was given, the one that the standard sets: nothing that must be seen again holds for ever."""
    cleaned = form.cleaned_data
    checked_on = cleaned.get("checked_on")
    if item and checked_on and not cleaned.get("expires_on") and "expires_on" not in form.errors:
        cleaned["expires_on"] = good_until(item, checked_on)
    return cleaned


class CopyForm(forms.Form):
    """A new edition made from another."""

    code = forms.SlugField(label=_("Code of the new edition"), max_length=20, help_text=_("Such as 2027-1."))
    title = forms.CharField(label=_("Title"), max_length=120)
    in_force_from = forms.DateField(label=_("In force from"), widget=_day())


class EditionForm(WagtailAdminModelForm):
    """An edition of the standard. Its code stays what it is once it exists."""

    class Meta:
        model = StandardVersion
        fields = ["code", "title", "introduction", "in_force_from"]
        widgets = {"in_force_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True


class SchemesField(forms.CharField):
    """`scheme: heading`, one on each line, kept as a mapping."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return (
            "\n".join(f"{scheme}: {heading}" for scheme, heading in value.items()) if isinstance(value, dict) else value
        )

    def to_python(self, value: Any) -> Any:
        found = {}
        for line in (super().to_python(value) or "").splitlines():
            scheme, colon, heading = (part.strip() for part in line.partition(":"))
            if not line.strip():
                continue
            if not (scheme and colon and heading):
                raise forms.ValidationError(_("Write each line as scheme: heading, such as nrcse: Environment."))
            found[scheme] = heading
        return found

    def validate(self, value: Any) -> None:
        """Empty is fine."""

    def run_validators(self, value: Any) -> None:
        """A mapping has no length to measure."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial or {}) != (data or "")


class ItemForm(WagtailAdminModelForm):
    """An item. Where the edition is in use its code and edition stay: answers and checks hang on them."""

    applies_to = forms.MultipleChoiceField(
        label=_("Applies to"), choices=APPLIES_TO_CHOICES, widget=forms.CheckboxSelectMultiple,
        help_text=_("Any one of these is enough."),
    )  # fmt: skip
    reopened_by = forms.MultipleChoiceField(
        label=_("Checked again after a change of"), choices=REOPENED_BY_CHOICES, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    schemes = SchemesField(
        label=_("Also counts towards"), required=False, help_text=_("One on each line, such as nrcse: Environment.")
    )

    class Meta:
        model = ChecklistItem
        fields = [
            "standard", "code", "order", "question", "basis", "applies_to", "what_good_looks_like", "how_to_start",
            "help_page", "help_name", "help_url", "public_statement", "parent_question", "good_answer", "red_flag", "evidence_kind",
            "expires_after_months", "reopened_by", "schemes",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("The letter of its area and a number, such as B2.")
        if self.instance.pk and is_in_use(self.instance.standard):
            for name in ("standard", "code"):
                self.fields[name].disabled = True
            self.fields["code"].help_text = _("This edition has been answered. For other codes, make a new edition.")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip().upper()
        if not re.fullmatch(r"[A-D][1-9]\d?", code):
            raise forms.ValidationError(_("Type the letter of its area, A to D, and a number: B2."))
        return code

    def save(self, commit: bool = True) -> Any:
        self.instance.area = self.cleaned_data["code"][0]
        return super().save(commit)
