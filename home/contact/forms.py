"""What the contact form asks, and what it says when something is missing."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm
from foundation.forms.limits import Limit
from foundation.forms.spam import SignedFormMixin

LONGEST_MESSAGE = 4_000


class ContactForm(SignedFormMixin, PlainForm):
    """A message to the partnership's office. Asks for no more than an answer needs."""

    form_name = "contact"
    limit = Limit("contact", times=5, seconds=3_600)
    tries = Limit("contact-tries", times=40, seconds=3_600)

    about = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what your message is about")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name"), "max_length": _("Your name must be 100 characters or fewer")},
    )
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We use it to answer you, and for nothing else."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "inputmode": "email"}),
        error_messages={
            "required": _("Type your email address"),
            "invalid": _("Type an email address like name@example.com"),
        },
    )
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Do not write about a child you are worried about. Nobody reads this at night or at weekends."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Type your message"),
            "max_length": _("Your message must be %(limit_value)d characters or fewer. It has %(show_value)d."),
        },
    )

    field_order = ["about", "name", "email", "message"]

    def __init__(self, *args: Any, subjects: list[str], request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [(subject, subject) for subject in subjects]

    def clean_name(self) -> str:
        """One line: the name stands in the message's first lines."""
        return " ".join(str(self.cleaned_data["name"]).split())
