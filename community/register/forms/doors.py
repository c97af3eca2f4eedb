"""Coming in, beginning, sending: the forms around a record."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm
from foundation.forms.limits import Limit
from foundation.forms.spam import SignedFormMixin
from foundation.forms.tokens import TokenRules
from foundation.forms.widgets import DateParts

from ..enums import SettingType
from .base import ListField, TextForm, checked_name


class SignInForm(SignedFormMixin, PlainForm):
    """Where to send the link."""

    form_name = "owner-sign-in"
    limit = Limit("sign-in-link", times=10, seconds=3_600)
    token_rules = TokenRules(earliest=0)  # a phone that fills the address in by itself is no robot

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Type your e-mail address"),
            "invalid": _("Type an e-mail address such as name@example.org"),
        },
    )

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.order_fields(["email"])


class StartForm(TextForm):
    """What a setting that registers is called, of what kind it is, and what it does."""

    name = forms.CharField(
        label=_("What is your club or class called?"), max_length=120, help_text=_("As parents know it."),
        error_messages={"required": _("Type the name of the setting")},
    )  # fmt: skip
    types = ListField(
        label=_("What kind is it?"), help_text=_("Choose all that fit."), choices=SettingType.choices,
        error_messages={"required": _("Choose at least one kind of setting")},
    )  # fmt: skip
    summary = forms.CharField(
        label=_("What do you do, in one sentence?"), max_length=250, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: Football and homework help for 8 to 12 year olds."),
        error_messages={"required": _("Say in one sentence what you do")},
    )  # fmt: skip

    def clean_name(self) -> str:
        return checked_name(self.cleaned_data["name"])


class SendForm(TextForm):
    """The terms, and the last word before a record is sent."""

    accept = forms.BooleanField(
        label=_("I may speak for this setting, what I wrote is true, and I accept the terms."),
        error_messages={"required": _("Tick the box to accept the terms")},
    )


class ShutForm(TextForm):
    """Shut for now, or open again."""

    is_shut = forms.TypedChoiceField(
        label=_("Is the setting open?"),
        choices=[("no", _("Open as usual")), ("yes", _("Shut for now"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is open")},
    )
    reopens_on = forms.DateField(
        label=_("Opens again on (optional)"), required=False, widget=DateParts,
        error_messages={"invalid": _("That is not a date. Type it like 5 1 2027.")},
    )  # fmt: skip

    def clean_reopens_on(self) -> Any:
        day = self.cleaned_data["reopens_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("The day it opens again must be in the future."))
        return day
