"""What every form of a record has: plain text, marks of what was seen, and the choice where two people wrote."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm, PlainModelForm

from ..merging import Values, fingerprints
from ..plain_text import plain

THEIRS = "theirs"


def plain_data(data: Any, fields: Mapping[str, forms.Field], prefix: str = "") -> Any:
    """What was typed, with every text made plain; text of one line on one line."""
    if data is None:
        return None
    cleaned = data.copy() if isinstance(data, QueryDict) else dict(data)
    for name, field in fields.items():
        if type(field.widget).__name__ not in {"TextInput", "Textarea", "EmailInput", "URLInput", "NumberInput"}:
            continue
        typed = cleaned.get(name)
        if isinstance(typed, str) and typed:
            text = plain(typed)
            cleaned[name] = text if isinstance(field.widget, forms.Textarea) else " ".join(text.split())
    return cleaned


def copy_of(data: Any) -> Any:
    """What was sent, to be changed; several values of one name stay several."""
    return data.copy()


class CleanTextMixin(forms.BaseForm):
    """Makes pasted text plain before it is measured and checked."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if data is not None:
            self.data = plain_data(self.data, self.fields)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length:
                field.error_messages["max_length"] = TOO_LONG


TOO_LONG = _(
    "This is %(show_value)d characters long, and %(limit_value)d is the most. Nothing is lost: shorten it and save again."
)


class RecordForm(CleanTextMixin, PlainModelForm):
    """A page of a record."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=5_000)
        self.initial["seen"] = json.dumps(self.marks_of(self.instance))

    @property
    def names(self) -> list[str]:
        """The fields that the page writes."""
        return [name for name in self._meta.fields or () if name in self.fields]

    def marks_of(self, instance: models.Model) -> dict[str, str]:
        """Fingerprints of what stands in `instance`."""
        return fingerprints(instance, self.names)

    @property
    def values(self) -> Values:
        """What is to be written."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def seen(self) -> dict[str, str]:
        """What the person saw when the page was opened; nothing where that was tampered with."""
        try:
            marks = json.loads(self.data.get("seen") or "{}")
        except (ValueError, RecursionError):  # the second: brackets in brackets in brackets
            return {}
        return {str(key): str(mark) for key, mark in marks.items()} if isinstance(marks, dict) else {}

    @property
    def keep_theirs(self) -> list[str]:
        """Fields where the person chose what somebody else had saved."""
        return [name for name in self.names if self.data.get(f"keep-{name}") == THEIRS]

    def renew_marks(self, instance: models.Model) -> None:
        """After a clash: the next save is against what stands now, which the page shows beside what was typed."""
        data = copy_of(self.data)
        data["seen"] = json.dumps(self.marks_of(instance))
        self.data = data


class TextForm(CleanTextMixin, PlainForm):
    """A form that is not a page of a record."""


_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|net|org|co\.uk|io)\b", re.IGNORECASE)


def checked_name(typed: str) -> str:
    """A name without a web or mail address: it stands in mails to people whom somebody invites.

    Raises:
        ValidationError: it holds one.
    """
    if _ADDRESS.search(typed):
        raise forms.ValidationError(_("Type the name alone, without a web or e-mail address."))
    return typed


class ListField(forms.MultipleChoiceField):
    """Several of a list, as a list of codes in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [code for code, _label in list(self.choices) if code in chosen]  # type: ignore[arg-type]


def number_input(width: int = 3, **attrs: str) -> forms.TextInput:
    """A number as people type it: no arrows, the number keys on a phone."""
    return forms.TextInput(attrs={"inputmode": "numeric", "class": f"govuk-input--width-{width}", **attrs})


def yes_no_or_unsaid(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Yes, no, or not said."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("We would rather not say here"))],
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        widget=forms.RadioSelect,
    )
