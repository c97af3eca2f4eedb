"""People: whom the partnership calls about a child (restricted), and colleagues."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.forms.widgets import DateParts

from ..enums import ContactRole, MembershipRole
from ..models import SafeguardingContact
from .about import checked_phone
from .base import RecordForm, TextForm


class SafeguardingForm(RecordForm):
    """Whom the partnership calls. Never public; reading it is recorded."""

    role = forms.ChoiceField(
        label=_("What is their role?"), choices=ContactRole.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose their role")},
    )  # fmt: skip

    class Meta:
        model = SafeguardingContact
        fields = ["role", "name", "phone", "work_email"]
        labels = {"name": _("Their name"), "phone": _("Phone at sessions"), "work_email": _("Work e-mail (optional)")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
            "work_email": forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}),
        }
        error_messages = {
            "name": {"required": _("Type their name")},
            "work_email": {"invalid": _("Type an e-mail address such as name@example.org")},
        }

    def __init__(self, *args: Any, taken: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        own = "" if is_new else self.instance.role
        free = [choice for choice in ContactRole.choices if choice[0] == own or choice[0] not in taken]
        self.fields["role"].choices = free  # type: ignore[attr-defined]
        if is_new and not taken and self.instance.setting.public_phone:
            self.initial["phone"] = self.instance.setting.public_phone
            copied = _("We have copied the phone that parents see. Change it if it is another.")
            self["phone"].help_text = copied  # of the field as it is drawn, which stands already

    def clean_phone(self) -> str:
        return checked_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ways = (cleaned.get("phone"), cleaned.get("work_email"), self.instance.mobile)
        if not self.errors and not any(ways):
            self.add_error("phone", _("Give at least one way to reach them: phone or e-mail."))
        return cleaned


class TrainingForm(RecordForm):
    """What else is good to know of a safeguarding contact. Never public but for the role, if they wish."""

    trained_on = forms.DateField(
        label=_("Last safeguarding training (optional)"), required=False, widget=DateParts,
        error_messages={"invalid": _("That is not a date. Type it like 14 2 2026.")},
    )  # fmt: skip
    expires_on = forms.DateField(
        label=_("That training runs out on (optional)"), required=False, widget=DateParts,
        error_messages={"invalid": _("That is not a date. Type it like 14 2 2028.")},
    )  # fmt: skip

    class Meta:
        model = SafeguardingContact
        fields = ["mobile", "trained_level", "trained_on", "expires_on", "show_role_publicly"]
        labels = {
            "mobile": _("Mobile (optional)"),
            "trained_level": _("Their safeguarding training (optional)"),
            "show_role_publicly": _("Tell parents that somebody has this role. Never the name or the number."),
        }
        help_texts = {"trained_level": _("For example: Level 3."), "show_role_publicly": ""}
        widgets = {"mobile": forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"})}

    def clean_mobile(self) -> str:
        return checked_phone(self.cleaned_data["mobile"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any((cleaned.get("mobile"), self.instance.phone, self.instance.work_email)):
            self.add_error("mobile", _("Leave at least one way to reach them: phone, mobile or e-mail."))
        trained, expires = cleaned.get("trained_on"), cleaned.get("expires_on")
        if trained and trained > timezone.localdate():
            self.add_error("trained_on", _("Training that has happened cannot be in the future."))
        if trained and expires and expires < trained:
            self.add_error("expires_on", _("It cannot run out before it happened."))
        return cleaned


class InviteForm(TextForm):
    """Ask a colleague."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        widget=forms.EmailInput(attrs={"inputmode": "email", "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": _("Type their e-mail address"),
            "invalid": _("Type an e-mail address such as name@example.org"),
        },
    )
    role = forms.ChoiceField(
        label=_("What may they do?"), choices=MembershipRole.choices, initial=MembershipRole.EDITOR,
        widget=forms.RadioSelect,
    )  # fmt: skip
