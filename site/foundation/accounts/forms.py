"""Forms of the admin about people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from .models import User
from .roles import YOUNG_ADVISOR


class _PersonMixin(forms.ModelForm):
    """No password: the person chooses it, by a link in an e-mail. Superusers are made on the server only."""

    password_enabled = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)
        for name in ("first_name", "last_name"):
            self.fields[name].required = False

    def clean_display_name(self) -> str:
        name = " ".join(str(self.cleaned_data["display_name"]).split())
        if "@" in name:
            raise forms.ValidationError(_("A first name or nickname, not an e-mail address: others see it."))
        return name

    def clean(self) -> dict[str, Any]:
        """A Young Advisor stands beside their words under a name of their own; the address must not stand in for it."""
        found = super().clean() or self.cleaned_data
        groups = found.get("groups") or ()
        if not found.get("display_name") and any(group.name == YOUNG_ADVISOR.name for group in groups):
            self.add_error("display_name", _("A Young Advisor needs a first name or nickname, so that no address is shown."))  # fmt: skip
        return found

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("Somebody already has an account with this e-mail address."))
        return email


class PersonCreationForm(_PersonMixin, UserCreationForm):
    """A new person."""

    class Meta(UserCreationForm.Meta):
        fields = {"email", "display_name", "first_name", "last_name", "groups"}

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


class PersonEditForm(_PersonMixin, UserEditForm):
    """Somebody who is there already."""

    class Meta(UserEditForm.Meta):
        fields = {"email", "display_name", "first_name", "last_name", "is_active", "groups"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:  # nobody gives themselves a role, nor moves the door to another mailbox
            for name in ("groups", "email"):
                self.fields[name].disabled = True
            self.fields["email"].help_text = "Ask a colleague: nobody changes the address that they sign in with."


class ResetForm(forms.Form):
    """Why a colleague's second factor is taken away; the reason is kept in the audit trail."""

    reason = forms.CharField(
        label=_("Why, and how you know that it is really them"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_("For example: lost phone; I saw them in the office. Kept in the audit trail."),
    )
