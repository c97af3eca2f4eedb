"""Forms for anonymous visitors: a signed token instead of a cookie, a trap for robots, a limit on how often."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .limits import Limit, is_within
from .tokens import TokenRules, TokenState, check_token, make_token

TOKEN = "token"  # noqa: S105
# A name that robots like to fill in, and that browsers do not fill in by themselves.
TRAP = "website_address"


class SignedFormMixin(forms.Form):
    """Adds the token and the trap to a form. Put it before the form class; give it the request.

    A token that is too old or too young costs nothing but another press: the form comes back with everything that was
    typed and a fresh token. A filled trap raises no error that would teach a robot; ask `is_spam` before acting.
    The view is `csrf_exempt`: the token stands in for the cookie that public pages do not set.
    """

    form_name = "form"
    token_rules = TokenRules()
    limit: Limit | None = None
    """How often the form may be sent for good."""
    tries: Limit | None = None
    """How often it may be tried: what is refused for another reason counts too."""

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields[TOKEN] = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
        self.fields[TRAP] = forms.CharField(
            required=False,
            max_length=500,
            label=_("Leave this field empty"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )
        self.initial[TOKEN] = make_token(self.form_name)

    @property
    def is_spam(self) -> bool:
        """Whether the trap was filled in."""
        return bool(self.cleaned_data.get(TRAP))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.tries is not None and not self._is_within_limit(self.tries):
            self.add_error(None, forms.ValidationError(LIMIT_WORDS, code="limit"))
            return cleaned
        state = check_token(cleaned.get(TOKEN) or "", self.form_name, self.token_rules)
        if state is not TokenState.GOOD:
            self.add_error(None, forms.ValidationError(_WORDS[state], code="token"))
            self._renew_token()
        elif self.limit is not None and not self.errors and not self._is_within_limit(self.limit):
            self.add_error(None, forms.ValidationError(LIMIT_WORDS, code="limit"))
        return cleaned

    def is_over_limit(self) -> bool:
        """Whether the form was refused because it was sent too often."""
        return self.has_error(NON_FIELD_ERRORS, "limit")

    def _is_within_limit(self, limit: Limit) -> bool:
        return self.request is None or is_within(self.request, limit)

    def _renew_token(self) -> None:
        """What was posted is shown again, all but the token."""
        fresh: Any = self.data.copy()  # type: ignore[attr-defined]
        fresh[self.add_prefix(TOKEN)] = make_token(self.form_name)
        self.data = fresh


_WORDS = {
    TokenState.TOO_EARLY: _("That was very quick, so we want to be sure that you are a person. Please send it again."),
    TokenState.TOO_LATE: _("This page was open for a long time. Nothing is lost: please check it and send it again."),
    TokenState.WRONG: _("We could not check this form. Nothing is lost: please send it again."),
}
LIMIT_WORDS = _("You have sent this form several times. Please wait an hour, then send it again, or call us.")
