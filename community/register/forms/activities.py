"""What children do: two short pages for each activity that a first listing needs, and two that can wait."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import CostType, CostUnit, Mode, Places, Season, Who
from ..lists import Kind, choices_of
from ..models import Activity
from .base import ListField, RecordForm, copy_of, number_input, yes_no_or_unsaid

OLDEST = 25
AGE_WORDS = {
    "invalid": _("Type an age in numbers, such as 8"),
    "max_value": _("Ages here go up to 25. Please check it."),
    "min_value": _("An age cannot be below 0."),
}


class ActivityForm(RecordForm):
    """What it is, and for which ages."""

    age_min = forms.IntegerField(
        label=_("Youngest age"), min_value=0, max_value=OLDEST, widget=number_input(),
        error_messages={**AGE_WORDS, "required": _("Type the youngest age, such as 8")},
    )  # fmt: skip
    age_max = forms.IntegerField(
        label=_("Oldest age"), min_value=0, max_value=OLDEST, widget=number_input(),
        error_messages={**AGE_WORDS, "required": _("Type the oldest age, such as 12")},
    )  # fmt: skip
    who = forms.ChoiceField(label=_("Who is it for?"), choices=Who.choices, widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("How is it run?"), choices=Mode.choices, widget=forms.RadioSelect)
    categories = ListField(label=_("What do children do?"), help_text=_("Choose all that fit."), required=False)

    class Meta:
        model = Activity
        fields = ["name", "age_min", "age_max", "who", "mode", "categories"]
        labels = {"name": _("Name of the activity")}
        help_texts = {"name": _("For example: Saturday maths, Under-11 football.")}
        error_messages = {"name": {"required": _("Type a name for the activity")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = choices_of(Kind.CATEGORY, kept=self.instance.categories)  # type: ignore[attr-defined]
        if not self.fields["categories"].choices:  # type: ignore[attr-defined]
            del self.fields["categories"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        youngest, oldest = cleaned.get("age_min"), cleaned.get("age_max")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error(
                "age_max",
                _("The oldest age (%(old)d) is below the youngest (%(young)d).") % {"old": oldest, "young": youngest},
            )
        return cleaned


class HowForm(RecordForm):
    """More of what parents ask about an activity. Nothing here is needed for a first listing."""

    season = forms.ChoiceField(label=_("When in the year?"), choices=Season.choices, widget=forms.RadioSelect)
    parents_can_stay = yes_no_or_unsaid(_("Can parents stay or look in?"), _("Parents often ask. It builds trust."))

    class Meta:
        model = Activity
        fields = ["description", "season", "parents_can_stay", "ratio_adults", "ratio_children", "food"]
        labels = {
            "description": _("What children do, in your words (optional)"),
            "ratio_adults": _("Adults at a session (optional)"),
            "ratio_children": _("For how many children (optional)"),
            "food": _("Food, if you give any (optional)"),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "ratio_adults": number_input(),
            "ratio_children": number_input(),
        }
        error_messages = {
            name: {"invalid": _("Type a whole number, such as 2")} for name in ("ratio_adults", "ratio_children")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.instance.parents_can_stay
        self.initial["parents_can_stay"] = "" if said is None else "yes" if said else "no"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        adults, children = cleaned.get("ratio_adults"), cleaned.get("ratio_children")
        if adults == 0:
            self.add_error("ratio_adults", _("There is always at least one adult."))
        if (adults is None) != (children is None) and not self.errors:
            missing = "ratio_children" if children is None else "ratio_adults"
            self.add_error(missing, _("Fill in both numbers, adults and children, or neither."))
        for name in ("ratio_adults", "ratio_children"):
            if (cleaned.get(name) or 0) > 500:
                self.add_error(name, _("That is more than one session holds. Please check the number."))
        return cleaned


class CostForm(RecordForm):
    """What it costs."""

    cost_type = forms.ChoiceField(
        label=_("What does it cost?"), choices=CostType.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is free")},
    )  # fmt: skip
    cost_unit = forms.ChoiceField(
        label=_("The price is for"), choices=[("", _("Choose")), *CostUnit.choices], required=False
    )

    class Meta:
        model = Activity
        fields = ["cost_type", "cost_amount", "cost_unit"]
        labels = {"cost_amount": _("Price in pounds, if there is one")}
        widgets = {"cost_amount": forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"})}
        error_messages = {"cost_amount": {"invalid": _("Type the price in pounds, such as 4.50")}}

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if data is not None:
            amount = str(self.data.get("cost_amount") or "").replace("£", "").replace(",", "").strip()
            sent = copy_of(self.data)
            sent["cost_amount"] = amount
            self.data = sent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        amount = cleaned.get("cost_amount")
        if amount is not None and amount < 0:
            self.add_error("cost_amount", _("A price cannot be below nought."))
        if cleaned.get("cost_type") == CostType.PAID and "cost_amount" not in self.errors:
            if not amount:
                self.add_error("cost_amount", _("Type the price in pounds, such as 4.50"))
            if not cleaned.get("cost_unit"):
                self.add_error("cost_unit", _("Choose what the price is for"))
        if cleaned.get("cost_type") == CostType.FREE:
            cleaned["cost_amount"], cleaned["cost_unit"] = None, ""
        return cleaned


class BookingForm(RecordForm):
    """How to get a place."""

    places = forms.ChoiceField(label=_("Are there places?"), choices=Places.choices, widget=forms.RadioSelect)
    booking_url = forms.URLField(
        label=_("Web page to book on (optional)"), required=False, assume_scheme="https", max_length=200,
        error_messages={"invalid": _("Type a web address such as www.example.org/book")},
    )  # fmt: skip

    class Meta:
        model = Activity
        fields = [
            "places", "booking_how", "booking_url", "referral_needed", "cost_note", "concessions", "tax_free_childcare",
            "holiday_food_programme",
        ]  # fmt: skip
        labels = {
            "booking_how": _("How do parents get a place? (optional)"),
            "referral_needed": _("A school, doctor or social worker has to refer the child"),
            "cost_note": _("Anything else about the price (optional)"),
            "concessions": _("Lower prices, and for whom (optional)"),
            "tax_free_childcare": _("Parents can pay with Tax-Free Childcare"),
            "holiday_food_programme": _("It is part of the holiday activities and food programme"),
        }
        help_texts = {"booking_how": _("For example: call us, or come ten minutes early.")}
