"""What the public fills in: to subscribe, to choose what one gets, to send an article."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from foundation.forms.base import PlainForm
from foundation.forms.limits import Limit
from foundation.forms.spam import SignedFormMixin
from foundation.media.content import Refused
from foundation.partnership.models import Ward

from .enums import Agency, ContactKind, Purpose
from .pictures import MOST_BYTES, for_the_newsletter

_HOUR = 3_600
_TOO_LONG = _("Use %(limit_value)d characters or fewer. This has %(show_value)d.")
_EMAIL_ERRORS = {
    "required": _("Type your email address"),
    "invalid": _("Type an email address like name@example.com"),
}
PICTURES = (1, 2, 3)


def _email_input() -> forms.EmailInput:
    return forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "inputmode": "email"})


class SubscribeForm(SignedFormMixin, PlainForm):
    """An address and what to send there. The rest helps us to send less; none of it must be told."""

    form_name = "newsletter"
    limit = Limit("newsletter", times=10, seconds=_HOUR)
    tries = Limit("newsletter-tries", times=60, seconds=_HOUR)

    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We send a link there first. Nothing else comes before you have opened it."),
        max_length=254,
        widget=_email_input(),
        error_messages=_EMAIL_ERRORS,
    )
    purposes = forms.MultipleChoiceField(
        label=_("What should we send you?"),
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one")},
    )
    kind = forms.ChoiceField(
        label=_("Who are you? (optional)"),
        help_text=_("Then we can leave out what is not for you."),
        choices=ContactKind.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    agency = forms.ChoiceField(
        label=_("Where do you work? (optional)"), choices=[("", ""), *Agency.choices], required=False
    )
    ward = forms.ModelChoiceField(
        label=_("Which ward are you in? (optional)"), queryset=Ward.objects.none(), required=False, empty_label=""
    )
    field_order = ["email", "purposes", "kind", "agency", "ward"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wards = Ward.objects.all()
        self.fields["ward"].queryset = wards  # type: ignore[attr-defined]
        if not wards:
            del self.fields["ward"]

    def facts(self) -> dict[str, Any]:
        """What they told about themselves, as it is kept with the request."""
        ward = self.cleaned_data.get("ward")
        found = {name: self.cleaned_data.get(name, "") for name in ("kind", "agency")}
        return {**found, **({"ward": ward.pk} if ward else {})}

    def words(self) -> str:
        """What they read and agreed to, in the language of the page."""
        chosen = [str(Purpose(value).label) for value in self.cleaned_data["purposes"]]
        return _now("Please send me by e-mail: %(what)s. I can stop this at any time.") % {"what": "; ".join(chosen)}


class PreferencesForm(PlainForm):
    """What somebody gets from now on. No box ticked is a good answer too."""

    purposes = forms.MultipleChoiceField(
        label=_("What should we send you?"),
        help_text=_("Tick nothing, and we send nothing more."),
        choices=Purpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


_CHOOSE_AGAIN = _("Your words are kept. A browser forgets files, so choose the pictures again.")


class ArticleForm(SignedFormMixin, PlainForm):
    """An article with up to three pictures. Words and pictures of children are asked about before anything is sent."""

    form_name = "newsletter-article"
    limit = Limit("newsletter-article", times=5, seconds=_HOUR)
    tries = Limit("newsletter-article-tries", times=40, seconds=_HOUR)

    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Type a title"), "max_length": _TOO_LONG}
    )
    text = forms.CharField(
        label=_("Your article"),
        help_text=_(
            "150 to 300 words read well. Do not name a child, and do not write about a child you are worried about."
        ),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Type your article"), "max_length": _TOO_LONG},
    )
    link = forms.URLField(
        label=_("A web address to read more (optional)"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Type a web address like https://example.org")},
    )
    organisation = forms.CharField(
        label=_("Your organisation"),
        help_text=_("This stands beside the article."),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Type the name of your organisation"), "max_length": _TOO_LONG},
    )
    contact_name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only we see your name and email address, and only to answer you."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name"), "max_length": _TOO_LONG},
    )
    contact_email = forms.EmailField(
        label=_("Your email address"), max_length=254, widget=_email_input(), error_messages=_EMAIL_ERRORS
    )
    agree = forms.BooleanField(
        label=_(
            "We may print this, and everybody who can be recognised in a picture agreed, for a child a parent too."
        ),
        error_messages={"required": _("Tick the box if this is so. If it is not, leave the picture out.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in PICTURES:
            self.fields[f"picture_{number}"] = forms.FileField(
                label=_now("Picture %(number)d (optional)") % {"number": number},
                help_text=_now("JPEG, PNG or WebP, 8 MB at most. Where it was taken is taken out.")
                if number == 1
                else "",
                required=False,
                widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
            )
            self.fields[f"shows_{number}"] = forms.CharField(
                label=_now("What does picture %(number)d show?") % {"number": number},
                help_text=_now("For people who cannot see it.") if number == 1 else "",
                required=False,
                max_length=200,
                error_messages={"max_length": _TOO_LONG},
            )
        pictures = [name for number in PICTURES for name in (f"picture_{number}", f"shows_{number}")]
        self.order_fields(
            ["title", "text", "link", *pictures, "organisation", "contact_name", "contact_email", "agree"]
        )

    def clean(self) -> dict[str, Any]:
        """Each picture is drawn anew at once: what cannot be, is refused here and not later. Nothing is drawn while something
        else is to be mended, or for somebody who sends too often: drawing costs more than all the rest."""
        found = super().clean()
        if self.errors:
            if any(found.get(f"picture_{number}") for number in PICTURES):
                self.add_error(None, _CHOOSE_AGAIN)
            return found
        for number in PICTURES:
            file = found.get(f"picture_{number}")
            if not file:
                continue
            if file.size > MOST_BYTES:
                self.add_error(f"picture_{number}", _("This picture is larger than 8 MB. Make it smaller."))
                continue
            if not found.get(f"shows_{number}"):
                self.add_error(f"shows_{number}", _("Say in a few words what the picture shows"))
            try:
                found[f"picture_{number}"] = for_the_newsletter(file)
            except Refused as error:
                self.add_error(f"picture_{number}", error)
        if self.errors and any(found.get(f"picture_{number}") for number in PICTURES):
            self.add_error(None, _CHOOSE_AGAIN)
        return found

    def clean_link(self) -> str:
        """Nothing that a later step could take for a mark of its own."""
        link = str(self.cleaned_data["link"])
        if not link.isprintable():
            raise forms.ValidationError(_("Type a web address like https://example.org"))
        return link

    def pictures(self) -> list[tuple[Any, str]]:
        """The pictures, drawn anew, with what they show."""
        found = self.cleaned_data
        return [
            (found[f"picture_{number}"], found[f"shows_{number}"]) for number in PICTURES if found[f"picture_{number}"]
        ]
