"""What the public can tell us: a listing that is wrong, a club that is missing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm
from foundation.forms.limits import Limit
from foundation.forms.spam import SignedFormMixin

from .models import ListingReport, key_of_name

_HOUR = 3_600


class ReportForm(SignedFormMixin, PlainForm):
    """Something on a listing is wrong. Reached only by somebody who said that no child is at risk."""

    form_name = "listing-report"
    limit = Limit("listing-report", times=5, seconds=_HOUR)

    topic = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ListingReport.Topic.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong")},
    )
    detail = forms.CharField(
        label=_("What should it say? (optional)"),
        help_text=_("Please do not write about a child, and do not name anybody."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Use %(limit_value)d characters or fewer. This has %(show_value)d.")},
    )
    reply_to = forms.EmailField(
        label=_("Your email address, if you want an answer (optional)"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "inputmode": "email"}),
        error_messages={"invalid": _("Type an email address like name@example.com")},
    )
    field_order = ["topic", "detail", "reply_to"]


class MissingClubForm(SignedFormMixin, PlainForm):
    """A club that somebody looked for and did not find."""

    form_name = "missing-club"
    limit = Limit("missing-club", times=5, seconds=_HOUR)

    name = forms.CharField(
        label=_("Name of the club or class"),
        max_length=120,
        error_messages={
            "required": _("Type the name of the club"),
            "max_length": _("The name must be %(limit_value)d characters or fewer. This has %(show_value)d."),
        },
    )
    where = forms.CharField(
        label=_("Where does it meet? (optional)"),
        help_text=_("A street, a hall, or the first half of the postcode."),
        max_length=160,
        required=False,
        error_messages={"max_length": _("Use %(limit_value)d characters or fewer. This has %(show_value)d.")},
    )
    web = forms.CharField(
        label=_("Its website or phone number, if you know it (optional)"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Use %(limit_value)d characters or fewer. This has %(show_value)d.")},
    )
    field_order = ["name", "where", "web"]

    def clean_name(self) -> str:
        """One line with at least a letter in it."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not key_of_name(name):
            raise forms.ValidationError(_("Type the name of the club"))
        return name
