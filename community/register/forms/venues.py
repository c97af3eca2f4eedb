"""Places: where sessions happen, and how easy they are to get into."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Ward

from ..enums import VenueKind
from ..lists import Kind, choices_of
from ..models import Postcode, Venue
from ..places import tidy_postcode
from .base import ListField, RecordForm


class VenueForm(RecordForm):
    """Where it is. Of somebody's home parents see the first half of the postcode, and nothing else."""

    kind = forms.ChoiceField(
        label=_("What kind of place is it?"), choices=VenueKind.choices, widget=forms.RadioSelect,
        help_text=_("If it is somebody's home, parents see only the first half of the postcode, such as NW5. Never the street."),
        error_messages={"required": _("Choose what kind of place it is")},
    )  # fmt: skip
    postcode_is_right = forms.BooleanField(
        label=_("This postcode is right"), required=False,
        help_text=_("We do not know it. New buildings and places far away are missing from our list."),
    )  # fmt: skip

    class Meta:
        model = Venue
        fields = ["kind", "name", "address_lines", "postcode"]
        labels = {
            "name": _("Name of the place"),
            "address_lines": _("Address, without the postcode"),
            "postcode": _("Postcode"),
        }
        help_texts = {"name": _("For example: Invented Community Hall.")}
        widgets = {
            # What a phone would fill in by itself is where its owner lives: nothing to put before the public by mistake.
            "address_lines": forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            "postcode": forms.TextInput(
                attrs={
                    "class": "govuk-input--width-10", "autocapitalize": "characters", "autocomplete": "off",
                    "spellcheck": "false",
                }
            ),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self._asks_about_postcode():
            del self.fields["postcode_is_right"]
        self.order_fields(["kind", "name", "address_lines", "postcode", "postcode_is_right"])

    def _asks_about_postcode(self) -> bool:
        """Only of somebody whose postcode looks like one and is not in the table."""
        typed = tidy_postcode(str(self.data.get("postcode") or "")) if self.is_bound else self.instance.postcode
        return bool(typed) and not Postcode.objects.filter(code=typed).exists()

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        if not typed:
            return ""
        postcode = tidy_postcode(typed)
        if postcode is None:
            raise forms.ValidationError(
                _("“%(typed)s” does not look like a postcode. Type it like NW1 1AA.") % {"typed": typed[:20]}
            )
        return postcode

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, postcode = cleaned.get("kind"), cleaned.get("postcode")
        if kind and kind != VenueKind.ONLINE and not postcode and "postcode" not in self.errors:
            self.add_error("postcode", _("Type the postcode, so that parents nearby can find you."))
        if kind and kind not in {VenueKind.ONLINE, VenueKind.HOME} and not cleaned.get("name"):
            self.add_error("name", _("Type the name of the place"))
        unknown = bool(postcode) and kind != VenueKind.ONLINE and "postcode_is_right" in self.fields
        if unknown and not cleaned.get("postcode_is_right") and postcode != self.instance.postcode:
            self.add_error(
                "postcode",
                _(
                    "We do not know the postcode %(postcode)s. Please check it. If it is right, tick “This postcode is right”."
                )
                % {"postcode": postcode},
            )
        return cleaned


class VenueAccessForm(RecordForm):
    """How to find it, and how easy it is to get in and round."""

    access_tags = ListField(
        label=_("What does the building have?"), help_text=_("Choose all that fit."), required=False
    )

    class Meta:
        model = Venue
        fields = ["access_tags", "access_text", "directions", "ward"]
        labels = {
            "access_text": _("More about getting in (optional)"),
            "directions": _("How to find the door (optional)"),
            "ward": _("Ward, if you know it (optional)"),
        }
        help_texts = {"access_text": _("For example: ring the side bell, and we bring the ramp.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["access_tags"].choices = choices_of(Kind.ACCESS, kept=self.instance.access_tags)  # type: ignore[attr-defined]
        if not self.fields["access_tags"].choices:  # type: ignore[attr-defined]
            del self.fields["access_tags"]
        self.fields["ward"].queryset = Ward.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["ward"].empty_label = _("I do not know")  # type: ignore[attr-defined]
        if not Ward.objects.exists():
            del self.fields["ward"]
