"""What every form of the public site is made from."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .renderer import GovRenderer, summary_of

_DJANGO_REQUIRED = forms.Field.default_error_messages["required"]
_CHOICES = forms.RadioSelect | forms.CheckboxSelectMultiple | forms.Select


class PlainFormMixin:
    """Our renderer, no browser bubbles, and errors that can be listed above the form.

    A required field should bring its own words (`error_messages={"required": "Enter the name of the setting"}`);
    one that does not is named, so that six empty fields never read as six times the same line.
    """

    default_renderer: Any = GovRenderer
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for bound in self:  # type: ignore[attr-defined]
            messages = bound.field.error_messages
            if bound.field.required and messages.get("required") == _DJANGO_REQUIRED:
                pattern = (
                    _("Choose an answer: {label}")
                    if isinstance(bound.field.widget, _CHOICES)
                    else _("Fill in: {label}")
                )
                messages["required"] = format_lazy(pattern, label=bound.label)

    @property
    def has_errors(self) -> bool:
        """Whether it was sent and refused; base.html then starts the title with "Error:" (`form_has_errors`)."""
        return bool(self.is_bound and self.errors)  # type: ignore[attr-defined]

    @property
    def error_summary(self) -> list[dict[str, str]]:
        """Every error with the id of its control, in the order of the page."""
        return summary_of(self) if self.has_errors else []  # type: ignore[arg-type]


class PlainForm(PlainFormMixin, forms.Form):
    """A form of the public site."""


class PlainModelForm(PlainFormMixin, forms.ModelForm):
    """A form of the public site that writes a model."""
