"""What Young Advisors fill in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm

from .models import LONGEST_REMARK, Remark, Review
from .places import Place

TOO_LONG = _("Please use %(limit_value)d characters or fewer. You have %(show_value)d; nothing is lost.")


class RemarkForm(PlainForm):
    """A comment on a place, or another wording."""

    prefix = "remark"

    place = forms.ChoiceField(label=_("Which part?"))
    old_words = forms.CharField(
        label=_("Which words? (only if you would say it another way)"),
        help_text=_("Copy them exactly."),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    text = forms.CharField(
        label=_("Your comment, or your words instead"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your comment, or how you would say it"), "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.key: place for place in places}
        place = self.fields["place"]
        place.choices = [(one.key, one.label) for one in places]  # type: ignore[attr-defined]
        place.error_messages["invalid_choice"] = _("That part has gone. Choose another; your words are kept.")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The old words must stand in the place, so that an editor can find them."""
        found = super().clean() or self.cleaned_data
        place, old = self.places.get(found.get("place", "")), found.get("old_words", "")
        if place and old and place.text and " ".join(old.split()) not in " ".join(place.text.split()):
            self.add_error("old_words", _("These words do not stand in that part. Copy them exactly, or leave this empty."))  # fmt: skip
        return found

    @property
    def kind(self) -> str:
        """A wording needs words to stand for."""
        return Remark.Kind.WORDING if self.cleaned_data["old_words"] else Remark.Kind.COMMENT

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as the services that keep a remark name it."""
        found = self.cleaned_data
        return {
            "place": self.places[found["place"]], "kind": self.kind, "text": found["text"],
            "old_words": found["old_words"],
        }  # fmt: skip


def _question(label: Any, choices: Any = None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices or Review.Answer.choices, required=False, widget=forms.RadioSelect
    )


class ChecklistForm(PlainForm):
    """The checklist; every answer may wait."""

    is_clear = _question(_("Is it clear?"))
    is_for_me = _question(_("Is it for people like me?"))
    is_missing = _question(_("Is anything missing?"))
    is_upsetting = _question(_("Would this upset someone?"))
    note = forms.CharField(
        label=_("Anything else?"),
        help_text=_("Only the partnership's staff read this."),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
    public_words = forms.CharField(
        label=_("What did Young Advisors change? (if you like)"),
        help_text=_("May stand on the public page, after an editor has read it."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    credited_as = forms.CharField(
        label=_("Shown as (if you like)"),
        help_text=_("Your first name, nickname or group. Never your last name. Empty: no name is shown."),
        required=False,
        max_length=40,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, asks_public_words: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_public_words:
            del self.fields["public_words"], self.fields["credited_as"]

    def clean_credited_as(self) -> str:
        return one_name(self.cleaned_data["credited_as"])


def one_name(typed: str) -> str:
    """One line, and no address: a name like that must never stand on a page.

    Raises:
        ValidationError: it is an e-mail address, or holds markup.
    """
    name = " ".join(str(typed).split())
    if "@" in name or "<" in name:
        raise forms.ValidationError(_("Use a first name or nickname, not an e-mail address."))
    return name
