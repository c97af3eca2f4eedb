"""What outreach officers type."""

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ...quality.selectors.evidence import items_to_check
from ...register.models import Setting
from ..enums import Audience, DateState
from ..models import Course, CourseDate
from .public import one_line


class CourseForm(WagtailAdminModelForm):
    """A course; items of the standard are ticked."""

    audiences = forms.MultipleChoiceField(
        label=_("For whom"), choices=Audience.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    counts_as_seen = forms.MultipleChoiceField(
        label=_("Shows, once somebody came"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_(
            "Parents then read that we have seen it. Tick only what one person’s attendance really shows, such as a lead "
            "who is trained."
        ),
    )  # fmt: skip
    counts_as_help = forms.MultipleChoiceField(
        label=_("Helps with"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("The setting reads beside these questions that its people came. Nothing of it is public."),
    )  # fmt: skip

    class Meta:
        model = Course
        fields = [
            "title", "slug", "kind", "summary", "description", "audiences", "level", "cost", "cost_note",
            "gives_certificate", "certificate_months", "counts_as_seen", "only_leads_count", "counts_as_help",
            "is_offered",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.code, f"{item.code} {item.question}") for item in items_to_check()]
        known = {code for code, _words in choices}
        for name in ("counts_as_seen", "counts_as_help"):
            kept = [(code, code) for code in getattr(self.instance, name) if code not in known]
            self.fields[name].choices = [*choices, *kept]

    def clean_slug(self) -> str:
        """An address that is free, and none of the pages that stand beside the courses."""
        from ..urls import RESERVED_SLUGS

        slug = str(self.cleaned_data["slug"])
        validate_slug(slug)
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("This address is taken by a page of its own. Choose another word."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("certificate_months") and not cleaned.get("gives_certificate"):
            self.add_error(
                "gives_certificate", _("Months go with a certificate: tick this, or leave the months empty.")
            )
        return cleaned


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class DateForm(forms.ModelForm):
    """One date of a course."""

    class Meta:
        model = CourseDate
        fields = [
            "course", "starts_at", "ends_at", "mode", "venue", "address", "address_is_private", "near", "access",
            "online_link", "capacity", "has_waiting_list", "closes_at", "led_by", "note",
        ]  # fmt: skip
        widgets = {
            "starts_at": _moment(), "ends_at": _moment(), "closes_at": _moment(),
            "address": forms.Textarea(attrs={"rows": 2}),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["course"]

    def clean_capacity(self) -> int:
        capacity = int(self.cleaned_data["capacity"])
        if capacity < 1:
            raise forms.ValidationError(_("At least one place."))
        return capacity

    def clean_starts_at(self) -> Any:
        starts_at = self.cleaned_data["starts_at"]
        is_new = self.instance._state.adding or self.instance.starts_at != starts_at
        if is_new and starts_at < timezone.now() and self.instance.state != DateState.HELD:
            raise forms.ValidationError(_("This is in the past. Bring past attendance in from a file instead."))
        return starts_at


class SettingChoice(forms.ModelChoiceField):
    """Every setting that we know, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class AddPersonForm(forms.Form):
    """Somebody who phoned, or who came without a booking."""

    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(
        label=_("Email address"), required=False, max_length=254,
        help_text=_("For the certificate. Without one they get none."),
    )  # fmt: skip
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=120)
    setting = SettingChoice(label=_("Setting"), queryset=Setting.objects.none(), required=False)
    is_lead = forms.BooleanField(label=_("Safeguarding lead or deputy of that setting"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["setting"].queryset = Setting.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


class FromSettingForm(forms.Form):
    """Who somebody is and from which setting they come, as the officer knows it."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("As it stands on a certificate."))
    setting = SettingChoice(label=_("Setting"), queryset=Setting.objects.none(), required=False)
    is_lead = forms.BooleanField(label=_("Safeguarding lead or deputy of that setting"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["setting"].queryset = Setting.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])
