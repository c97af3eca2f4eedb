"""What people fill in without an account: booking, the code at the door, the evaluation."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm
from foundation.forms.limits import DAY, Limit
from foundation.forms.spam import SignedFormMixin
from foundation.forms.tokens import TokenRules

from ..services.evaluation import FIRST_SHOWN, QUESTIONS

_HOUR = 3_600
MOST_OF_A_CONNECTION = FIRST_SHOWN - 2
"""Answers of one connection for one course and stage in a day: people of one building share one, so it is more than one."""
TOO_LONG = _("Use %(limit_value)d characters or fewer. This has %(show_value)d.")


class PersonFields(forms.Form):
    """Who comes, as everybody is asked."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As it should stand on a certificate."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type a name"), "max_length": TOO_LONG},
    )
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("For the link that confirms the place, a reminder and the certificate. For nothing else."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "inputmode": "email"}),
        error_messages={
            "required": _("Type an email address"), "invalid": _("Type an email address like name@example.com"),
        },
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("Your setting or organisation (optional)"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"max_length": TOO_LONG},
    )
    needs = forms.CharField(
        label=_("What do you need to take part? (optional)"),
        help_text=_("For example step-free access, a signer or large print. We delete this the day after."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def clean_name(self) -> str:
        """One line with something in it that can be read."""
        return one_line(self.cleaned_data["name"])

    def clean_organisation(self) -> str:
        return one_line(self.cleaned_data["organisation"])


def one_line(text: str) -> str:
    """Without line breaks and signs that no screen shows: names stand in mails and on certificates."""
    return " ".join("".join(char if char.isprintable() else " " for char in str(text)).split())


class BookingForm(SignedFormMixin, PersonFields, PlainForm):
    """A place, without an account."""

    form_name = "programme-booking"
    limit = Limit("programme-booking", times=8, seconds=_HOUR)
    tries = Limit("programme-booking-tries", times=40, seconds=_HOUR)
    field_order = ["name", "email", "organisation", "needs"]


class CodeForm(SignedFormMixin, PlainForm):
    """The code of a booking, typed at the door. A whole room may share one address, so the limit is wide."""

    form_name = "programme-here"
    token_rules = TokenRules(earliest=0)
    tries = Limit("programme-here", times=200, seconds=_HOUR)

    code = forms.CharField(
        label=_("Your booking code"),
        help_text=_("Six letters. They stand in our email with your place."),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-10", "autocomplete": "off", "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Type your code"), "max_length": _("The code has six letters")},
    )  # fmt: skip


class EvaluationForm(SignedFormMixin, PlainForm):
    """What somebody thought. Every question may be left out.

    On one day (London's) a connection sends fewer answers for a course and stage than it takes to show anything. On two days
    it can send more: what holds then is that no more answers count than people were asked. The count stands in the
    cache alone, under a hash that is another one each day.
    """

    form_name = "programme-evaluation"
    tries = Limit("programme-evaluation-tries", times=200, seconds=_HOUR)

    def __init__(
        self, *args: Any, course_id: int, stage: str, request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        self.questions = QUESTIONS[stage]
        self.share = Limit(f"programme-evaluation-{course_id}-{stage}", times=MOST_OF_A_CONNECTION, seconds=DAY)
        super().__init__(*args, request=request, **kwargs)

    remark = forms.CharField(
        label=_("What should stay, and what should change? (optional)"),
        help_text=_("Do not write names, and nothing about a child."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )

    def order_fields(self, field_order: Any) -> None:
        """The questions come first: they are added here, before fields are put in order and named."""
        for question in self.questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.words,  # type: ignore[arg-type]
                choices=question.answers,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of the answers")},
            )
        super().order_fields([*(question.key for question in self.questions), "remark"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self._is_within_limit(self.share):
            words = _(
                "Several people have answered from this connection today. Thank you. Has one of you not answered yet? Please "
                "come back tomorrow, or use another connection, such as the one of your phone."
            )
            self.add_error(None, forms.ValidationError(words, code="limit"))
        return cleaned

    def answers(self) -> dict[str, str]:
        """Question -> answer, of those that were answered."""
        return {question.key: value for question in self.questions if (value := self.cleaned_data.get(question.key))}


class CertificateForm(PlainForm):
    """The number on a certificate, to check it. A plain GET form: its result is no secret and changes nothing."""

    number = forms.CharField(
        label=_("Number on the certificate"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the number"), "max_length": _("The number has ten letters and digits")},
    )
