"""What an owner fills in to send somebody of the setting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm

from .public import PersonFields


class ColleagueForm(PersonFields, PlainForm):
    """One person of the setting."""

    organisation = None  # type: ignore[assignment]
    is_lead = forms.BooleanField(
        label=_("This person is our safeguarding lead or deputy"),
        required=False,
    )
    field_order = ["name", "email", "is_lead", "needs"]

    def clean_organisation(self) -> str:
        """It is the setting."""
        return ""
