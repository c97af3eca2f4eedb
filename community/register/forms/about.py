"""About the setting, its words, its languages and its contacts: pages that write the setting itself."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import LegalForm, OfstedRegister, SettingType
from ..lists import Kind, choices_of
from ..models import Setting
from .base import ListField, RecordForm, checked_name, number_input

EARLIEST_YEAR = 1700
USUAL_LANGUAGE = "en"
WHOLE_NUMBER = {"invalid": _("Type a whole number, such as 3")}


class NameForm(RecordForm):
    """What it is called, and what kind of setting it is."""

    types = ListField(
        label=_("What kind of setting is it?"),
        help_text=_("Choose all that fit."),
        choices=SettingType.choices,
        error_messages={"required": _("Choose at least one kind of setting")},
    )

    class Meta:
        model = Setting
        fields = ["name", "types"]
        labels = {"name": _("Name of the setting")}
        help_texts = {"name": _("As parents know it.")}
        error_messages = {"name": {"required": _("Type the name of the setting")}}

    def clean_name(self) -> str:
        return checked_name(self.cleaned_data["name"])


class WordsForm(RecordForm):
    """What it does, in its own words."""

    class Meta:
        model = Setting
        fields = ["summary", "description"]
        labels = {"summary": _("What do you do, in one sentence?"), "description": _("More about it (optional)")}
        help_texts = {
            "summary": _("Parents see this first. For example: Football and homework help for 8 to 12 year olds."),
            "description": _(
                "What a usual session is like, and what children take home. Do not write children's names."
            ),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "description": forms.Textarea(attrs={"rows": 8})}
        error_messages = {"summary": {"required": _("Say in one sentence what you do")}}


class RunsForm(RecordForm):
    """Who runs it, and how many people work with children."""

    legal_form = forms.ChoiceField(
        label=_("Who runs the setting?"),
        choices=LegalForm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who runs the setting")},
    )

    class Meta:
        model = Setting
        fields = ["legal_form", "staff_paid", "staff_volunteers"]
        labels = {
            "staff_paid": _("How many people are paid to work with children?"),
            "staff_volunteers": _("How many volunteers work with children?"),
        }
        help_texts = {
            "staff_paid": _("Parents see “one person”, “two to four” or “five or more”, not the number."),
        }
        widgets = {"staff_paid": number_input(), "staff_volunteers": number_input()}
        error_messages = dict.fromkeys(("staff_paid", "staff_volunteers"), WHOLE_NUMBER)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("staff_paid", "staff_volunteers"):
            if (cleaned.get(name) or 0) > 2_000:
                self.add_error(name, _("That is more people than a setting has. Please check the number."))
        if not self.errors and (cleaned.get("staff_paid") or 0) + (cleaned.get("staff_volunteers") or 0) == 0:
            self.add_error("staff_paid", _("Somebody has to be there. Count yourself, paid or as a volunteer."))
        return cleaned


class MoreForm(RecordForm):
    """Numbers of a charity or company, since when it is, of which faith if it wishes to say. Nothing here is needed."""

    class Meta:
        model = Setting
        fields = ["legal_name", "charity_number", "company_number", "established", "faith_tradition"]
        labels = {
            "legal_name": _("Legal name, if it is another one (optional)"),
            "charity_number": _("Charity number, if you have one"),
            "company_number": _("Company number, if you have one"),
            "established": _("Year it began (optional)"),
            "faith_tradition": _("Faith tradition of the setting (optional)"),
        }
        help_texts = {
            "legal_name": _("As on your charity or company papers. Parents see it."),
            "faith_tradition": _("Only if the setting wishes to say. Parents see it."),
        }
        widgets = {
            "charity_number": number_input(10),
            "company_number": forms.TextInput(attrs={"class": "govuk-input--width-10"}),
            "established": number_input(4),
        }
        error_messages = {"established": {"invalid": _("Type a year in four digits, such as 2014")}}

    def clean_charity_number(self) -> str:
        number = self.cleaned_data["charity_number"].replace(" ", "")
        if number and not re.fullmatch(r"\d{6,8}(-\d{1,3})?", number):
            raise forms.ValidationError(_("A charity number has 6 to 8 digits. Leave it empty if you have none."))
        return number

    def clean_company_number(self) -> str:
        number = self.cleaned_data["company_number"].replace(" ", "").upper()
        if number and not re.fullmatch(r"[A-Z]{0,2}\d{6,8}", number):
            raise forms.ValidationError(_("A company number has 8 characters, such as 01234567 or CE012345."))
        return number

    def clean_established(self) -> int | None:
        year = self.cleaned_data["established"]
        if year is not None and not EARLIEST_YEAR <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("Type the year it began in four digits; it cannot be in the future."))
        return year


class OfstedForm(RecordForm):
    """Whether Ofsted knows it."""

    ofsted_register = forms.ChoiceField(
        label=_("Is the setting registered with Ofsted?"),
        help_text=_("Many do not need to be. If you are not sure, choose “Not registered”; we can help you find out."),
        choices=OfstedRegister.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer about Ofsted")},
    )

    class Meta:
        model = Setting
        fields = ["ofsted_register", "ofsted_urn"]
        labels = {"ofsted_urn": _("Ofsted number (URN), if it has one")}
        widgets = {"ofsted_urn": forms.TextInput(attrs={"class": "govuk-input--width-10"})}

    def clean_ofsted_urn(self) -> str:
        urn = self.cleaned_data["ofsted_urn"].replace(" ", "").upper()
        if urn and not re.fullmatch(r"(EY|CA|VC|RP|\d)?\d{5,9}", urn):
            raise forms.ValidationError(_("An Ofsted number looks like EY123456 or 123456."))
        return urn


class LanguagesForm(RecordForm):
    """Which languages are spoken."""

    languages = ListField(
        label=_("Which languages do your staff speak with children and parents?"),
        help_text=_("Choose all that fit, English too."),
        error_messages={"required": _("Choose at least one language")},
    )

    class Meta:
        model = Setting
        fields = ["languages"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = choices_of(Kind.LANGUAGE, kept=self.instance.languages)
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]
        if not self.instance.languages and USUAL_LANGUAGE in dict(choices):
            self.initial["languages"] = [USUAL_LANGUAGE]  # ticked, to be read and left or taken away


class SendForm(RecordForm):
    """How it includes children with special educational needs or a disability."""

    send_tags = ListField(label=_("What can you offer?"), help_text=_("Choose all that fit."), required=False)

    class Meta:
        model = Setting
        fields = ["send_tags", "send_text"]
        labels = {"send_text": _("In your own words (optional)")}
        help_texts = {
            "send_text": _("For example: tell us before the first day what helps your child, and we plan it together.")
        }
        widgets = {"send_text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["send_tags"].choices = choices_of(Kind.SEND, kept=self.instance.send_tags)  # type: ignore[attr-defined]
        if not self.fields["send_tags"].choices:  # type: ignore[attr-defined]
            del self.fields["send_tags"]


class ContactForm(RecordForm):
    """How parents reach it."""

    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", max_length=200,
        error_messages={"invalid": _("Type a web address such as www.example.org")},
    )  # fmt: skip

    class Meta:
        model = Setting
        fields = ["public_email", "public_phone", "website"]
        labels = {"public_email": _("E-mail"), "public_phone": _("Phone")}
        help_texts = {"public_email": _("Use an address of the setting if you can, not your own.")}
        widgets = {
            "public_email": forms.EmailInput(
                attrs={"inputmode": "email", "spellcheck": "false", "autocomplete": "off"}
            ),
            "public_phone": forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        }
        error_messages = {"public_email": {"invalid": _("Type an e-mail address such as name@example.org")}}

    def clean_public_phone(self) -> str:
        return checked_phone(self.cleaned_data["public_phone"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.get(name) for name in ("public_email", "public_phone", "website")):
            self.add_error("public_email", _("Give parents at least one way to reach you: e-mail, phone or website."))
        return cleaned


class NoticeForm(RecordForm):
    """A short notice on the listing."""

    class Meta:
        model = Setting
        fields = ["notice"]
        labels = {"notice": _("A short notice for parents (optional)")}
        help_texts = {"notice": _("For example: new times from September. We read it before parents see it.")}
        widgets = {"notice": forms.Textarea(attrs={"rows": 3})}


def checked_phone(typed: str) -> str:
    """A phone number as people write it, if it has as many digits as one has."""
    digits = re.sub(r"\D", "", typed)
    if typed and not 9 <= len(digits) <= 15:
        raise forms.ValidationError(_("Type a whole phone number, such as 020 7946 0000."))
    return typed
