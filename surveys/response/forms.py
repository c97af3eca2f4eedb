"""What members of a subgroup fill in."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as __
from wagtail.models import Page

from foundation.forms.base import PlainForm
from foundation.forms.widgets import DateParts

from .models import Response
from .pages import is_address, is_ours, pages_meant


class FindingForm(PlainForm):
    """What children told us, and why it matters."""

    you_said = forms.CharField(
        label=__("What did children tell us?"),
        help_text=__("One sentence that everybody can read. Say what the figures show, not why. Name no school."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": __("Write what children told us, in one sentence")},
    )
    why_it_matters = forms.CharField(
        label=__("Why does it matter?"),
        help_text=__("Two or three sentences, in plain words."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ResponseForm(PlainForm):
    """Who does what by when, what was done, and what came of it."""

    will_do = forms.CharField(
        label=__("What will be done?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": __("Write what will be done")},
    )
    who = forms.CharField(
        label=__("Who does it?"),
        help_text=__("A body or a role, not a person’s name. Such as: the Learning and Development Subgroup."),
        max_length=160,
        error_messages={"required": __("Write who does it: a body or a role")},
    )
    due_on = forms.DateField(
        label=__("By when?"),
        help_text=__("Such as: 31 3 2027"),
        widget=DateParts,
        error_messages={
            "required": __("Enter the day by which it will be done"),
            "invalid": __("Enter a real date, such as 31 3 2027"),
        },
    )
    we_did = forms.CharField(
        label=__("What was done?"),
        help_text=__("Leave this empty until something was done. It then stands on the public page."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    done_on = forms.DateField(
        label=__("When was it done?"),
        required=False,
        widget=DateParts,
        error_messages={"invalid": __("Enter a real date, such as 31 3 2027")},
    )
    came_of_it = forms.CharField(
        label=__("Training, page or paper that came of it"),
        help_text=__(
            "Words of the title of a page on this site, its address, or an address elsewhere that starts with https://"
        ),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, response: Response | None = None, **kwargs: Any) -> None:
        if response is not None and "initial" not in kwargs:
            kwargs["initial"] = _initial(response)
        super().__init__(*args, **kwargs)
        self.page: Page | None = None
        self.link = ""
        typed = self["came_of_it"].value() or ""
        self._meant = pages_meant(typed) if self.is_bound and len(typed) <= 300 else []
        if len(self._meant) > 1:
            self.fields["page"] = forms.TypedChoiceField(
                label=__("Which of these pages?"),
                coerce=int,
                choices=[(page.pk, f"{page.title} ({page.get_url()})") for page in self._meant],
                widget=forms.RadioSelect,
                error_messages={"required": __("Several pages have these words in their title. Choose one of them")},
            )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        typed = (found.get("came_of_it") or "").strip()
        if typed:
            self._read_what_came(typed, found.get("page"))
        if found.get("done_on") and not found.get("we_did"):
            self.add_error("we_did", __("Say what was done, or take the day away"))
        if found.get("we_did") and not found.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", __("Enter the day on which it was done"))
        return found

    def _read_what_came(self, typed: str, chosen: int | None) -> None:
        if len(self._meant) == 1:
            self.page = self._meant[0]
        elif self._meant:
            self.page = next((page for page in self._meant if page.pk == chosen), None)
        elif is_address(typed) and not is_ours(typed):
            try:
                URLValidator(schemes=["https", "http"])(typed)
            except forms.ValidationError:
                self.add_error("came_of_it", __("Enter a whole address, such as https://www.example.org/course"))
            else:
                self.link = typed
        elif is_address(typed):
            self.add_error("came_of_it", __("No public page of this site has this address"))
        else:
            self.add_error(
                "came_of_it", __("No public page has these words in its title. Try fewer words, or paste its address")
            )

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        names = ("will_do", "who", "due_on", "we_did", "done_on")
        return {name: self.cleaned_data[name] for name in names} | {"page": self.page, "link": self.link}


def _initial(response: Response) -> dict[str, Any]:
    names = ("will_do", "who", "due_on", "we_did", "done_on")
    page = response.page
    return {name: getattr(response, name) for name in names} | {
        "came_of_it": (page.get_url() if page else "") or response.link
    }
